package import LambdaLifecycle

// Acts of the viewer on a simulation, and the words on them.

extension Session {
  /// Does what the viewer asks of a simulation.
  /// - Returns: the message to show; nil where the picture says it all.
  package mutating func obey(_ asked: FunctionAct) -> String? {
    let wasBehind = playhead.time < newest
    let now = newest
    let text = said(asked)
    // Only what was done to the simulation forks it.
    return wasBehind && newest < now ? "forked: what came after this moment is gone, and happens anew" : text
  }

  private mutating func said(_ asked: FunctionAct) -> String? {
    switch asked {
    case .request: sendRequests(count: 1, .request)
    case .burst: sendRequests(count: controls.burst, .burst)
    case .nextRequestKind: return turned(.requestKind, up: true)
    case .lessTraffic: return turned(.requestRate, up: false)
    case .moreTraffic: return turned(.requestRate, up: true)
    case .shorterIdleTimeout: return turned(.idleTimeout, up: false)
    case .longerIdleTimeout: return turned(.idleTimeout, up: true)
    case .turn(let control, let up): return turned(control, up: up)
    case .shutDown(let environment): return shutDown(environment)
    case .shutDownAll: act(.shutDownAll, [.shutDownAll])
    case .crash(let environment): return crash(environment)
    }
    return nil
  }

  private mutating func turned(_ control: Control, up: Bool) -> String {
    let isTurned = turn(control, up: up)
    guard let settings = settingsInSight else { return "" }
    let value = controls.text(of: control, settings)
    guard isTurned else {
      let limit = up ? "more" : "less"
      return "\(control.title): \(value); \(limit) is not possible here"
    }
    switch control {
    case .requestKind: return "next requests: \(value): \(controls.kind.explanation)"
    case .burstSize: return "a burst is \(value) at once"
    case .target: return "requests and changes go to \(value == "all" ? "all functions" : value)"
    case .idleTimeout: return "idle timeout: \(value) (AWS publishes none; about 6 min has been measured)"
    case .memory, .timeout:
      return "\(control.title): \(value); environments that exist keep theirs, and go when they are idle"
    case .reservedConcurrency, .accountConcurrency:
      return "\(control.title): \(value); what is in flight goes on"
    case .provisionedConcurrency:
      return value == "0"
        ? "provisioned concurrency: none; its environments go when they are idle"
        : "provisioned concurrency: \(value); until they are there, requests run on demand"
    case .requestRate: return "steady traffic: \(value)"
    }
  }

  // MARK: The selected environment

  private mutating func shutDown(_ environment: EnvironmentID?) -> String {
    if isAsked(.shutDown) {
      act(.shutDown, [])
      return ""
    }
    guard let environment else { return Self.nothingSelected }
    let name = log.catalog.text(environment)
    guard state(of: environment) != .gone else { return "\(name) is gone already" }
    let isBusy = state(of: environment) == .invoking
    act(.shutDown, [.shutDown(environment: SimulationSession.number(of: environment, log.catalog))])
    return "\(name) is shut down\(isBusy ? " as soon as it is free" : "")"
  }

  private mutating func crash(_ environment: EnvironmentID?) -> String {
    if isAsked(.crash) {
      act(.crash, [])
      return ""
    }
    guard let environment else { return Self.nothingSelected }
    let name = log.catalog.text(environment)
    let state = state(of: environment)
    if state == .gone { return "\(name) is gone already" }
    if state == .shuttingDown { return "\(name) is shutting down already" }
    act(.crash, [.crash(environment: SimulationSession.number(of: environment, log.catalog))])
    if lead.drivenFleet != nil { return "SIGKILL to the runtime of \(name)" }
    switch state {
    case .frozen:
      return "\(name) is frozen: a stopped process cannot end; it crashes when the next request thaws it"
    case .reset, .resetting:
      return "\(name) has no process now: the next one crashes as soon as a request starts it"
    case .creating: return "\(name) is being created: its runtime crashes as soon as it starts"
    case .idle: return "\(name) waits for a request: a worker crashes with the next one"
    default: return "\(name) crashes: its runtime's process ends"
    }
  }

  /// A lesson asks for this key, and means an environment of its own.
  private func isAsked(_ key: LessonTask.Kind) -> Bool {
    lesson?.course == .holding && lesson?.step.task?.kind == key
  }

  private func state(of environment: EnvironmentID) -> EnvironmentState? {
    timeline.track(environment)?.state(at: playhead.time)
  }

  private static let nothingSelected = "no environment is selected; i sends a request"
}
