internal import LambdaLifecycle

/// One of the latest callers, or several that were refused one after the other.
struct Caller {
  /// Of the request in the timeline.
  var place: Int
  /// What it waited for, from its arrival to its answer.
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
  func latest(_ count: Int) -> [Caller] {
    guard let first = rows.first, first.isEarlier, count > 1, count < rows.count else {
      return rows.suffix(max(0, count))
    }
    return [first] + rows.suffix(count - 1)
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
      defer { place -= 1 }
      let request = timeline.requests[place]
      guard passes(timeline, request) else { continue }
      if request.isRefused, let next = rows.last, next.count < .max, timeline.requests[next.place].isRefused {
        rows[rows.count - 1].count += 1
        rows[rows.count - 1].place = place
        continue
      }
      guard rows.count < most else { break }
      let caller = Caller(place, timeline, at: time)
      // Where nobody tells of arrivals, a request is known when its invocation begins.
      if request.arrivalIsTold || request.isRefused || caller.parts.hasInvocation { rows.append(caller) }
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
      if request.start == .cold, !request.isRefused, request.answered <= time, passes(timeline, request) {
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
}

extension RequestRow {
  /// No environment has taken it, and it has its answer.
  var isRefused: Bool { environment == .none && answered != .never }
}
