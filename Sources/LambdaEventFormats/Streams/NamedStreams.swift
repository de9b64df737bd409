internal import LambdaLifecycle

/// The streams of several writers that a tool shows as one, each line with the name of who wrote it.
struct NamedStreams: Sendable {
  private struct Named: Sendable {
    var name: [UInt8]
    var lines: LineStream
    /// Its environments are this source's; nil until it has a format.
    var source: SourceID?
  }

  private var streams: [Named] = []
  private var last = 0
  private let wanted: StreamFormat?

  /// A file with more names than this was not written by a tool that shows services.
  private static let maximum = 64

  /// - Parameter wanted: the one format that each stream can have; nil for anything.
  init(wanted: StreamFormat?) { self.wanted = wanted }

  /// Place of the stream of that name; nil where there are too many.
  mutating func place(_ name: [UInt8]) -> Int? {
    if last < streams.count, streams[last].name == name { return last }
    if let known = streams.firstIndex(where: { $0.name == name }) {
      last = known
      return known
    }
    guard streams.count < NamedStreams.maximum else { return nil }
    let lines = LineStream(
      wanted: wanted, function: "", reason: "no known format: \(String(decoding: name, as: UTF8.self))")
    streams.append(Named(name: name, lines: lines))
    last = streams.count - 1
    return last
  }

  subscript(place: Int) -> LineStream { streams[place].lines }

  /// - Parameter isFirst: no other stream of the reader has a format yet: the lines are read as the input's
  ///   own.
  mutating func decode(
    _ line: UnsafeRawBufferPointer, at place: Int, isFirst: Bool, stream: OutputStream?,
    arrival: Timestamp?, into log: inout EventLog
  ) {
    let input = log.catalog.source
    let before = log.events.count
    if let source = streams[place].source {
      log.catalog.source = source
      streams[place].lines.decode(line, stream: stream, arrival: arrival, into: &log)
    } else if let format = streams[place].lines.find(by: line, stream: stream, arrival: arrival, into: &log) {
      begin(format, at: place, isFirst: isFirst, into: &log)
    }
    if log.events.count > before { tellKind(of: place, besides: input, in: &log.catalog) }
    log.catalog.source = input
  }

  /// The stream has a format: from now on it is a source.
  private mutating func begin(
    _ format: StreamFormat, at place: Int, isFirst: Bool, into log: inout EventLog
  ) {
    let source = isFirst ? log.catalog.source : log.catalog.addSource(ofName: streams[place].name)
    streams[place].source = source
    log.catalog.source = source
    streams[place].lines.begin(format)
    streams[place].lines.replay(into: &log)
  }

  /// - Parameter isLed: a stream of the reader has a format.
  /// - Returns: the place of the first that has one only now, where none is led.
  mutating func finish(isLed: Bool, into log: inout EventLog) -> Int? {
    let input = log.catalog.source
    var first: Int?
    for place in streams.indices {
      if streams[place].source == nil, let format = streams[place].lines.likelyFormat {
        let isFirst = !isLed && first == nil
        if isFirst { first = place }
        begin(format, at: place, isFirst: isFirst, into: &log)
      }
      if let source = streams[place].source { log.catalog.source = source }
      streams[place].lines.finish(into: &log)
      tellKind(of: place, besides: input, in: &log.catalog)
      log.catalog.source = input
    }
    return first
  }

  /// Sets the kind of a stream's source; the reader sets that of the input's own.
  private func tellKind(of place: Int, besides input: SourceID, in catalog: inout Catalog) {
    guard let source = streams[place].source, source != input,
      let kind = streams[place].lines.decoder?.source
    else { return }
    catalog[source].kind = kind
  }
}

extension Catalog {
  /// Adds a further source beside the current one.
  fileprivate mutating func addSource(ofName name: [UInt8]) -> SourceID {
    let own = String(decoding: name, as: UTF8.self)
    let input = self[source].name
    return addSource(Source(name: input.isEmpty ? own : "\(input)/\(own)"))
  }
}
