internal import LambdaLifecycle

/// When a log group is asked, for what, and what an error means.
struct LogGroupPolling: Sendable {
  /// What comes after an answer of `aws`.
  enum Step: Equatable, Sendable {
    case askAgain(after: Nanoseconds)
    /// AWS or the network is in the way, which may pass; what it is.
    case tryAgain(after: Nanoseconds, String)
    /// No use to try again; why.
    case giveUp(String)
  }

  /// The moment to ask from.
  private(set) var start: Timestamp
  private var failures = 0

  /// FilterLogEvents may be called a few times a second in an account.
  static let interval: Nanoseconds = .seconds(2)
  /// CloudWatch takes events in late, and its clock is not ours: each stretch is asked for again until it is this old.
  /// The decoder knows events that were told before by their ids.
  static let overlap: Nanoseconds = .seconds(60)
  static let longestWait: Nanoseconds = .seconds(60)

  init(start: Timestamp) { self.start = start }

  /// All events up to `asked`, when the question was put, have been told.
  mutating func answered(asked: Timestamp) -> Step {
    failures = 0
    start = max(start, asked &- Self.overlap)
    return .askAgain(after: Self.interval)
  }

  /// - Parameter stderr: what `aws` said.
  mutating func failed(_ status: ChildStatus, stderr: String) -> Step {
    let line = Self.errorLine(stderr) ?? "aws \(status) and said nothing"
    guard let obstacle = Self.obstacle(line) else { return .giveUp(line) }
    failures += 1
    let wait = min(Self.longestWait, .seconds(Int64(1) << Int64(min(failures, 10))))
    return .tryAgain(after: wait, obstacle)
  }

  /// The first line that tells the error: Python's warnings may stand before it.
  private static func errorLine(_ stderr: String) -> String? {
    stderr.split(whereSeparator: \.isNewline).first { line in
      line.first?.isWhitespace == false && !line.lowercased().contains("warning")
    }.map(String.init)
  }

  /// What may pass by itself, in a few words; nil for what does not. The codes are those of the CloudWatch Logs API's
  /// page on common errors, the sentences botocore's (exceptions.py).
  private static func obstacle(_ line: String) -> String? {
    let throttling = [
      "ThrottlingException", "Throttling)", "TooManyRequests", "LimitExceeded", "Rate exceeded",
    ]
    if throttling.contains(where: line.contains) { return "throttled by AWS" }
    let network = [
      "Could not connect to the endpoint URL", "Connect timeout", "Read timeout", "Connection was closed",
      "Failed to connect to proxy",
    ]
    if network.contains(where: line.contains) { return "no network" }
    let outage = ["ServiceUnavailable", "InternalFailure", "InternalServerError", "(500)", "(502)", "(503)"]
    return outage.contains(where: line.contains) ? "AWS has a fault" : nil
  }
}
