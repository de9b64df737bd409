import LambdaLifecycle

/// Knows if anything is at work, by the events so far; reads only those that are new.
struct RestWatch {
  private var place = 0
  private var resting: [EnvironmentID: Bool] = [:]
  private var births: [EnvironmentID: Int] = [:]
  /// Environments that are frozen, counted from 1 in order of creation.
  private(set) var frozen: Set<Int> = []
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
    case .environmentCreated:
      resting[event.environment] = false
      births[event.environment] = births.count + 1
    case .environmentGone: resting[event.environment] = true
    case .phaseBegan(let phase, _):
      resting[event.environment] = phase == .frozen
      if phase == .frozen { frozen.insert(births[event.environment] ?? 0) }
    case .phaseEnded(let end):
      // After a reset nothing runs.
      resting[event.environment] = end.phase.isShutdown
      if end.phase == .frozen { frozen.remove(births[event.environment] ?? 0) }
    default: break
    }
  }
}
