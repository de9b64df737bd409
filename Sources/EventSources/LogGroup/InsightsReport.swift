internal import LambdaEventFormats
internal import LambdaLifecycle

/// The answers of CloudWatch Logs Insights about many log groups.
package struct InsightsReport: Sendable {
  /// The counts of one log group.
  package struct Counts: Equatable, Sendable {
    package var requests = 0
    package var errors = 0
    package var timeouts = 0
    /// REPORTs with an Init Duration.
    package var inits = 0
  }

  /// By the log groups' names; those without a request are left out.
  package private(set) var counts: [String: Counts] = [:]
  private var lines: [String: [Line]] = [:]
  package private(set) var scannedBytes: Int64 = 0

  /// - Throws: `SourceError.aws` where nothing was counted: a stand-in for AWS may know queries, but not all
  ///   of them.
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

  /// - Throws: `SourceError.aws` where a row has no time.
  mutating func add(inits answer: InsightsReading.Answer) throws {
    scannedBytes += answer.scannedBytes
    for row in answer.rows { try add(row) }
  }

  /// Takes the first REPORT of each log stream in which a first init has failed: of the request that waited
  /// for it, and for the next one. Its REPORT mentions neither.
  mutating func add(firstReports answer: InsightsReading.Answer) throws {
    scannedBytes += answer.scannedBytes
    var failed = failedStreams
    let rows = try answer.rows.map { told in
      var row = told
      (row["@timestamp"], row["@message"]) = (told["firstTime"], told["firstMessage"])
      return (time: try Self.time(of: row), row: row)
    }.sorted { $0.time < $1.time }
    for (_, row) in rows {
      guard failed[Self.group(of: row)]?.remove(row["@logStream"] ?? "") != nil else { continue }
      try add(row)
    }
  }

  private mutating func add(_ row: [String: String]) throws {
    lines[Self.group(of: row), default: []].append(
      Line(time: try Self.time(of: row), stream: row["@logStream"] ?? "", message: row["@message"] ?? ""))
  }

  /// The log streams in which a first init has failed, by their log groups.
  var failedStreams: [String: Set<String>] {
    lines.compactMapValues { lines in
      let failed = Set(lines.filter(\.tellsFailedInit).map(\.stream))
      return failed.isEmpty ? nil : failed
    }
  }

  /// The lines about inits, of a log group in order of time: a document as the decoder of CloudWatch's logs
  /// reads it.
  package func document(of group: String) -> [UInt8] {
    var bytes: [UInt8] = []
    let lines = lines[group, default: []].enumerated()
    for (_, row) in lines.sorted(by: { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }) {
      var line = JSONLine(takingOver: &bytes)
      line.add("timestamp", row.time / .milliseconds(1))
      line.add("logStreamName", row.stream)
      line.add("message", row.message)
      line.finish(into: &bytes)
    }
    return bytes
  }

  private static func time(of row: [String: String]) throws -> Timestamp {
    guard let time = row["@timestamp"].flatMap(InsightsAnswer.time) else {
      throw SourceError.aws("Insights: expected the time of a line, found \(row["@timestamp"] ?? "none")")
    }
    return time
  }

  /// `@log` is `ACCOUNT:NAME`; no name has a colon.
  private static func group(of row: [String: String]) -> String {
    (row["@log"] ?? "").split(separator: ":").last.map(String.init) ?? ""
  }
}

/// A line of a log that Insights has handed out.
private struct Line: Sendable {
  var time: Timestamp
  var stream: String
  var message: String

  /// A first init ended badly, in Lambda's words or in its JSON.
  var tellsFailedInit: Bool {
    if message.hasPrefix("INIT_REPORT ") {
      return message.contains("Status: ") && !message.contains("Phase: invoke")
    }
    return message.contains(#""platform.initReport""#) && message.contains(#""phase":"init""#)
      && !message.contains(#""status":"success""#)
  }
}
