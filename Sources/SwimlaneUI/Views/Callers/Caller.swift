internal import LambdaLifecycle

/// One of the latest callers, or several that were refused one after the other.
struct Caller {
  /// Of the request in the timeline.
  var place: Int
  /// The parts of its wait, from its arrival to its answer.
  var parts: RequestParts
  /// How many were refused one after the other; 1 for a caller that was not.
  var count = 1
  /// The same wait has been drawn before: it stands here to be compared with.
  var isEarlier = false

  var length: Nanoseconds { parts.length }
}

/// The latest callers up to a moment, each with what it waited for: as many as there are rows.
struct Callers {
  /// In the order of their arrival.
  private(set) var rows: [Caller] = []

  /// The last ones of them; an earlier cold start stays, as what they are compared with.
  func latest(_ count: Int, in timeline: borrowing Timeline) -> [Caller] {
    let latest = rows.suffix(max(0, count))
    func isCold(_ caller: Caller) -> Bool { timeline.requests[caller.place].start == .cold }
    guard count > 1, !latest.contains(where: isCold), var cold = rows.dropLast(count).last(where: isCold)
    else {
      return Array(latest)
    }
    cold.isEarlier = true
    return [cold] + latest.dropFirst()
  }

  /// Requests that are looked through for an earlier cold start.
  private static let looked = 5_000

  /// - Parameters:
  ///   - most: rows that there are.
  ///   - passes: the filter lets a request through.
  init(
    most: Int, _ timeline: borrowing Timeline, at time: Timestamp,
    passes: (borrowing Timeline, RequestRow) -> Bool = { _, _ in true }
  ) {
    guard most > 0, let last = timeline.lastRequest(upTo: time) else { return }
    var place = last
    while place >= 0, last - place < Self.looked {
      let request = timeline.requests[place]
      if passes(timeline, request) {
        let caller = Caller(place, timeline, at: time)
        if let next = rows.last, caller.joins(next, timeline, at: time) {
          rows[rows.count - 1] = caller
          rows[rows.count - 1].count = next.count + 1
        } else if rows.count == most {
          break
        } else if request.arrivalIsTold || request.isRefused(at: time) || caller.parts.hasInvocation {
          // Where nobody reports arrivals, a request is known when its invocation begins.
          rows.append(caller)
        }
      }
      place -= 1
    }
    rows.reverse()
    keepColdStart(from: place, timeline, at: time, passes)
  }

  /// Certain requests.
  init(_ places: [Int], _ timeline: borrowing Timeline, at time: Timestamp) {
    rows = places.map { Caller($0, timeline, at: time) }
  }

  /// Where none of the latest had to wait for an init, the last one that had stands above them: a warm start is short
  /// only beside a cold one.
  private mutating func keepColdStart(
    from place: Int, _ timeline: borrowing Timeline, at time: Timestamp,
    _ passes: (borrowing Timeline, RequestRow) -> Bool
  ) {
    guard rows.count > 1, !rows.contains(where: { timeline.requests[$0.place].start == .cold }) else {
      return
    }
    var place = place
    let end = max(0, place - Self.looked)
    while place >= end {
      let request = timeline.requests[place]
      if request.start == .cold, !request.isRefused(at: time), request.answered <= time,
        passes(timeline, request)
      {
        rows[0] = Caller(place, timeline, at: time)
        rows[0].isEarlier = true
        return
      }
      place -= 1
    }
  }
}

extension Caller {
  fileprivate init(_ place: Int, _ timeline: borrowing Timeline, at time: Timestamp) {
    self.init(
      place: place,
      parts: RequestParts(place, timeline, at: time).upTo(answer: timeline.requests[place].answered))
  }

  /// Both were refused for the same reason: they are one row.
  fileprivate func joins(_ next: Caller, _ timeline: borrowing Timeline, at time: Timestamp) -> Bool {
    let (own, other) = (timeline.requests[place], timeline.requests[next.place])
    return own.isRefused(at: time) && other.isRefused(at: time) && own.isThrottled == other.isThrottled
      && own.throttleReason == other.throttleReason && own.outcome == other.outcome
  }
}

extension RequestRow {
  /// No environment has taken it, and by then it has its answer.
  func isRefused(at time: Timestamp) -> Bool { environment == .none && answered <= time }
}
