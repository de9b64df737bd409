internal import LambdaEventFormats
internal import LambdaLifecycle
internal import SwimlaneUI

/// Chrome trace-event JSON, which Perfetto, chrome://tracing and Speedscope open.
///
/// A function is a process. An environment is a thread, and each thing that may overlap another, an extension, a further
/// invocation, nested marks, is a thread beside it: slices of one thread that overlap are dropped by readers. Requests
/// are slices of threads of their own, and a flow leads from each to its invocation.
package struct TraceEvents {
  private let selection: ExportSelection
  private var events: [Event] = []
  private var processes: [String: Int64] = [:]

  private struct Event {
    var name: String
    var kind: String
    var time: Timestamp = 0
    var length: Nanoseconds = -1
    var process: Int64
    var thread: Int64
    var flow: Int64 = -1
    var facts: [(String, String)] = []
    var count: Int64 = -1
  }

  /// Threads of one process: each takes slices that begin after its last one has ended.
  private struct Threads {
    var next: Int64
    var ends: [(thread: Int64, end: Timestamp)] = []

    mutating func take(from start: Timestamp, to end: Timestamp) -> (thread: Int64, isNew: Bool) {
      if let index = ends.firstIndex(where: { $0.end <= start }) {
        ends[index].end = end
        return (ends[index].thread, false)
      }
      ends.append((next, end))
      next += 1
      return (next - 1, true)
    }
  }

  package init(_ selection: ExportSelection) { self.selection = selection }

  package mutating func json() -> [UInt8] {
    events = []
    processes = [:]
    var begins: [RequestID: (process: Int64, thread: Int64, time: Timestamp)] = [:]
    var nextThread: Int64 = 100_000
    for track in selection.tracks { add(track, &nextThread, &begins) }
    addRequests(begins)
    addConcurrency()
    return written()
  }

  // MARK: Environments

  private mutating func add(
    _ track: EnvironmentTrack, _ nextThread: inout Int64,
    _ begins: inout [RequestID: (process: Int64, thread: Int64, time: Timestamp)]
  ) {
    let process = self.process(of: selection.function(of: track.id))
    let environment = selection.catalog.text(track.id)
    var groups: [String: Threads] = [:]
    func thread(_ group: String, _ start: Timestamp, _ end: Timestamp, _ next: inout Int64) -> (Int64, Bool) {
      // Threads of an environment follow one another, whichever of its groups they belong to.
      var threads = groups[group] ?? Threads(next: next)
      threads.next = next
      let (thread, isNew) = threads.take(from: start, to: end)
      next = threads.next
      groups[group] = threads
      return (thread, isNew)
    }
    func place(_ group: String, _ title: String, _ start: Timestamp, _ end: Timestamp) -> Int64 {
      let (id, isNew) = thread(group, start, end, &nextThread)
      if isNew { name(thread: id, of: process, title) }
      return id
    }
    for span in selection.spans(of: track) {
      let end = span.end ?? selection.end
      let owner = selection.catalog.text(span.extensionName)
      let id = place(owner, owner.isEmpty ? environment : "\(environment) · \(owner)", span.start, end)
      var facts = [("environment", environment), ("observed", span.isObserved ? "yes" : "inferred")]
      if span.end == nil { facts.append(("end", "not told")) }
      if span.outcome != .none { facts.append(("outcome", span.outcome.wireName)) }
      for (key, text) in [
        ("errorType", selection.catalog.text(span.errorType)),
        ("requestId", selection.catalog.text(span.request)),
      ] where !text.isEmpty { facts.append((key, text)) }
      let title = owner.isEmpty ? span.phase.title : "\(span.phase.title) of \(owner)"
      events.append(
        Event(
          name: title, kind: "X", time: span.start, length: max(0, end &- span.start), process: process,
          thread: id,
          facts: facts))
      if span.phase == .invoke, span.request != .none { begins[span.request] = (process, id, span.start) }
    }
    addLines(of: track, process, environment, &nextThread)
    for mark in track.marks.indices.map(track.markSpan)
    where mark.start <= selection.end && (mark.end ?? .never) >= selection.start {
      let end = mark.end ?? selection.end
      let id = place("\u{0}marks", "\(environment) · marks", mark.start, max(end, mark.start &+ 1))
      events.append(
        Event(
          name: selection.catalog.text(mark.name), kind: mark.isMoment ? "i" : "X", time: mark.start,
          length: mark.isMoment ? -1 : max(0, end &- mark.start), process: process, thread: id))
    }
  }

  /// Statements of its inits, each inside of the one that it is part of.
  private mutating func addLines(
    of track: EnvironmentTrack, _ process: Int64, _ environment: String, _ nextThread: inout Int64
  ) {
    let catalog = selection.catalog
    let inits = track.code.isEmpty ? [] : track.inits(at: selection.end)
    let lines = inits.flatMap { InitTable($0, catalog, at: $0.end ?? selection.end).rows }
      .filter { $0.isStatement && $0.stretch.map { $0.upperBound >= selection.start } ?? false }
    guard !lines.isEmpty else { return }
    let thread = nextThread
    nextThread += 1
    name(thread: thread, of: process, "\(environment) · lines")
    for row in lines {
      guard let stretch = row.stretch else { continue }
      let title = row.title(catalog, track.source)
      events.append(
        Event(
          name: title, kind: "X", time: stretch.lowerBound, length: row.length, process: process,
          thread: thread, facts: [("what", row.words(catalog, isForOthers: true))]))
    }
  }

  // MARK: Requests

  private mutating func addRequests(
    _ begins: [RequestID: (process: Int64, thread: Int64, time: Timestamp)]
  ) {
    var threads: [Int64: Threads] = [:]
    for (number, place) in selection.requests.enumerated() {
      let request = selection.timeline.requests[place]
      let process = self.process(of: selection.function(of: request))
      let end = request.answered == .never ? selection.end : request.answered
      let (thread, isNew) = threads[process, default: Threads(next: 1)].take(
        from: request.arrival, to: max(end, request.arrival &+ 1))
      if isNew { name(thread: thread, of: process, thread == 1 ? "requests" : "requests, also") }
      var facts = [("requestId", selection.catalog.text(request.id))]
      if !request.isThrottled { facts.append(("start", "\(request.start)")) }
      if request.outcome != .none { facts.append(("outcome", request.outcome.wireName)) }
      if request.isThrottled { facts.append(("throttled", selection.catalog.text(request.throttleReason))) }
      events.append(
        Event(
          name: request.isThrottled ? "throttled request" : "\(request.start) request", kind: "X",
          time: request.arrival,
          length: max(0, end &- request.arrival), process: process, thread: thread, facts: facts))
      guard let begin = begins[request.id], begin.time >= request.arrival else { continue }
      events.append(
        Event(
          name: "invocation", kind: "s", time: request.arrival, process: process, thread: thread,
          flow: Int64(number)))
      events.append(
        Event(
          name: "invocation", kind: "f", time: begin.time, process: begin.process, thread: begin.thread,
          flow: Int64(number)))
    }
  }

  /// Invocations open at once, of each function, as a counter at every change.
  private mutating func addConcurrency() {
    var changes: [Int64: [(time: Timestamp, change: Int64)]] = [:]
    for track in selection.tracks {
      let process = self.process(of: selection.function(of: track.id))
      for span in selection.spans(of: track) where span.phase == .invoke {
        changes[process, default: []].append((span.start, 1))
        if let end = span.end { changes[process, default: []].append((end, -1)) }
      }
    }
    for (process, list) in changes.sorted(by: { $0.key < $1.key }) {
      var count: Int64 = 0
      let ordered = list.sorted { ($0.time, $0.change) < ($1.time, $1.change) }
      for (index, change) in ordered.enumerated() {
        count += change.change
        // Of the changes at one moment, only the count after the last is written.
        guard index + 1 == ordered.count || ordered[index + 1].time != change.time else { continue }
        events.append(
          Event(
            name: "concurrency", kind: "C", time: change.time, process: process, thread: 0,
            count: max(0, count)))
      }
    }
  }

  // MARK: Writing

  private mutating func process(of function: String) -> Int64 {
    if let known = processes[function] { return known }
    let process = Int64(processes.count + 1)
    processes[function] = process
    events.append(
      Event(name: "process_name", kind: "M", process: process, thread: 0, facts: [("name", function)]))
    return process
  }

  private mutating func name(thread: Int64, of process: Int64, _ name: String) {
    events.append(
      Event(name: "thread_name", kind: "M", process: process, thread: thread, facts: [("name", name)]))
    events.append(
      Event(name: "thread_sort_index", kind: "M", process: process, thread: thread, count: thread))
  }

  private func written() -> [UInt8] {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    line.add("displayTimeUnit", "ms")
    line.add("otherData") { $0.add("origin", CalendarDate.text(selection.start)) }
    line.add("traceEvents", objects: events) { object, event in
      object.add("name", event.name)
      object.add("ph", event.kind)
      object.add("pid", event.process)
      object.add("tid", event.thread)
      if event.kind != "M" { object.add("ts", number: Self.microseconds(event.time &- selection.start)) }
      if event.length >= 0 { object.add("dur", number: Self.microseconds(event.length)) }
      if event.kind != "M" { object.add("cat", event.flow >= 0 ? "request" : "lambda") }
      if event.flow >= 0 {
        object.add("id", event.flow)
        if event.kind == "f" { object.add("bp", "e") }
      }
      if event.kind == "i" { object.add("s", "t") }
      guard !event.facts.isEmpty || event.count >= 0 else { return }
      object.add("args") { arguments in
        for (key, text) in event.facts { arguments.add(named: key, text) }
        if event.count >= 0 { arguments.add(event.kind == "M" ? "sort_index" : "invocations", event.count) }
      }
    }
    line.finish(into: &bytes)
    return bytes
  }

  private static func microseconds(_ length: Nanoseconds) -> String {
    let (whole, rest) = length.magnitude.quotientAndRemainder(dividingBy: 1_000)
    let digits = "\(rest)"
    return (length < 0 ? "-" : "") + "\(whole)." + String(repeating: "0", count: 3 - digits.utf8.count)
      + digits
  }
}
