internal import LambdaEventFormats
internal import LambdaLifecycle

/// OpenTelemetry traces as OTLP/JSON lines (opentelemetry.io, OTLP specification): each line is one `TracesData`.
///
/// An invocation is a trace of its own: a server span with the names of the FaaS conventions, and below it
/// the parts of the init that it waited for, the invocation, and the work of extensions meanwhile. A span
/// without a request, as a shutdown, is a trace of its environment.
package struct OTLPTraces {
  private let selection: ExportSelection
  private var lastID: UInt64 = 0

  private struct OTLPSpan {
    var trace: (UInt64, UInt64)
    var id: UInt64
    var parent: UInt64 = 0
    var name: String
    var isServer = false
    var start: Timestamp
    var end: Timestamp
    var texts: [(String, String)] = []
    var numbers: [(String, Int64)] = []
    var flags: [(String, Bool)] = []
    var outcome: Outcome
    var message = ""
  }

  /// Spans of a line: whole traces, until there are so many.
  private static let spansOfLine = 1_000

  package init(_ selection: ExportSelection) { self.selection = selection }

  package mutating func lines() -> [UInt8] {
    var bytes: [UInt8] = []
    var told = Set<Int>()
    for track in selection.tracks {
      var waiting: [OTLPSpan] = []
      let resource = resource(of: selection.function(of: track.id), track)
      for trace in traces(of: track, &told) {
        waiting += trace
        if waiting.count >= Self.spansOfLine {
          write(waiting, of: resource, into: &bytes)
          waiting = []
        }
      }
      if !waiting.isEmpty { write(waiting, of: resource, into: &bytes) }
    }
    writeUnplaced(selection.requests.filter { !told.contains($0) }, into: &bytes)
    return bytes
  }

  /// Requests without an invocation: throttled, refused, or waiting.
  private mutating func writeUnplaced(_ places: [Int], into bytes: inout [UInt8]) {
    var byFunction: [(function: String, spans: [OTLPSpan])] = []
    for place in places {
      let request = selection.timeline.requests[place]
      let function = selection.function(of: request)
      let span = root(of: request, place, named: function)
      if let known = byFunction.firstIndex(where: { $0.function == function }) {
        byFunction[known].spans.append(span)
      } else {
        byFunction.append((function, [span]))
      }
    }
    for (function, spans) in byFunction {
      for start in stride(from: 0, to: spans.count, by: Self.spansOfLine) {
        let line = Array(spans[start..<min(spans.count, start + Self.spansOfLine)])
        write(line, of: resource(of: function, nil), into: &bytes)
      }
    }
  }

  private mutating func root(of request: RequestRow, _ place: Int, named function: String) -> OTLPSpan {
    let end = request.answered == .never ? selection.end : request.answered
    var root = OTLPSpan(
      trace: trace(of: request.id, place), id: nextID(), name: function, isServer: true,
      start: request.arrival,
      end: max(request.arrival, end), outcome: request.isThrottled ? .error : request.outcome)
    root.texts.append(("faas.invocation_id", selection.catalog.text(request.id)))
    root.texts.append(("faas.trigger", "other"))
    if !request.isThrottled { root.flags.append(("faas.coldstart", request.isCold)) }
    if request.isThrottled { root.flags.append(("lanes.throttled", true)) }
    if request.answered == .never { root.flags.append(("lanes.open", true)) }
    root.message = selection.catalog.text(request.isThrottled ? request.throttleReason : request.errorType)
    return root
  }

  /// The traces of an environment.
  /// - Parameter told: gets the places of their requests.
  private mutating func traces(of track: EnvironmentTrack, _ told: inout Set<Int>) -> [[OTLPSpan]] {
    let spans = selection.spans(of: track).filter { $0.phase != .frozen }
    var traces: [[OTLPSpan]] = []
    // A span belongs to its cause, whatever else its times touch: an init to the request that waited for it,
    // the work of an extension to the invocation it followed.
    var inits: [Span] = []
    var rest: [Span] = []
    var open: (invoke: Span, place: Int?, below: [Span])?
    func end(_ known: (invoke: Span, place: Int?, below: [Span])?, _ traces: inout [[OTLPSpan]]) {
      guard let known else { return }
      traces.append(trace(of: known.invoke, known.place, known.below, track))
    }
    for span in spans {
      if span.phase == .invoke, span.extensionName == .none {
        end(open, &traces)
        let place = requestPlace(of: span, track)
        if let place { told.insert(place) }
        let waited = place.map { selection.timeline.requests[$0].start.isForInit } ?? false
        if !waited { rest += inits }
        open = (span, place, waited ? inits : [])
        inits = []
      } else if span.phase == .invoke, open != nil {
        open?.below.append(span)
      } else if span.phase.isInitOrRestore || span.phase == .create {
        inits.append(span)
      } else {
        rest.append(span)
      }
    }
    end(open, &traces)
    rest += inits
    if !rest.isEmpty { traces.append(trace(of: rest, track)) }
    return traces
  }

  private func trace(of id: RequestID, _ number: Int) -> (UInt64, UInt64) {
    id == .none || id.interned != nil
      ? (0x6C61_6E65_7300_0000, UInt64(number) + 1) : (id.high, id.low)
  }

  private mutating func trace(
    of invoke: Span, _ place: Int?, _ below: [Span], _ track: EnvironmentTrack
  ) -> [OTLPSpan] {
    let request = place.map { selection.timeline.requests[$0] }
    let first = ([invoke.start] + below.map(\.start)).min() ?? invoke.start
    let last = max(
      invoke.end ?? selection.end, request.map { $0.answered == .never ? .min : $0.answered } ?? .min)
    var root = OTLPSpan(
      trace: place.map { trace(of: invoke.request, $0) } ?? (
        0x6C61_6E65_7300_0000 | UInt64(track.id.index), nextID()
      ),
      id: nextID(), name: selection.function(of: track.id), isServer: true,
      start: min(first, request?.arrival ?? first), end: last, outcome: request?.outcome ?? invoke.outcome)
    root.texts.append(("faas.invocation_id", selection.catalog.text(invoke.request)))
    root.texts.append(("faas.trigger", "other"))
    root.flags.append(("faas.coldstart", request?.isCold ?? false))
    if let request, request.billedMs >= 0 {
      root.numbers.append(("aws.lambda.billed_duration_ms", Int64(request.billedMs)))
    }
    root.message = selection.catalog.text(request.map(\.errorType) ?? invoke.errorType)
    if root.message.isEmpty { root.message = selection.catalog.text(invoke.errorType) }
    return [root] + ([invoke] + below).map { child(of: root, $0) }
  }

  private mutating func trace(of rest: [Span], _ track: EnvironmentTrack) -> [OTLPSpan] {
    var root = OTLPSpan(
      trace: (0x6C61_6E65_7301_0000 | UInt64(track.id.index), nextID()), id: nextID(), name: "environment",
      start: rest.map(\.start).min() ?? selection.start,
      end: rest.map { $0.end ?? selection.end }.max() ?? selection.end, outcome: .none)
    root.texts.append(("faas.instance", selection.catalog.text(track.id)))
    root.end = max(root.start, root.end)
    return [root] + rest.map { child(of: root, $0) }
  }

  private mutating func child(of root: OTLPSpan, _ span: Span) -> OTLPSpan {
    let owner = selection.catalog.text(span.extensionName)
    var child = OTLPSpan(
      trace: root.trace, id: nextID(), parent: root.id,
      name: owner.isEmpty ? span.phase.title : "\(span.phase.title) of \(owner)", start: span.start,
      end: max(span.start, span.end ?? selection.end), outcome: span.outcome)
    child.texts.append(("lanes.phase", span.phase.wireName))
    if !owner.isEmpty { child.texts.append(("aws.lambda.extension", owner)) }
    child.flags.append(("lanes.observed", span.isObserved))
    if span.end == nil { child.flags.append(("lanes.open", true)) }
    child.message = selection.catalog.text(span.errorType)
    return child
  }

  private func requestPlace(of invoke: Span, _ track: EnvironmentTrack) -> Int? {
    var place = track.rowCount(upTo: invoke.start) - 1
    // Several may begin at one moment.
    while place >= 0, track.rows[place].start == invoke.start {
      let row = track.rows[place]
      if row.phase == .invoke, row.request >= 0,
        selection.timeline.requests[Int(row.request)].id == invoke.request
      {
        return Int(row.request)
      }
      place -= 1
    }
    return nil
  }

  /// Never zero, and the same in every run.
  private mutating func nextID() -> UInt64 {
    lastID &+= 0x9E37_79B9_7F4A_7C15
    var mixed = lastID
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return (mixed ^ (mixed >> 31)) | 1
  }

  // MARK: Writing

  /// - Parameter track: the environment; nil for a request that came to none.
  private func resource(of function: String, _ track: EnvironmentTrack?) -> [Attribute] {
    var resource = [
      ("service.name", function), ("faas.name", function),
      ("faas.instance", track.map { selection.catalog.text($0.id) } ?? ""),
      ("cloud.provider", "aws"), ("cloud.platform", "aws_lambda"),
    ].filter { !$0.1.isEmpty }.map { Attribute($0, .text($1)) }
    let memory =
      track.flatMap { selection.timeline.description(of: $0.function, at: selection.end)?.memoryMB } ?? -1
    // In bytes (FaaS conventions).
    if memory > 0 { resource.append(Attribute("faas.max_memory", .number(Int64(memory) << 20))) }
    return resource
  }

  private func write(_ spans: [OTLPSpan], of resource: [Attribute], into bytes: inout [UInt8]) {
    var line = JSONLine(takingOver: &bytes)
    line.add("resourceSpans", objects: [0]) { object, _ in
      object.add("resource") { $0.add("attributes", objects: resource) { $1.write(into: &$0) } }
      object.add("scopeSpans", objects: [0]) { scope, _ in
        scope.add("scope") { $0.add("name", "lanes") }
        scope.add("spans", objects: spans) { write($1, into: &$0) }
      }
    }
    line.finish(into: &bytes)
  }

  private func write(_ span: OTLPSpan, into object: inout JSONLine) {
    object.add("traceId", Self.hex(span.trace.0) + Self.hex(span.trace.1))
    object.add("spanId", Self.hex(span.id))
    if span.parent != 0 { object.add("parentSpanId", Self.hex(span.parent)) }
    object.add("name", span.name)
    object.add("kind", span.isServer ? 2 : 1)
    // 64-bit integers are strings in protobuf's JSON.
    object.add("startTimeUnixNano", "\(max(1, span.start))")
    object.add("endTimeUnixNano", "\(max(1, span.end))")
    var texts = span.texts
    // The class of an error; where none was reported, how it ended (general conventions, error.type).
    if span.outcome.isBad {
      texts.append(("error.type", span.message.isEmpty ? span.outcome.wireName : span.message))
    }
    let attributes =
      texts.filter { !$0.1.isEmpty }.map { Attribute($0.0, .text($0.1)) }
      + span.numbers.map { Attribute($0.0, .number($0.1)) } + span.flags.map { Attribute($0.0, .flag($0.1)) }
    object.add("attributes", objects: attributes) { $1.write(into: &$0) }
    guard span.outcome != .none else { return }
    object.add("status") { status in
      if span.outcome.isBad {
        status.add("code", 2)
        status.add("message", span.message.isEmpty ? span.outcome.wireName : span.message)
      } else {
        status.add("code", 1)
      }
    }
  }

  private struct Attribute {
    enum Value {
      case text(String), number(Int64), flag(Bool)
    }
    var key: String
    var value: Value

    init(_ key: String, _ value: Value) {
      self.key = key
      self.value = value
    }

    func write(into object: inout JSONLine) {
      object.add("key", key)
      object.add("value") { holder in
        switch value {
        case .text(let text): holder.add("stringValue", text)
        case .number(let number): holder.add("intValue", "\(number)")
        case .flag(let flag): holder.add("boolValue", flag)
        }
      }
    }
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}
