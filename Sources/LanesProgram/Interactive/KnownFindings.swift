internal import LambdaLifecycle

/// What is worth a look in a recording, found again when more of it has been read.
struct KnownFindings {
  private(set) var list: [Finding] = []
  /// Events and lines of which they were found; -1 before the first time.
  private var received = -1
  /// Before this they are not looked for again.
  private(set) var next = Timestamp.min

  /// They have been looked for.
  var areKnown: Bool { received >= 0 }

  /// They are not those of all that has been read.
  func areStale(in session: borrowing Session) -> Bool {
    session.lead.hasEnd && !session.timeline.isEmpty && received != session.timeline.receivedCount
  }

  /// Looks for them.
  /// - Parameter clock: looking takes its time, and is to be a small part of all.
  mutating func update(from timeline: borrowing Timeline, _ clock: ProgramClock) {
    let begin = clock.steady()
    received = timeline.receivedCount
    list = timeline.findings()
    next = begin &+ max(.seconds(1), 20 * (clock.steady() &- begin))
  }
}
