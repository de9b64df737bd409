internal import LambdaLifecycle

/// The last init or restore of an environment, as far as its log mentions it.
struct CloudWatchInit: Sendable {
  /// The moment when it began; `never` if the log does not say.
  private(set) var began = Timestamp.never
  /// The kind of that phase, as long as no line has ended it.
  private(set) var open: Phase?
  /// An init whose begin is known to the second: where it lies is known when its length is.
  private(set) var held: Phase?
  /// The last init or invocation went wrong: the next request waits for an init that the log need not
  /// mention.
  private(set) var wasReset = false

  mutating func begin(_ phase: Phase, at time: Timestamp) {
    began = time
    open = phase
    wasReset = false
  }

  /// Its begin is emitted later.
  mutating func hold(_ phase: Phase) { held = phase }

  /// Takes out the phase that is held.
  /// - Parameter time: where it lies; nil where its line is the best source.
  mutating func takeHeld(at time: Timestamp?) -> Phase? {
    guard let phase = held.take() else { return nil }
    if let time { began = time }
    return phase
  }

  /// It is over, by whatever line that is known.
  mutating func close() { open = nil }

  /// An init or an invocation is over, after which Lambda resets an environment where it went wrong.
  mutating func noteReset(_ wasReset: Bool) { self.wasReset = wasReset }
}
