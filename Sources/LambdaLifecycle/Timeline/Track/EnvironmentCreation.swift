/// When and as what an environment was created, and who says so.
package struct EnvironmentCreation: Sendable {
  /// The earliest moment at which it is known to have been there.
  package private(set) var time: Timestamp
  package private(set) var type = InitializationType.unknown
  /// Somebody said that it was created: it did not live before we began to listen.
  private(set) var isTold = false
  /// It had been let go, and was heard of again: it is counted already.
  private(set) var hasReturned = false

  init(at time: Timestamp) { self.time = time }

  /// Its source reports it.
  mutating func tell(_ type: InitializationType) {
    self.type = type
    isTold = true
  }

  /// It has been there earlier than was thought.
  mutating func move(to earlier: Timestamp) { time = earlier }

  /// Notes whether it is counted already, because it had been let go and was heard of again.
  mutating func setReturned(_ hasReturned: Bool) { self.hasReturned = hasReturned }
}
