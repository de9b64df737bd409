/// How often an environment has served, and since when.
struct EnvironmentService: Sendable {
  /// Invocations that have begun.
  private(set) var invocations = 0
  /// The begin of the first invocation, as far as is known; `.never` before it.
  private(set) var firstInvoke = Timestamp.never
  /// The moment of the first thaw, where that is reported: from then on it has served somebody.
  private(set) var firstThaw = Timestamp.never

  @inline(__always)
  mutating func invokeBegan(at time: Timestamp) {
    invocations += 1
    noteInvoke(at: time)
  }

  /// An invocation that is counted already was under way at `time`.
  @inline(__always)
  mutating func noteInvoke(at time: Timestamp) {
    if time < firstInvoke { firstInvoke = time }
  }

  mutating func thawed(at time: Timestamp) { firstThaw = min(firstThaw, time) }

  /// A fork takes back what happened after `time`.
  /// - Parameter invocations: those that are left.
  mutating func void(after time: Timestamp, invocations: Int) {
    self.invocations = invocations
    if firstThaw > time { firstThaw = .never }
    if firstInvoke > time { firstInvoke = .never }
  }
}
