/// The init of an environment under way, or the last one, and how many there were. A restore is one, too.
struct InitProgress: Sendable {
  /// When it began; `.never` before the first one.
  private(set) var began = Timestamp.never
  /// When the last of its parts ended; `.never` where that is not known.
  private(set) var ended = Timestamp.never
  /// Nothing that is no init has begun since.
  private(set) var isOpen = false
  private(set) var hasFailed = false
  private(set) var isRestore = false
  /// Inits that have begun.
  private(set) var count = 0
  /// The first init has been reported, and not only one that ran inside an invocation.
  private(set) var hasFirst = false

  init() {}

  /// Reads it off the rows of a track.
  /// - Parameter firstInvoke: the begin of the first invocation; `.never` before it.
  init(_ rows: [SpanRow], firstInvoke: Timestamp) {
    for row in rows where row.phase != .create {
      guard row.phase.isInitOrRestore else {
        finish()
        continue
      }
      if row.extensionName == .none, !isOpen || row.phase == .restore {
        begin(
          at: row.start, isRestore: row.phase == .restore, isSuppressed: row.request >= 0,
          hasServed: firstInvoke < row.start)
      }
      if row.endIsInferred, row.outcome == .none {
        endPart(at: row.end, isImplied: true)
      } else if row.end != .never {
        endPart(at: row.end, isImplied: false)
      }
      if row.outcome.isBad { fail() }
    }
  }

  /// An init of it has ended, well or badly, and none runs.
  var isOver: Bool { count > 0 && !isOpen }

  /// How long the first init or the restore took, where it went well and its end is known.
  var firstLength: Nanoseconds? {
    count == 1 && !hasFailed && ended != .never ? ended &- began : nil
  }

  /// An init begins.
  /// - Parameters:
  ///   - isSuppressed: it runs inside an invocation.
  ///   - hasServed: an invocation began before.
  mutating func begin(at time: Timestamp, isRestore: Bool, isSuppressed: Bool, hasServed: Bool) {
    isOpen = true
    self.isRestore = isRestore
    hasFailed = false
    began = time
    ended = .never
    if !isSuppressed { hasFirst = true }
    // A restored environment begins with its restore; one that has served, or serves, had its first init before.
    count = isRestore ? 1 : max(isSuppressed || hasServed ? 2 : 1, count + 1)
  }

  /// A part of it has ended.
  /// - Parameter isImplied: nobody said so.
  /// - Returns: true if it was over already, and only now its end is known.
  mutating func partEnded(at time: Timestamp, _ outcome: Outcome, isImplied: Bool) -> Bool {
    if outcome.isBad { fail() }
    if isOpen {
      endPart(at: time, isImplied: isImplied)
      return false
    }
    guard ended == .never, !isImplied else { return false }
    ended = time
    return true
  }

  /// The length of an init is known when the end of its last part is.
  private mutating func endPart(at time: Timestamp, isImplied: Bool) {
    ended = isImplied ? .never : ended == .never ? time : max(ended, time)
  }

  mutating func fail() { hasFailed = true }

  /// Something that is no init has begun.
  mutating func finish() { isOpen = false }

  /// A part of it has begun at another moment.
  mutating func moveBegin(from known: Timestamp, to time: Timestamp) {
    if began == known { began = time }
  }

  /// A part of it has ended at another moment.
  mutating func moveEnd(from known: Timestamp, to time: Timestamp) {
    if ended == known { ended = time }
  }
}
