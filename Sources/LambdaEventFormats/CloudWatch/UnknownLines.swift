internal import LambdaLifecycle

/// The first lines of a log, none of which has shown the envelope of its messages.
struct UnknownLines: Sendable {
  private var lines = UndecidedLines()
  /// Finds objects that are log events.
  private var splitter = ObjectSplitter()
  private var lastIsTime = false
  /// The last line is Lambda's, and waits for the next: of some tools the time follows on the message.
  private(set) var lastIsLambdas = false

  var isFull: Bool { lines.isFull }

  /// True if a line may wait: not if it came just now and is as good as output.
  func mayHold(_ line: UnsafeRawBufferPointer, isTimed: Bool) -> Bool {
    guard isTimed, !splitter.isInside, let first = line.withoutBlanks.first else { return true }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "}")
      || first == UInt8(ascii: "]") || PastedLog.loneTime(line) != nil || ConsolePage.isFurniture(line)
      || ServerlessLog(startIn: line) != nil
  }

  mutating func hold(_ line: UnsafeRawBufferPointer) {
    lines.hold(line, stream: nil, arrival: nil)
    if !line.withoutBlanks.isEmpty { lastIsTime = PastedLog.loneTime(line) != nil }
    lastIsLambdas = PlatformLine(line) != nil
  }

  mutating func takeAll(_ body: (UnsafeRawBufferPointer) -> Void) {
    lines.takeAll { line, _, _ in body(line) }
  }

  /// The envelope that a line shows, together with those before it.
  mutating func find(
    by line: UnsafeRawBufferPointer, isTimed: Bool, clock: inout ISO8601Reader
  ) -> (envelope: Envelope, reader: (any EnvelopeReader)?)? {
    if lastIsLambdas {
      if let log = TextOutputLog(line) { return (.other, log) }
      return (.nothing, nil)
    }
    if line.first == UInt8(ascii: "\t"), PlatformLine(line.slice(from: 1)) != nil { return (.nothing, nil) }
    let isLambdas = PlatformLine(line) != nil
    if lastIsTime, isLambdas { return (.other, PastedLog()) }
    if let begun = EnvelopeLine(line, clock: &clock), UnknownLines.isWhole(begun) {
      return (begun.envelope, nil)
    }
    if let log = Envelope.reader(telling: line) { return (.other, log) }
    let text = line.slice(from: line.skipBlanks(from: 0))
    if text.first == UInt8(ascii: "{") || text.first == UInt8(ascii: "["), CloudWatchDecoder.isRecord(text) {
      return (.nothing, nil)
    }
    if isLambdas { return isTimed ? (.nothing, nil) : nil }
    return CloudWatchDecoder.containsLogEvent(line, in: &splitter) ? (.object, ObjectLog()) : nil
  }

  /// The line has no more before its message: not a bar of the console's page, not another column, and the message is there.
  static func isWhole(_ line: EnvelopeLine) -> Bool {
    let message = line.message.withoutBlanks
    if !line.logStream.isEmpty {
      guard line.envelope == .streamAndTime, let time = LogTime(message) else { return true }
      return PlatformLine(message.slice(from: time.end + 1)) == nil
    }
    return !message.isEmpty && !message.hasPrefix("| ") && !message.hasPrefix("- ")
  }
}
