internal import LambdaLifecycle

/// Whether the clock of an input goes back while it goes on: what comes then is drawn before what was before it.
///
/// Only the ends of requests are asked: they are told when they happen, each environment's in order. What is told of
/// after it has been, as the begin of what a REPORT tells of, says nothing; nor do environments that are told one
/// after another.
struct ClockWatch: Sendable {
  /// Going back from one moment to another.
  struct Step: Equatable, CustomStringConvertible {
    var from: Timestamp
    var to: Timestamp

    var description: String {
      let seconds = (from &- to) / .seconds(1)
      let length =
        seconds < 3_600
        ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds / 3_600) h \(seconds % 3_600 / 60) min"
      return "its clock went back by \(length): what came since is drawn before what was"
    }
  }

  /// Less than this is disorder among lines.
  private static let tolerance: Nanoseconds = .seconds(60)
  private var newest: [EnvironmentID: Timestamp] = [:]
  /// The newest since the clock went back last. Other environments of the source follow, for they have one clock: what they
  /// told last was later.
  private var since: Timestamp?

  /// Looks at what was decoded.
  mutating func look(at events: ArraySlice<LifecycleEvent>) -> [Step] {
    var steps: [Step] = []
    for event in events where event.environment != .none && event.time != 0 {
      guard case .requestAnswered = event.kind else { continue }
      if let before = newest[event.environment], event.time < before &- Self.tolerance {
        if since.map({ before <= $0 }) ?? true {
          steps.append(Step(from: before, to: event.time))
          since = event.time
        }
      }
      newest[event.environment] = event.time
      since = since.map { max($0, event.time) }
    }
    return steps
  }
}
