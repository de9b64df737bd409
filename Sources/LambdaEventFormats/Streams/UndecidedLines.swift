internal import LambdaLifecycle

/// The first lines of a stream whose format no line has given away yet.
struct UndecidedLines: Sendable {
  private struct Line {
    var end: Int
    var stream: OutputStream?
    var arrival: Timestamp?
  }

  private var bytes: [UInt8] = []
  private var lines: [Line] = []
  private var hasGivenUp = false

  static let maximumLines = 1_000
  static let maximumBytes = 1 << 20
  /// Short, because it stands at every line; what was expected is said once by who reads the stream.
  static let reason = "no known format"

  /// Keeps a line until the format is known. Once too many wait, all of them and every one that follows are
  /// undecodable.
  mutating func hold(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    bytes.append(contentsOf: line)
    lines.append(Line(end: bytes.count, stream: stream, arrival: arrival))
    if hasGivenUp || lines.count >= UndecidedLines.maximumLines || bytes.count >= UndecidedLines.maximumBytes
    {
      giveUp(into: &log)
    }
  }

  /// Decodes the lines that waited.
  mutating func replay(through decoder: inout any EventDecoder, into log: inout EventLog) {
    takeAll { text, line in
      decoder.decode(text, stream: line.stream, arrival: line.arrival, into: &log)
    }
  }

  /// No line has decided: those that waited are undecodable.
  mutating func giveUp(into log: inout EventLog) {
    hasGivenUp = true
    takeAll { text, line in
      log.appendUndecodable(
        text, reason: UndecidedLines.reason, time: line.arrival ?? 0, arrival: line.arrival)
    }
  }

  private mutating func takeAll(_ body: (UnsafeRawBufferPointer, Line) -> Void) {
    bytes.withUnsafeBytes { bytes in
      var start = 0
      for line in lines {
        body(bytes.slice(start, line.end), line)
        start = line.end
      }
    }
    bytes = []
    lines = []
  }
}
