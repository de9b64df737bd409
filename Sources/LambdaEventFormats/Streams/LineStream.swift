internal import LambdaLifecycle

/// The lines of one writer: recognises their format, and has them decoded.
struct LineStream: Sendable {
  /// The format that was asked for or recognised; nil as long as no line has given it away.
  private(set) var format: StreamFormat?
  private(set) var decoder: (any EventDecoder)?
  /// Only this one is recognised; nil for any.
  private let wanted: StreamFormat?
  private var undecided: UndecidedLines
  /// Lines without a format so far; every one is asked first, later only some.
  private var asked = 0
  private static let askedLater = 16
  /// The function whose log it is, where the log group gives it away.
  private let function: String

  /// - Parameters:
  ///   - wanted: the one format that the stream can have; nil for anything.
  ///   - reason: why lines are not understood if none gives the format away.
  init(wanted: StreamFormat?, function: String, reason: String = "no known format") {
    self.wanted = wanted
    self.function = function
    undecided = UndecidedLines(reason: reason)
  }

  var isWaiting: Bool { !undecided.isEmpty }
  var isFull: Bool { undecided.isFull }

  /// The format is known.
  mutating func begin(_ format: StreamFormat) {
    guard decoder == nil else { return }
    self.format = format
    decoder = format == .cloudWatch ? CloudWatchDecoder(function: function) : format.makeDecoder()
  }

  /// Decodes the lines that waited for the format.
  mutating func replay(into log: inout EventLog) {
    guard isWaiting, var decoder else { return }
    let first = log.events.count
    self.decoder = nil  // so that it is not copied
    undecided.takeAll { line, stream, arrival in
      decoder.decode(line, stream: stream, arrival: arrival, into: &log)
    }
    self.decoder = decoder
    readOutput(from: first, into: &log)
  }

  /// Keeps a line until the format is known.
  mutating func hold(_ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?) {
    undecided.hold(line, stream: stream, arrival: arrival)
  }

  /// Too many lines wait: all of them and every one that follows are undecodable, until one gives the format
  /// away.
  mutating func giveUp(into log: inout EventLog) { undecided.giveUp(into: &log) }

  /// The likeliest format of the lines that wait, where any format may be recognised.
  var likelyFormat: StreamFormat? { wanted == nil && decoder == nil ? undecided.likelyFormat : nil }

  /// The lines that wait are read by somebody else.
  mutating func takeWaiting() -> UndecidedLines {
    var taken = UndecidedLines()
    swap(&taken, &undecided)
    return taken
  }

  @inline(__always)
  mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    guard decoder != nil else { return recognize(line, stream: stream, arrival: arrival, into: &log) }
    let first = log.events.count
    decoder?.decode(line, stream: stream, arrival: arrival, into: &log)
    readOutput(from: first, into: &log)
  }

  /// The stream has ended.
  mutating func finish(into log: inout EventLog) {
    beginLikely(into: &log)
    undecided.giveUp(into: &log)
    let first = log.events.count
    decoder?.finish(into: &log)
    readOutput(from: first, into: &log)
  }

  private mutating func beginLikely(into log: inout EventLog) {
    guard let format = likelyFormat else { return }
    begin(format)
    replay(into: &log)
  }

  /// Takes a line while the format is not known: it waits, and so does the line that gives it away.
  /// - Returns: the format, to begin and replay with.
  mutating func find(
    by line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) -> StreamFormat? {
    asked += 1
    // Somebody else's lines go on for ever, and each question costs more than reading a line.
    let isAsked = asked <= UndecidedLines.maximumLines || asked % LineStream.askedLater == 0
    let recognized = isAsked ? StreamFormat.recognize(line, as: wanted) : nil
    hold(line, stream: stream, arrival: arrival)
    if let format = recognized ?? (isFull ? likelyFormat : nil) { return format }
    if isFull { giveUp(into: &log) }
    return nil
  }

  private mutating func recognize(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    guard let format = find(by: line, stream: stream, arrival: arrival, into: &log) else { return }
    begin(format)
    replay(into: &log)
  }

  /// A recording has its marks as events of their own, and a log's lines may have waited for their order: its decoder reads
  /// its output itself.
  @inline(__always)
  private mutating func readOutput(from first: Int, into log: inout EventLog) {
    // Asked first, because most lines are no output, and asking the decoder copies it.
    guard format != .recording, format != .cloudWatch, log.hasOutput(from: first), let decoder else { return }
    log.readOutput(from: first, isTimed: decoder.outputIsTimed)
  }
}
