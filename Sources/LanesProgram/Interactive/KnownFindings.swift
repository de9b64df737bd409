internal import LambdaLifecycle

/// The findings of a recording, searched for again when more of it has been read.
struct KnownFindings {
  private(set) var list: [Finding] = []
  /// The number of events and lines that they were found in; -1 before the first search.
  private var received = -1
  /// The moment before which there is no further search.
  private(set) var next = Timestamp.min

  /// There has been a search.
  var areKnown: Bool { received >= 0 }

  /// True where more has been read since the last search.
  func areStale(in session: borrowing Session) -> Bool {
    session.lead.hasEnd && !session.timeline.isEmpty && received != session.timeline.receivedCount
  }

  /// Searches for them.
  /// - Parameter clock: measures the search, which should take a small part of all time.
  mutating func update(from timeline: borrowing Timeline, _ clock: ProgramClock) {
    let begin = clock.steady()
    received = timeline.receivedCount
    list = timeline.findings()
    next = begin &+ max(.seconds(1), 20 * (clock.steady() &- begin))
  }
}
