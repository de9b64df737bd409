package import LambdaLifecycle

/// The answer of CloudWatch Logs Insights so far: `aws logs get-query-results`.
package struct InsightsAnswer: Equatable, Sendable {
  /// The progress of a query.
  package enum Status: Equatable, Sendable {
    case underWay, complete
    /// It took longer than AWS lets a query take.
    case timedOut
    /// In AWS's word.
    case failed(String)
  }

  package var status: Status
  /// The fields of each row by their names.
  package var rows: [[String: String]] = []
  package var scannedBytes: Int64 = 0

  /// Reads the answer; nil if the text is not one.
  package init?(_ bytes: [UInt8]) {
    status = .failed("")
    let isRead = bytes.withUnsafeBytes { buffer in
      var scanner = JSONScanner(buffer)
      scanner.skipWhitespace()
      scanner.object { scanner, key in
        if scanner.matches(key, "results") {
          scanner.array { rows.append(Self.row(&$0)) }
        } else if scanner.matches(key, "statistics") {
          readStatistics(&scanner)
        } else if scanner.matches(key, "status") {
          status = Self.status(scanner.stringIfPresent().map { scanner.text($0) } ?? "")
        } else {
          scanner.skipValue()
        }
      }
      return !scanner.failed
    }
    if !isRead || status == .failed("") { return nil }
  }

  /// The moment of a field such as `@timestamp`; nil if the text is no time.
  package static func time(_ text: String) -> Timestamp? {
    Array(text.utf8).withUnsafeBytes { LogTime(whole: $0)?.time }
  }

  private static func status(_ word: String) -> Status {
    switch word {
    case "Scheduled", "Running", "Unknown": .underWay
    case "Complete": .complete
    case "Timeout": .timedOut
    default: .failed(word)
    }
  }

  private static func row(_ scanner: inout JSONScanner) -> [String: String] {
    var row: [String: String] = [:]
    scanner.array { scanner in
      var (name, value) = ("", "")
      scanner.object { scanner, key in
        let text = scanner.stringIfPresent().map { scanner.text($0) } ?? ""
        if scanner.matches(key, "field") {
          name = text
        } else if scanner.matches(key, "value") {
          value = text
        }
      }
      row[name] = value
    }
    return row
  }

  private mutating func readStatistics(_ scanner: inout JSONScanner) {
    var scanned: Int64 = 0
    scanner.object { scanner, key in
      guard scanner.matches(key, "bytesScanned") else { return scanner.skipValue() }
      scanned = scanner.number(scale: 0) ?? 0
    }
    scannedBytes = scanned
  }

  /// The id of a query that `aws logs start-query` has begun; nil if the text is no such answer.
  package static func queryID(_ bytes: [UInt8]) -> String? {
    bytes.withUnsafeBytes { buffer in
      var scanner = JSONScanner(buffer)
      var id: String?
      scanner.skipWhitespace()
      scanner.object { scanner, key in
        guard scanner.matches(key, "queryId") else { return scanner.skipValue() }
        id = scanner.stringIfPresent().map { scanner.text($0) }
      }
      return scanner.failed ? nil : id
    }
  }
}
