import LambdaLifecycle

/// Reads the events of a run and writes down everything that must not be, request by request and environment
/// by
/// environment. It shares no code with what produced them.
struct EventCheck {
  private(set) var flaws: [String] = []
  private var requests: [RequestID: Request] = [:]
  private var environments: [EnvironmentID: Environment] = [:]
  private var inFlight = 0
  private let concurrency: Int
  /// Requests that were refused because so many were under way.
  private(set) var throttled = 0
  /// Phases that ended badly, and how often.
  private(set) var badEnds: [String: Int] = [:]

  private struct Request {
    var environment = EnvironmentID.none
    var assigned = 0
    var invoked = 0
    var answered = 0
    var reported = 0
    var isThrottled = false
  }

  private struct Environment {
    var open: Phase?
    var last: Phase?
    var lastIsBad = false
    var request = RequestID.none
    var isGone = false
    var time = Timestamp.min
  }

  /// - Parameter concurrency: requests that may have an environment at once.
  init(_ events: [LifecycleEvent], concurrency: Int) {
    self.concurrency = concurrency
    for event in events { read(event) }
    for (id, request) in requests {
      let counts = [request.assigned, request.invoked, request.answered, request.reported]
      if counts != (request.isThrottled ? [0, 0, 0, 0] : [1, 1, 1, 1]) {
        flaws.append("\(id): assigned, invoked, answered, reported \(counts)")
      }
    }
    for (id, environment) in environments where !environment.isGone || environment.open != nil {
      flaws.append(
        "environment \(id.index) is not gone, or not out of \(String(describing: environment.open))")
    }
  }

  private mutating func read(_ event: LifecycleEvent) {
    if event.environment != .none { readEnvironment(event) }
    guard event.request != .none else { return }
    if case .requestArrived = event.kind {
      if requests.updateValue(Request(), forKey: event.request) != nil { flaws.append("arrives twice") }
      return
    }
    guard var request = requests[event.request] else {
      return flaws.append("\(event.kind) without an arrival")
    }
    switch event.kind {
    case .requestAssigned:
      request.assigned += 1
      request.environment = event.environment
      inFlight += 1
      if inFlight > concurrency { flaws.append("\(inFlight) under way") }
    case .phaseBegan(.invoke, _):
      request.invoked += 1
      if request.environment != event.environment { flaws.append("invoked where it was not assigned") }
    case .phaseEnded(let end):
      if end.phase == .invoke {
        inFlight -= 1
        if request.invoked == 0 { flaws.append("the end of an invocation that has not begun") }
      }
    case .requestAnswered:
      request.answered += 1
      if request.invoked == 0 { flaws.append("answered before it was invoked") }
    case .report: request.reported += 1
    case .requestThrottled:
      if request.isThrottled { flaws.append("throttled twice") }
      if inFlight < concurrency { flaws.append("throttled while \(inFlight) are under way") }
      request.isThrottled = true
      throttled += 1
    default: break
    }
    requests[event.request] = request
  }

  private mutating func readEnvironment(_ event: LifecycleEvent) {
    if case .environmentCreated = event.kind {
      if environments.updateValue(Environment(), forKey: event.environment) != nil {
        flaws.append("created twice")
      }
      return
    }
    guard var environment = environments[event.environment] else {
      return flaws.append("\(event.kind) before its environment")
    }
    defer { environments[event.environment] = environment }
    if environment.isGone { flaws.append("\(event.kind) after its environment") }
    switch event.kind {
    case .output, .mark: return
    case .phaseBegan(let phase, _):
      if let open = environment.open { flaws.append("\(phase) within \(open)") }
      if !Self.mayBegin(phase, environment) {
        flaws.append("\(phase) after \(environment.last.map { "\($0)" } ?? "nothing")")
      }
      environment.open = phase
      environment.request = event.request
    case .phaseEnded(let end):
      if environment.open != end.phase { flaws.append("the end of \(end.phase), which is not open") }
      if end.phase == .invoke, environment.request != event.request { flaws.append("another's invocation") }
      (environment.open, environment.last, environment.lastIsBad) = (nil, end.phase, end.outcome.isBad)
      if end.outcome.isBad { badEnds["\(end.phase.wireName) \(end.outcome.wireName)", default: 0] += 1 }
    case .environmentGone: environment.isGone = true
    default: break
    }
    if event.time < environment.time { flaws.append("\(event.kind) before what was told before it") }
    environment.time = event.time
  }

  /// The order of phases without extensions (execution environment page).
  private static func mayBegin(_ phase: Phase, _ environment: Environment) -> Bool {
    let last = environment.last
    switch phase {
    case .create: return last == nil
    case .extensionInit, .runtimeInit, .functionInit, .initialization:
      return last == .create || last?.isShutdown == true || last?.isInit == true && !environment.lastIsBad
    // Of an init that has failed twice, too.
    case .invoke: return last == .frozen || last?.isInit == true
    case .frozen: return last == .invoke || last?.isInit == true
    case .runtimeShutdown: return last != nil && last?.isShutdown == false
    case .restore, .extensionShutdown, .shutdown: return false
    }
  }
}
