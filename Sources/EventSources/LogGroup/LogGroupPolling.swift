internal import LambdaLifecycle

/// When a log group is asked, from which moment on, and how an error is taken.
struct LogGroupPolling: Sendable {
  /// The next step after an answer of `aws`.
  enum Step: Equatable, Sendable {
    case askAgain(after: Nanoseconds)
    /// AWS or the network is in the way, which may pass; the obstacle in words.
    case tryAgain(after: Nanoseconds, String)
    /// No use to try again; why.
    case giveUp(String)
  }

  /// The moment to ask from.
  private(set) var start: Timestamp
  private var failures = 0

  /// FilterLogEvents may be called a few times a second in an account.
  static let interval: Nanoseconds = .seconds(2)
  /// CloudWatch takes events in late, and its clock is not ours: each stretch is asked for again until it is
  /// this old. The decoder knows events that it has seen before by their ids.
  static let overlap: Nanoseconds = .seconds(60)
  static let longestWait: Nanoseconds = .seconds(60)

  init(start: Timestamp) { self.start = start }

  /// All events up to `asked`, when the question was put, have been delivered.
  mutating func answered(asked: Timestamp) -> Step {
    failures = 0
    start = max(start, asked &- Self.overlap)
    return .askAgain(after: Self.interval)
  }

  /// - Parameter stderr: the error output of `aws`.
  mutating func failed(_ status: ChildStatus, stderr: String) -> Step {
    let failure = AWSFailure(status, stderr: stderr)
    guard let obstacle = failure.obstacle else { return .giveUp(failure.line) }
    return .tryAgain(after: nextWait(), obstacle.words)
  }

  /// The wait after one more failure: twice as long each time.
  mutating func nextWait() -> Nanoseconds {
    failures += 1
    return min(Self.longestWait, .seconds(Int64(1) << Int64(min(failures, 10))))
  }
}
