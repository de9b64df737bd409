import LambdaLifecycle

/// A session of one environment, drawn as text, in which something is to be found.
struct FindingSession {
  typealias Events = [(Int64, LifecycleEvent.Kind)]

  var log = EventLog()
  let function: Name
  let environment: EnvironmentID
  private(set) var timeline = Timeline(.native)
  private var number: UInt64 = 0
  private var current: RequestID { RequestID(high: 1, low: number) }

  init() {
    function = log.catalog.name("hello")
    environment = log.catalog.environment(log.catalog.name("env-1"), of: function)
  }

  /// The findings in these events; requests have the one arrived last.
  mutating func findings(_ events: Events) -> [Finding] {
    for (milliseconds, kind) in events {
      let request: RequestID
      switch kind {
      case .requestArrived:
        number += 1
        request = current
      case .requestAssigned, .requestThrottled, .requestAnswered, .runtimeDone, .requestDropped:
        request = current
      case .phaseBegan(.invoke, _): request = current
      case .phaseEnded(let end) where end.phase == .invoke: request = current
      default: request = .none
      }
      timeline.fold(
        LifecycleEvent(
          time: .milliseconds(milliseconds), function: function, environment: environment, request: request,
          kind: kind))
    }
    timeline.settle()
    return timeline.findings()
  }
}
