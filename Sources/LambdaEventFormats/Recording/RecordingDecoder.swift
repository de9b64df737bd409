package import LambdaLifecycle

/// Reads a recording, or the same lines as another program prints them live (docs/recording-format.md).
package struct RecordingDecoder: EventDecoder {
  private enum State {
    case beforeHeader
    case open
    /// A header was of this version, which we do not know.
    case refused(version: Int64)
  }

  private var state = State.beforeHeader
  private var clock = ISO8601Reader()
  private(set) var origin: Timestamp = 0
  private var lastTime: Timestamp = 0
  var names = NameCache()
  let words = RecordingWords()

  package private(set) var source = SourceKind.native
  /// The sources that the recording keeps apart.
  private var sources: [String: SourceID] = [:]

  package init() {}

  package var refusal: String? {
    guard case .refused(let version) = state else { return nil }
    return """
      a recording of version \(version): this program reads version \(RecordingHeader.version); use a newer lanes
      """
  }

  package var hasHeader: Bool {
    if case .open = state { return true }
    return false
  }

  package mutating func decode(
    _ line: UnsafeRawBufferPointer, stream: OutputStream?, arrival: Timestamp?, into log: inout EventLog
  ) {
    if case .refused = state { return }
    var scanner = JSONScanner(line)
    scanner.skipWhitespace()
    if scanner.isAtEnd { return }
    let fields = RecordingLine(&scanner)
    scanner.skipWhitespace()
    let reason: String?
    if scanner.failed || !scanner.isAtEnd {
      reason = "not a line of a recording: expected one whole JSON object"
    } else if !fields.format.isAbsent {
      reason = readHeader(fields, in: scanner, into: &log)
    } else {
      reason = readEvent(fields, in: scanner, arrival: arrival, into: &log)
    }
    if let reason {
      log.appendUndecodable(line, reason: reason, time: arrival ?? lastTime, arrival: arrival)
    }
  }

  package mutating func finish(into log: inout EventLog) {}

  private mutating func readHeader(
    _ line: RecordingLine, in scanner: JSONScanner, into log: inout EventLog
  ) -> String? {
    guard scanner.matches(line.format, RecordingHeader.format) else {
      return "not a recording of lanes: its format is another"
    }
    guard line.version <= RecordingHeader.version else {
      state = .refused(version: line.version)
      return nil
    }
    let text = line.originText
    guard let origin = clock.timestamp(scanner.bytes, from: Int(text.start), to: Int(text.end)) else {
      return "a recording's header without an \"origin\" that is an ISO 8601 time"
    }
    self.origin = origin
    lastTime = origin
    source = SourceKind(rawValue: scanner.text(line.source)) ?? .native
    state = .open
    log.recordingBegins(
      absolute(line.begin).map {
        SessionPart(origin: origin, begin: $0, end: max($0, absolute(line.end) ?? $0))
      })
    return nil
  }

  private mutating func readEvent(
    _ line: RecordingLine, in scanner: JSONScanner, arrival: Timestamp?, into log: inout EventLog
  ) -> String? {
    guard hasHeader else { return "an event before the recording's header" }
    guard let time = absolute(line.time) else {
      return "an event without a \"time\": expected seconds since the recording's origin"
    }
    lastTime = time
    if scanner.matches(line.event, "source") {
      learnSource(line, in: scanner, &log.catalog)
      return nil
    }
    let kind: LifecycleEvent.Kind
    switch readKind(line, in: scanner, into: &log) {
    case .success(let known): kind = known
    case .failure(let problem): return problem.reason
    }
    var event = LifecycleEvent(time: time, arrival: absolute(line.arrival) ?? arrival, kind: kind)
    event.function = names.name(line.function, in: scanner, of: &log.catalog)
    if !line.environment.isAbsent {
      let name = names.name(line.environment, in: scanner, of: &log.catalog)
      let reading = log.catalog.source
      if !line.source.isAbsent { log.catalog.source = sources[scanner.text(line.source)] ?? reading }
      event.environment = log.catalog.environment(name, of: event.function)
      log.catalog.source = reading
    }
    event.request = request(line.request, in: scanner, into: &log)
    log.events.append(event)
    return nil
  }

  private mutating func learnSource(
    _ line: RecordingLine, in scanner: JSONScanner, _ catalog: inout Catalog
  ) {
    let name = scanner.text(line.source)
    let kind = SourceKind(rawValue: scanner.text(line.kind)) ?? .native
    guard sources[name] == nil, sources.count < RecordingDecoder.maximumSources else { return }
    sources[name] = catalog.addSource(Source(name: name, kind: kind))
  }

  /// A file that names more sources than this is not one of ours.
  private static let maximumSources = 10_000

  /// A time of the file as a moment; nil if it is missing or too far away to reckon with.
  func absolute(_ time: Int64?) -> Timestamp? {
    guard let time else { return nil }
    let (sum, overflow) = time.addingReportingOverflow(origin)
    return !overflow && CalendarDate.timestamps.contains(sum) ? sum : nil
  }

  private func request(_ text: JSONString, in scanner: JSONScanner, into log: inout EventLog) -> RequestID {
    if text.isEmpty { return .none }
    return RequestID(fastUUID: scanner.bytes, at: Int(text.start), end: Int(text.end))
      ?? log.catalog.request(scanner.text(text))
  }
}
