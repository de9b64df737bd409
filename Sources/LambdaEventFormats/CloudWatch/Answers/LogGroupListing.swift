package import LambdaLifecycle

/// A log group as `aws logs describe-log-groups` lists it.
package struct LogGroupDescription: Equatable, Sendable {
  package var name: String
  /// 0 where AWS has not counted them yet.
  package var storedBytes: Int64 = 0
  package var created: Timestamp?
  /// The time for which events are kept; nil for ever.
  package var retention: Nanoseconds?
  /// `STANDARD` or another: one query takes groups of one class.
  package var logGroupClass = "STANDARD"

  package init(name: String) { self.name = name }

  /// It may have events of a stretch.
  package func keeps(_ stretch: Range<Timestamp>, at now: Timestamp) -> Bool {
    let oldest = max(created ?? 0, retention.map { now &- $0 } ?? 0)
    return stretch.upperBound > oldest
  }
}

/// The answer of `aws logs describe-log-groups`, all pages in one document or each in one of its own.
package enum LogGroupListing {
  /// - Returns: nil if the text is no such answer.
  package static func read(_ bytes: [UInt8]) -> [LogGroupDescription]? {
    bytes.withUnsafeBytes { buffer in
      var scanner = JSONScanner(buffer)
      var groups: [LogGroupDescription]?
      scanner.skipWhitespace()
      while !scanner.isAtEnd, !scanner.failed {
        scanner.object { scanner, key in
          guard scanner.matches(key, "logGroups") else { return scanner.skipValue() }
          scanner.array { scanner in
            if let group = group(&scanner) { groups = (groups ?? []) + [group] }
          }
          if groups == nil { groups = [] }
        }
        scanner.skipWhitespace()
      }
      return scanner.failed ? nil : groups
    }
  }

  private static func group(_ scanner: inout JSONScanner) -> LogGroupDescription? {
    var group = LogGroupDescription(name: "")
    scanner.object { scanner, key in
      if scanner.matches(key, "logGroupName") {
        group.name = scanner.stringIfPresent().map { scanner.text($0) } ?? ""
      } else if scanner.matches(key, "logGroupClass") {
        group.logGroupClass = scanner.stringIfPresent().map { scanner.text($0) } ?? group.logGroupClass
      } else if scanner.matches(key, "storedBytes") {
        group.storedBytes = scanner.number(scale: 0) ?? 0
      } else if scanner.matches(key, "creationTime") {
        group.created = scanner.number(scale: 6)
      } else if scanner.matches(key, "retentionInDays") {
        group.retention = scanner.number(scale: 0).map { .seconds($0 * 86_400) }
      } else {
        scanner.skipValue()
      }
    }
    return group.name.isEmpty ? nil : group
  }
}
