internal import LambdaEventFormats

/// What CloudWatch Logs Insights has told of many log groups.
package struct InsightsReport: Sendable {
  /// What was counted of one log group.
  package struct Counts: Equatable, Sendable {
    package var requests = 0
    package var errors = 0
    package var timeouts = 0
    /// REPORTs with an Init Duration.
    package var inits = 0
  }

  /// By the log groups' names; those without a request are left out.
  package private(set) var counts: [String: Counts] = [:]
  /// The lines that tell inits, of each log group in order of time: a document as the decoder of CloudWatch's logs reads it.
  package private(set) var lines: [String: [UInt8]] = [:]
  package private(set) var scannedBytes: Int64 = 0

  /// - Throws: `SourceError.aws` where nothing was counted: what stands in for AWS may know queries, but not all of them.
  mutating func add(counts answer: InsightsReading.Answer) throws {
    scannedBytes += answer.scannedBytes
    for row in answer.rows {
      func number(_ name: String) -> Int {
        row[name].flatMap(Double.init).flatMap { Int(exactly: $0.rounded()) } ?? 0
      }
      guard row["requests"] != nil else {
        throw SourceError.aws(
          "Insights: expected a count of requests for each log group, found other rows. Where AWS is simulated, read line by"
            + " line: --no-insights")
      }
      var sum = counts[Self.group(of: row), default: Counts()]
      sum.requests += number("requests")
      sum.errors += number("errors") + number("failures")
      sum.timeouts += number("timeouts")
      sum.inits += number("inits")
      counts[Self.group(of: row)] = sum
    }
  }

  mutating func add(inits answer: InsightsReading.Answer) {
    scannedBytes += answer.scannedBytes
    for row in answer.rows {
      var line = JSONLine(takingOver: &lines[Self.group(of: row), default: []])
      line.add("@timestamp", row["@timestamp"] ?? "")
      line.add("@logStream", row["@logStream"] ?? "")
      line.add("@message", row["@message"] ?? "")
      line.finish(into: &lines[Self.group(of: row), default: []])
    }
  }

  /// `@log` is `ACCOUNT:NAME`; no name has a colon.
  private static func group(of row: [String: String]) -> String {
    (row["@log"] ?? "").split(separator: ":").last.map(String.init) ?? ""
  }
}
