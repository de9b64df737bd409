internal import LambdaLifecycle

/// Finds where the clock of an input goes back while it goes on: later events are then drawn before earlier
/// ones.
///
/// Only the ends of requests count: they are reported when they happen, each environment's in order. Events
/// that are reported afterwards, as the begin that follows from a REPORT, say nothing; nor do environments
/// that are reported one after another.
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
  /// The newest since the clock went back last. Other environments of the source follow, for they have one
  /// clock: their last report was later.
  private var since: Timestamp?

  /// Looks at the events decoded last.
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
