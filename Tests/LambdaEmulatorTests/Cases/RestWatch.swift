import LambdaLifecycle

/// Whether anything is at work, by the events so far; reads only those that are new.
struct RestWatch {
  private var place = 0
  private var resting: [EnvironmentID: Bool] = [:]
  /// Requests that have been answered or refused.
  private(set) var answers = 0

  /// So many requests have been answered or refused, and no environment is at work.
  mutating func isAtRest(_ events: [LifecycleEvent], answers: Int) -> Bool {
    for event in events[place...] { read(event) }
    place = events.count
    return self.answers == answers && resting.values.allSatisfy { $0 }
  }

  private mutating func read(_ event: LifecycleEvent) {
    switch event.kind {
    case .requestAnswered, .requestThrottled: answers += 1
    case .environmentCreated: resting[event.environment] = false
    case .environmentGone: resting[event.environment] = true
    case .phaseBegan(let phase, _): resting[event.environment] = phase == .frozen
    // A reset, after which nothing runs.
    case .phaseEnded(let end): resting[event.environment] = end.phase.isShutdown
    default: break
    }
  }
}
