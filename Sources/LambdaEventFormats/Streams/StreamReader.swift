package import LambdaLifecycle

/// Bytes in, events out: splits a stream into lines, takes off the prefix that a tool has put before each of
/// them, recognises their format, and has them decoded.
///
/// It belongs to one log, like the decoders that it owns.
package struct StreamReader: Sendable {
  private enum Course: Sendable {
    /// No line has shown yet if a prefix stands before them.
    case undecided
    /// None does.
    case plain
    case prefixed
  }

  /// Lines read so far.
  package private(set) var lines = 0

  private var output = StreamLines()
  /// A child's standard error interleaves with its standard output, but not within a line.
  private var errors = StreamLines()
  private var course = Course.undecided
  private var shape = PrefixShape(parts: [])
  /// Lines without a name; those of all writers where names are not kept apart.
  private var unnamed: LineStream
  private var named: NamedStreams
  /// The named stream that was recognised first, where one was before those without a name.
  private var leader: Int?
  /// The format of a line with its prefix, where the rest gives none away: the time of `docker logs -t`
  /// before START looks like a time of CloudWatch. It counts if no other line decides.
  private var fallback: StreamFormat?
  private let wanted: StreamFormat?
  private let function: String

  /// - Parameters:
  ///   - format: the format of the stream; nil to recognise it by its lines.
  ///   - function: whose log it is, where the log group gives it away.
  package init(format: StreamFormat?, function: String = "") {
    wanted = format
    self.function = function
    unnamed = LineStream(wanted: format, function: function)
    named = NamedStreams(wanted: format)
    if let format { unnamed.begin(format) }
  }

  /// The format that was asked for or recognised; nil as long as no line has given it away.
  package var format: StreamFormat? { leading.format ?? wanted }

  /// The origin of the events; for a recording, the one in its header. Nil until the format is known.
  package var sourceKind: SourceKind? { leading.decoder?.source }

  /// The reason why nothing of the stream is decoded, in one sentence; nil where it is.
  package var refusal: String? { leading.decoder?.refusal }

  /// It is understood even if nothing follows: a recording's header was read.
  package var hasHeader: Bool { leading.decoder?.hasHeader ?? false }

  private var leading: LineStream { leader.map { named[$0] } ?? unnamed }

  /// Reads a piece of the stream; it may begin and end anywhere.
  ///
  /// - Parameter arrival: when the piece reached us; nil for a file.
  package mutating func read(
    _ bytes: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    // Taken out for the time being, so that the closure may change the rest.
    var lines = take(stream)
    lines.read(bytes) { line, isTooLong, hasEscape in
      decode(
        line, isTooLong: isTooLong, hasEscape: hasEscape, stream: stream, arrival: arrival, into: &log)
    }
    put(lines, stream)
  }

  /// The stream has ended: decodes a last line without a newline, and emits the events held back.
  package mutating func finish(into log: inout EventLog) {
    for stream in [OutputStream.stdout, .stderr] {
      var lines = take(stream)
      lines.finish { line, isTooLong, hasEscape in
        decode(line, isTooLong: isTooLong, hasEscape: hasEscape, stream: stream, arrival: nil, into: &log)
      }
    }
    if course == .undecided, let format = wanted ?? fallback { begin(format, into: &log) }
    unnamed.finish(into: &log)
    let isLed = leader != nil || unnamed.format != nil
    if let first = named.finish(isLed: isLed, into: &log) { leader = first }
  }

  private mutating func take(_ stream: OutputStream?) -> StreamLines {
    var taken = StreamLines()
    if stream == .stderr { swap(&taken, &errors) } else { swap(&taken, &output) }
    return taken
  }

  private mutating func put(_ lines: StreamLines, _ stream: OutputStream?) {
    if stream == .stderr { errors = lines } else { output = lines }
  }
  // MARK: Lines

  @inline(__always)
  private mutating func decode(
    _ line: UnsafeRawBufferPointer, isTooLong: Bool, hasEscape: Bool, stream: OutputStream?,
    arrival: Timestamp?, into log: inout EventLog
  ) {
    lines &+= 1
    if isTooLong {
      log.appendUndecodable(
        line.slice(0, 4_096), reason: "a line longer than 1 MiB; only its beginning is kept",
        time: arrival ?? 0, arrival: arrival)
    } else if hasEscape {
      decodeColoured(line, stream: stream, arrival: arrival, into: &log)
    } else if course == .plain {
      unnamed.decode(line, stream: stream, arrival: arrival, into: &log)
    } else {
      decodeUnsettled(line, stream: stream, arrival: arrival, into: &log)
    }
  }

  private mutating func decodeColoured(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    // It stands for a whole piece of the stream: the treatment of a line must not depend on where it was cut.
    guard line.firstIndex(ofByte: 0x1B, from: 0) != nil else {
      return decodeUnsettled(line, stream: stream, arrival: arrival, into: &log)
    }
    line.withoutColours {
      decodeUnsettled($0.withoutCarriageReturn, stream: stream, arrival: arrival, into: &log)
    }
  }

  private mutating func decodeUnsettled(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    switch course {
    case .undecided: decide(by: line, stream: stream, arrival: arrival, into: &log)
    case .plain: unnamed.decode(line, stream: stream, arrival: arrival, into: &log)
    case .prefixed: decodePrefixed(line, stream: stream, arrival: arrival, into: &log)
    }
  }

  private mutating func decide(
    by line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    if let shape = PrefixShape.deciding(line, for: wanted) {
      begin(shape, into: &log)
      return decodePrefixed(line, stream: stream, arrival: arrival, into: &log)
    }
    let format = StreamFormat.recognize(line, as: wanted)
    let couldBePrefixed = PrefixShape.begins(line)
    if couldBePrefixed { fallback = fallback ?? format }
    if let format, !couldBePrefixed {
      begin(format, into: &log)
      unnamed.decode(line, stream: stream, arrival: arrival, into: &log)
    } else if wanted == nil || unnamed.isWaiting || couldBePrefixed {
      unnamed.hold(line, stream: stream, arrival: arrival)
      guard unnamed.isFull else { return }
      if let format = wanted ?? fallback ?? unnamed.likelyFormat {
        begin(format, into: &log)
      } else {
        unnamed.giveUp(into: &log)
      }
    } else {
      unnamed.decode(line, stream: stream, arrival: arrival, into: &log)
    }
  }

  /// The lines have no prefix, and this format.
  private mutating func begin(_ format: StreamFormat, into log: inout EventLog) {
    course = .plain
    unnamed.begin(format)
    unnamed.replay(into: &log)
  }

  /// The lines have prefixes; those that waited too.
  private mutating func begin(_ shape: PrefixShape, into log: inout EventLog) {
    course = .prefixed
    self.shape = shape
    var waiting = unnamed.takeWaiting()
    if shape.tellsNames {
      // A line without a name is of the format that was asked for only if it looks so.
      unnamed.finish(into: &log)
      unnamed = LineStream(
        wanted: wanted, function: function, reason: "no known format, and nobody's name before it")
    }
    waiting.takeAll { line, stream, arrival in
      decodePrefixed(line, stream: stream, arrival: arrival, into: &log)
    }
  }

  private mutating func decodePrefixed(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    let cut = shape.cut(line)
    guard !cut.names.isEmpty, let place = named.place(cut.names) else {
      return unnamed.decode(cut.rest, stream: stream, arrival: arrival, into: &log)
    }
    let isFirst = leader == nil && unnamed.format == nil
    named.decode(
      cut.rest, at: place, isFirst: isFirst || leader == place, stream: stream, arrival: arrival, into: &log)
    if isFirst, named[place].format != nil { leader = place }
  }
}
