/// The outcome of a simulated session if nobody does anything else: a lesson led to its end, or two requests
/// one after the other. The first screen shows it before anything has happened.
package struct Preview: Sendable {
  /// The session as it will be.
  package let session: Session
  /// The first environment, whose life is shown.
  package let environment: EnvironmentID
  /// When its life, or as much of it as was looked ahead, is over.
  package let end: Timestamp
  /// The first two requests that it answers, by their places in the timeline.
  package let callers: [Int]

  /// More than so many events of a simulation are not looked ahead.
  private static let eventLimit = 2_000
  private static let stepLimit = 64

  /// - Returns: nil where nothing is simulated, something has happened already, or no environment comes to be.
  package init?(of session: Session) {
    guard session.lead.canFork, session.timeline.tracks.isEmpty else { return nil }
    var future = session
    future.history = EventHistory(limit: 0)
    _ = future.fold()
    if future.lesson != nil {
      Self.lead(&future)
    } else {
      Self.send(&future)
    }
    guard let track = future.timeline.tracks.first else { return nil }
    environment = track.id
    end = track.gone == .never ? future.newest : track.gone
    let answered = future.timeline.requests.indices.lazy.filter { place in
      let request = future.timeline.requests[place]
      return request.environment == track.id && request.answered != .never
    }
    callers = Array(answered.prefix(2))
    self.session = future
  }

  private static func isOver(_ session: Session) -> Bool {
    session.timeline.tracks.first.map { $0.gone != .never } ?? false
      || session.timeline.eventCount > eventLimit
  }

  /// Goes on from step to step, and does what each asks for.
  private static func lead(_ session: inout Session) {
    for _ in 0..<stepLimit where !isOver(session) {
      guard session.goOn() else { break }
      _ = session.fold()
    }
  }

  /// Two requests, the second a while after the answer to the first, and what follows by itself.
  private static func send(_ session: inout Session) {
    for _ in 0..<2 where !isOver(session) {
      if session.simulation?.isAtRest ?? true || session.timeline.requests.count < 2 {
        _ = session.perform(.request(.normal))
      }
      let count = session.timeline.requests.count + 1
      while !isOver(session),
        session.timeline.requests.prefix(count).contains(where: { $0.ended == .never })
          || session.timeline.requests.count < count
      {
        guard session.happen() else { break }
      }
      session.pass(.seconds(1))
    }
    while !isOver(session) { guard session.happen() else { break } }
  }
}

extension Session {
  /// Lets the next thing happen.
  /// - Returns: false where nothing will.
  fileprivate mutating func happen() -> Bool {
    let count = timeline.eventCount
    stepForward()
    _ = fold()
    return timeline.eventCount > count
  }

  fileprivate mutating func pass(_ length: Nanoseconds) {
    newest = newest &+ length
    advanceSimulation(to: newest)
    playhead.follow(newest)
    _ = fold()
  }
}
