internal import LambdaLifecycle

/// The course of an environment's init, with its length until an invocation has reported it.
struct EnvironmentInit {
  /// The runtime loads, and has not asked for an event yet.
  private(set) var isLoading = false
  /// The runtime loads, and nobody has seen yet where it began to load the function.
  private(set) var awaitsFunction = false
  /// The moment the runtime was started; nil before.
  private(set) var runtimeBegin: Timestamp?
  private var begin: Timestamp?
  /// Not all have asked for their first events.
  private(set) var isUnderWay = false
  /// The one under way is the first one: a reset's is in the duration of the invocation that it runs in.
  private(set) var isFirst = true
  /// The length of the first one, until an invocation has reported it.
  private var duration: Nanoseconds?
  private var suppressedBegin: Timestamp?

  /// The processes of a generation are started.
  mutating func begins(at time: Timestamp) {
    isFirst = begin == nil
    begin = time
    isUnderWay = true
    runtimeBegin = nil
  }

  mutating func runtimeStarts(at time: Timestamp) {
    runtimeBegin = time
    isLoading = true
    awaitsFunction = true
  }

  mutating func functionIsSeen() { awaitsFunction = false }

  /// The runtime asks for its first event, or has ended.
  mutating func runtimeHasLoaded() { (isLoading, awaitsFunction) = (false, false) }

  /// Runtime and extensions have asked for their first events.
  mutating func ends(at time: Timestamp) {
    if isFirst, let begin { duration = time &- begin } else { suppressedBegin = begin }
    isFirst = false
    isUnderWay = false
  }

  /// Returns the beginning of a reset's init that is part of the invocation under way; nil where there is none.
  mutating func takeSuppressedBegin() -> Timestamp? {
    defer { suppressedBegin = nil }
    return isUnderWay && !isFirst ? begin : suppressedBegin
  }

  /// Returns the length of the first init, once; nil after that.
  mutating func takeDuration() -> Nanoseconds? {
    defer { duration = nil }
    return duration
  }
}
