internal import LambdaLifecycle

/// Reads one kind of `Envelope`, line by line.
protocol EnvelopeReader: Sendable {
  /// Calls `body` with the pieces of a line, together with those that it has waited for.
  mutating func read(_ line: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void)

  /// No more lines are to come: passes on the pieces that have waited.
  mutating func finish(_ body: (LogPiece) -> Void)
}

extension EnvelopeReader {
  mutating func finish(_ body: (LogPiece) -> Void) {}
}

extension LogEventHeader {
  /// A log event, from whatever its envelope has.
  init(
    _ time: LogTime?, logStream: UnsafeRawBufferPointer? = nil, logGroup: UnsafeRawBufferPointer? = nil
  ) {
    self.time = time?.time
    precision = time?.precision ?? .none
    if let logStream { self.logStream = logStream }
    if let logGroup { function = LogEventHeader.function(ofLogGroup: logGroup) }
  }

  /// The function of `123456789012:/aws/lambda/NAME`; empty for another log group.
  static func function(ofLogGroup group: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard let prefix = group.firstIndex(of: "/aws/lambda/") else { return group.slice(0, 0) }
    return group.slice(from: prefix + 12)
  }

  /// Calls `body` with the event and each line of its message; one that is JSON stays whole.
  func tell(_ message: UnsafeRawBufferPointer, _ body: (LogPiece) -> Void) {
    body(.event(self))
    if message.first == UInt8(ascii: "{") {
      var scanner = JSONScanner(message)
      scanner.skipValue()
      scanner.skipWhitespace()
      if !scanner.failed, scanner.isAtEnd { return body(.line(message)) }
    }
    var start = 0
    while start < message.count {
      let end = message.firstIndex(ofByte: 0x0A, from: start) ?? message.count
      body(.line(message.slice(start, end).withoutCarriageReturn))
      start = end + 1
    }
  }
}
