package import LambdaLifecycle

/// Bytes in, events out: splits a stream into lines, finds out what they are, and has them decoded.
///
/// It belongs to one log, like the decoder that it owns.
package struct StreamReader: Sendable {
  /// Lines read so far.
  package private(set) var lines = 0
  /// The format that was asked for or recognised; nil as long as no line has given it away.
  package private(set) var format: StreamFormat?
  /// Where the events come from; for a recording, what its header says. Nil until the format is known.
  package var sourceKind: SourceKind? { decoder?.source }

  private var decoder: (any EventDecoder)?
  private var output = LineSplitter()
  /// A child's standard error interleaves with its standard output, but not within a line.
  private var errors = LineSplitter()
  private var undecided = UndecidedLines()

  /// - Parameters:
  ///   - format: what the stream is; nil to find out from its lines.
  ///   - function: whose log it is, where the log group gives it away.
  package init(format: StreamFormat?, function: String = "") {
    self.format = format
    decoder = format == .cloudWatch ? CloudWatchDecoder(function: function) : format?.makeDecoder()
  }

  /// Reads a piece of the stream; it may begin and end anywhere.
  ///
  /// - Parameter arrival: when the piece reached us; nil for a file.
  package mutating func read(
    _ bytes: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    // Taken out for the time being, so that the closure may change the rest.
    var splitter = take(stream)
    splitter.split(bytes) { line, isTooLong in
      decode(line, isTooLong: isTooLong, stream: stream, arrival: arrival, into: &log)
    }
    put(splitter, stream)
  }

  /// The stream has ended: a last line without a newline is decoded, and what was held back is emitted.
  package mutating func finish(into log: inout EventLog) {
    for stream in [OutputStream.stdout, .stderr] {
      var splitter = take(stream)
      splitter.finish { line, isTooLong in
        decode(line, isTooLong: isTooLong, stream: stream, arrival: nil, into: &log)
      }
    }
    undecided.giveUp(into: &log)
    let first = log.events.count
    decoder?.finish(into: &log)
    readOutput(from: first, into: &log)
  }

  /// A recording has its marks as events of their own.
  @inline(__always)
  private func readOutput(from first: Int, into log: inout EventLog) {
    // Asked first, because most lines are no output, and asking the decoder copies it.
    guard format != .recording, log.hasOutput(from: first), let decoder else { return }
    log.readOutput(from: first, isTimed: decoder.outputIsTimed)
  }

  private mutating func take(_ stream: OutputStream?) -> LineSplitter {
    var taken = LineSplitter()
    if stream == .stderr { swap(&taken, &errors) } else { swap(&taken, &output) }
    return taken
  }

  private mutating func put(_ splitter: LineSplitter, _ stream: OutputStream?) {
    if stream == .stderr { errors = splitter } else { output = splitter }
  }

  @inline(__always)
  private mutating func decode(
    _ line: UnsafeRawBufferPointer, isTooLong: Bool, stream: OutputStream?, arrival: Timestamp?,
    into log: inout EventLog
  ) {
    lines &+= 1
    if isTooLong {
      log.appendUndecodable(
        line.slice(0, 4_096), reason: "a line longer than 1 MiB; only its beginning is kept",
        time: arrival ?? 0, arrival: arrival)
    } else if decoder != nil {
      let first = log.events.count
      decoder?.decode(line, stream: stream, arrival: arrival, into: &log)
      readOutput(from: first, into: &log)
    } else {
      recognize(line, stream: stream, arrival: arrival, into: &log)
    }
  }

  private mutating func recognize(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    guard let recognized = StreamFormat.recognize(line) else {
      undecided.hold(line, stream: stream, arrival: arrival, into: &log)
      return
    }
    var decoder = recognized.makeDecoder()
    let first = log.events.count
    undecided.replay(through: &decoder, into: &log)
    decoder.decode(line, stream: stream, arrival: arrival, into: &log)
    self.decoder = decoder
    format = recognized
    readOutput(from: first, into: &log)
  }
}
