// Marks of functions: sub-spans of the phase in which they begin.
//
// Marks come by the function's output, phases by another way: which phase a mark belongs to, and whether the end of that
// phase was its end, is asked when it is read, so that the order of coming does not matter.

/// A mark as it was reported.
package struct MarkRow: Equatable, Sendable {
  package var name: Name
  package var start: Timestamp
  /// `.never` as long as nobody reported it.
  package var end: Timestamp
  package var isMoment: Bool
  /// The row that it is drawn in below its phase: below those that it lies in, and beside what is open of other workers.
  package var depth: Int
  /// The one of several workers that reported it; 0 where there is one.
  var worker: Int
  /// Index into the timeline's requests, or -1 where the output did not say.
  var request: Int32
}

/// A mark as readers see it.
package struct MarkSpan: Equatable, Sendable {
  package var name: Name
  /// The phase in which it lies; nil outside of any.
  package var phase: Phase?
  package var start: Timestamp
  /// nil while it is open.
  package var end: Timestamp?
  /// False: nobody reported its end, it ended with its phase.
  package var isObserved: Bool
  package var isMoment: Bool
  package var depth: Int
  /// Index into the timeline's requests, or -1.
  package var request: Int32
}

extension EnvironmentTrack {
  /// A line of output takes its time: one that seems to come after its phase by less belongs to it.
  static let outputDelay: Nanoseconds = .milliseconds(10)

  /// Marks that begin at or before `time`.
  package func markCount(upTo time: Timestamp) -> Int { markTable.count(upTo: time) }

  /// The mark at that place, which ends at the latest with its phase.
  package func markSpan(_ index: Int) -> MarkSpan {
    let mark = marks[index]
    let row = row(ofMarkAt: mark.start, request: mark.request).map { rows[$0] }
    var span = MarkSpan(
      name: mark.name, phase: row?.phase, start: mark.start, end: mark.end == .never ? nil : mark.end,
      isObserved: true, isMoment: mark.isMoment, depth: mark.depth, request: row?.request ?? mark.request)
    guard let limit = row?.end, limit != .never, mark.end > limit else { return span }
    span.end = max(limit, mark.start)
    span.isObserved = mark.end != .never && mark.end &- limit <= Self.outputDelay
    return span
  }

  /// The phase that a moment of the function's output lies in.
  private func row(ofMarkAt time: Timestamp, request: Int32) -> Int? {
    var found: Int?
    var index = rowCount(upTo: time) - 1
    let last = index
    // Invocations that run at once are few; what lies further back is over.
    while index >= 0, last - index < 64 {
      let row = rows[index]
      if row.extensionName == .none, row.end >= time &- Self.outputDelay {
        if request < 0 || row.request == request { return index }
        found = found ?? index
      }
      index -= 1
    }
    return found
  }

  mutating func markBegan(_ name: Name, isMoment: Bool, request: Int32, at time: Timestamp) {
    markTable.keepOpen(markTable.open.filter { (markSpan(Int($0)).end ?? .never) > time })
    let open = markTable.open.map { marks[Int($0)] }.filter { $0.start <= time }
    let worker = worker(of: name, request, among: open)
    var depth = (open.filter { $0.worker == worker }.map(\.depth).max() ?? -1) + 1
    while open.contains(where: { $0.depth == depth }) { depth += 1 }
    markTable.insert(
      MarkRow(
        name: name, start: time, end: isMoment ? time : .never, isMoment: isMoment, depth: depth,
        worker: worker, request: request))
  }

  /// Whose mark begins. The workers of a Managed Instance print into one stream, and their lines do not say whose they are: what
  /// is open already is another worker's, and all that one request reports is one worker's.
  private func worker(of name: Name, _ request: Int32, among open: [MarkRow]) -> Int {
    guard runsConcurrently else { return 0 }
    if request >= 0, let known = open.first(where: { $0.request == request }) { return known.worker }
    var worker = 0
    while true {
      let own = open.filter { $0.worker == worker }
      // The beginning of a worker's function init is the first thing that it reports; the first one's divides
      // init itself.
      let isTaken =
        request >= 0 || name == .functionInit
        ? !own.isEmpty || name == .functionInit && worker == 0
        : own.contains { $0.name == name }
      if !isTaken { return worker }
      worker += 1
    }
  }
}

extension EnvironmentTrack {
  /// Its function has marked something.
  mutating func marked(_ mark: Mark, _ event: LifecycleEvent, _ session: inout SessionFold) {
    let request = event.request == .none ? -1 : session.ledger.attempt(event.request, at: event.time) ?? -1
    if mark.name == .functionInit, mark.edge == .begin,
      divideInit(at: event.time, isInferred: mark.isInferred, &session)
    {
      return
    }
    switch mark.edge {
    case .begin, .moment:
      markBegan(
        mark.name, isMoment: mark.edge == .moment, request: request, at: event.time)
    case .end:
      // Of one worker the innermost; of several the one that has been at it for longest.
      let wasOpen = markTable.end(
        mark.name, request: request, at: event.time, isOldest: runsConcurrently && request < 0)
      // Function init ends with init, whatever the function says.
      if !wasOpen, mark.name != .functionInit { session.anomalies += 1 }
    }
  }
}
