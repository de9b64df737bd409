/// A request's own time line: the parts that its time went into, up to a moment.
package struct RequestParts: Equatable, Sendable {
  /// A stretch of it that one phase took.
  package struct Part: Equatable, Sendable {
    package var phase: Phase
    package var begin: Timestamp
    package var end: Timestamp
    /// The caller has its answer, and extensions still work.
    package var isAfterAnswer = false
    /// Where it ends or begins was concluded: of several inits at once nobody says which one began with its function.
    package var isInferred = false

    package var length: Nanoseconds { end &- begin }
  }

  /// In order of their begin.
  package private(set) var parts: [Part] = []
  package private(set) var arrival: Timestamp
  /// The end of its invocation; the moment looked at while it goes on.
  package private(set) var end: Timestamp
  /// Why its invocation went wrong, where somebody reported it.
  package private(set) var errorType = Name.none

  package var length: Nanoseconds { max(0, end &- arrival) }

  /// - Parameter place: of the request in the timeline.
  package init(_ place: Int, _ timeline: borrowing Timeline, at time: Timestamp) {
    let request = timeline.requests[place]
    arrival = request.arrival
    let over = request.ended == .never ? request.answered : request.ended
    end = request.isThrottled ? request.arrival : min(over, time)
    guard let track = timeline.track(request.environment) else { return }
    add(track, place, request)
  }

  /// Its invocation has begun.
  package var hasInvocation: Bool { parts.contains { $0.phase == .invoke } }

  /// The part that the caller waited for alone: without what goes on after the answer.
  /// - Parameter answered: the moment of the answer; `.never` while the caller waits.
  package func upTo(answer answered: Timestamp) -> RequestParts {
    var waited = self
    waited.end = min(end, answered)
    waited.parts.removeAll { $0.isAfterAnswer || $0.begin >= answered }
    return waited
  }

  private mutating func add(_ track: borrowing EnvironmentTrack, _ place: Int, _ request: RequestRow) {
    var index = max(0, track.rowCount(upTo: arrival &- 1) - Self.rowsBefore)
    let last = min(track.rows.count, index + Self.rowsBefore + Self.rowsAfter)
    var extensions: [SpanRow] = []
    while index < last, track.rows[index].start < end {
      let row = track.rows[index]
      index += 1
      guard row.end > arrival else { continue }
      if row.extensionName != .none {
        if row.phase == .extensionInit { extensions.append(row) }
        continue
      }
      if row.phase == .invoke {
        guard row.request == Int32(place) else { continue }
        if row.end <= end { errorType = row.errorType }
        let stop = min(row.end, end)
        // The clock of a log may be a little behind that of the caller: parts add up to the wait.
        let start = min(max(row.start, arrival), stop)
        let answered = min(max(request.answered, start), stop)
        parts.append(Part(phase: .invoke, begin: start, end: answered))
        if answered < stop {
          parts.append(Part(phase: .invoke, begin: answered, end: stop, isAfterAnswer: true))
        }
      } else if row.phase.isTransition {
        parts.append(
          Part(
            phase: row.phase, begin: max(row.start, arrival), end: min(row.end, end),
            isInferred: row.divisionIsInferred))
      }
    }
    for row in extensions { addReadiness(row) }
  }

  /// When all else of init is over, it waits for the first Next of each extension.
  private mutating func addReadiness(_ row: SpanRow) {
    let stop = min(row.end, end)
    let before = parts.last { $0.phase.isInit && $0.begin < stop && $0.end > row.start }
    guard let known = before, known.end < stop else { return }
    let place = parts.partitionPoint { $0.begin < known.end }
    parts.insert(Part(phase: .extensionInit, begin: known.end, end: stop), at: place)
  }

  /// Parts of an init that began ahead of the request, and what may lie between its arrival and its end.
  private static let rowsBefore = 4
  private static let rowsAfter = 64
}
