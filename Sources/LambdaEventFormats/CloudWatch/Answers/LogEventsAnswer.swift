/// The answer of `aws logs filter-log-events`.
package enum LogEventsAnswer {
  /// True if the answer holds no event; false if the text is no such answer.
  package static func isEmpty(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var scanner = JSONScanner(buffer)
      var hasEvents = false
      scanner.skipWhitespace()
      scanner.object { scanner, key in
        guard scanner.matches(key, "events") else { return scanner.skipValue() }
        hasEvents = true
        // The first event answers the question: nothing is read after it.
        scanner.array { $0.fail() }
      }
      return hasEvents && !scanner.failed
    }
  }
}
