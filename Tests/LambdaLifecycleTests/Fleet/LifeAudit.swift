import LambdaLifecycle

/// The life of one environment, as its events report it: one thing at a time, in a legal order, without gaps
/// but where the rules have them, and not longer than it may be.
struct LifeAudit {
  let function: FunctionScenario
  let longestIdle: Nanoseconds
  let longestTimeout: Nanoseconds
  let created: Timestamp
  private(set) var type = InitializationType.unknown
  private var flaws: [String] = []
  private var open: (phase: Phase, start: Timestamp)?
  private var invocations: Set<RequestID> = []
  private var last: (phase: Phase, end: Timestamp, outcome: Outcome)?
  private var gone: Timestamp?
  private var shutdownBegan: Timestamp = 0
  /// Its last invocation, init or restore was over then.
  private var restingSince: Timestamp = 0

  init(
    _ function: FunctionScenario, longestIdle: Nanoseconds, longestTimeout: Nanoseconds, created: Timestamp
  ) {
    self.longestTimeout = longestTimeout
    self.function = function
    self.longestIdle = longestIdle
    self.created = created
  }

  private var isManaged: Bool { type == .managedInstances }
  /// Kept however long it idles.
  private var isKept: Bool { isManaged || type == .provisionedConcurrency }

  mutating func audit(_ event: LifecycleEvent) {
    if gone != nil { flaws.append("\(event.kind) after its end") }
    switch event.kind {
    case .environmentCreated(let type): self.type = type
    case .phaseBegan(let phase, .none): began(phase, event)
    case .phaseEnded(let end) where end.extensionName == .none: ended(end, event)
    case .requestAssigned: assigned(at: event.time)
    case .environmentGone: ends(at: event.time)
    case .report(let report):
      if report.duration > longestTimeout { flaws.append("a duration of \(report.duration)") }
    default: break
    }
  }

  func finish() -> [String] { flaws }

  // MARK: Phases

  private mutating func began(_ phase: Phase, _ event: LifecycleEvent) {
    if let open { flaws.append("\(phase) begins within \(open.phase)") }
    if !invocations.isEmpty, phase != .invoke || !isManaged { flaws.append("\(phase) begins within invoke") }
    if !mayFollow(phase) {
      flaws.append("\(phase) after \(last.map { "\($0.phase) \($0.outcome)" } ?? "nothing")")
    }
    if invocations.isEmpty { auditGap(before: phase, until: event.time) }
    if phase == .runtimeShutdown { shutdownBegan = event.time }
    if phase == .frozen { restingSince = event.time }
    if phase == .invoke { invocations.insert(event.request) } else { open = (phase, event.time) }
  }

  private mutating func ended(_ end: PhaseEnd, _ event: LifecycleEvent) {
    var start = event.time
    if end.phase == .invoke {
      if invocations.remove(event.request) == nil {
        flaws.append("the end of an invocation that did not begin")
      }
    } else {
      guard let open, open.phase == end.phase else {
        return flaws.append("the end of \(end.phase), not open")
      }
      start = open.start
      self.open = nil
    }
    auditLength(end.phase, event.time - start)
    if end.phase == .extensionShutdown, event.time - shutdownBegan > .seconds(2) {
      flaws.append("a shutdown of \(event.time - shutdownBegan)")
    }
    if end.phase != .frozen, !end.phase.isShutdown { restingSince = event.time }
    last = (end.phase, event.time, end.outcome)
  }

  /// The order of phases (execution environment page, Extensions API page).
  private func mayFollow(_ phase: Phase) -> Bool {
    let isReset = last?.phase.isShutdown == true && !isManaged
    let hasExternal = function.extensions.contains { !$0.isInternal }
    switch phase {
    case .create: return last == nil
    case .extensionInit: return hasExternal && (last?.phase == .create || isReset)
    case .runtimeInit:
      return last?.phase == .extensionInit || !hasExternal && (last?.phase == .create || isReset)
    case .functionInit: return last?.phase == .runtimeInit
    // A snapshot brings code and layers along.
    case .restore: return type == .snapStart && last == nil
    case .invoke:
      switch last?.phase {
      case .functionInit, .restore, .frozen: return true
      case .extensionInit, .runtimeInit: return last?.outcome.isBad == true
      case .invoke: return isManaged
      default: return false
      }
    case .frozen:
      return !isManaged && [.functionInit, .restore, .invoke].contains(last?.phase)
    case .runtimeShutdown: return last != nil && last?.phase.isShutdown == false
    case .extensionShutdown: return last?.phase == .runtimeShutdown && hasExternal
    case .initialization, .shutdown: return false
    }
  }

  /// Between two phases there is no time, but after a reset, while init waits for extensions, and where nothing is
  /// frozen.
  private mutating func auditGap(before phase: Phase?, until time: Timestamp) {
    let begin = last?.end ?? created
    guard time > begin else { return }
    switch last?.phase {
    case .runtimeShutdown, .extensionShutdown:
      let idle = time - begin
      if type == .onDemand || type == .snapStart, idle > longestIdle { flaws.append("reset for \(idle)") }
    case .functionInit where isManaged || !function.extensions.isEmpty: break
    case .invoke where isManaged: break
    default:
      flaws.append(
        "nothing from \(begin - created) to \(time - created), before \(phase.map { "\($0)" } ?? "its end")")
    }
  }

  private mutating func auditLength(_ phase: Phase, _ length: Nanoseconds) {
    let limit: Nanoseconds? =
      switch phase {
      case .frozen: isKept ? nil : longestIdle
      case .extensionInit, .runtimeInit, .functionInit:
        type == .onDemand ? .seconds(10) : max(.seconds(130), longestTimeout)
      case .runtimeShutdown: .milliseconds(500)
      case .extensionShutdown: .milliseconds(2_000)
      default: nil
      }
    if let limit, length > limit { flaws.append("\(phase) for \(length)") }
  }

  // MARK: Its end

  /// The moment from which it is too old for certain; Managed Instances may have another invocation at any time.
  private var tooOld: Timestamp { function.maximumLifetime.map { created + $0.longest } ?? .never }

  private mutating func assigned(at time: Timestamp) {
    if time > tooOld, !isManaged { flaws.append("takes a request \(time - tooOld) after its time") }
  }

  private mutating func ends(at time: Timestamp) {
    gone = time
    if open != nil || !invocations.isEmpty { flaws.append("gone within \(open?.phase ?? .invoke)") }
    auditGap(before: nil, until: time)
    // The publisher of a snapshot waits for its extensions.
    guard !isManaged, let last, last.phase != .functionInit else { return }
    // Its shutdown, or its end where there is nothing to shut down, begins when it is too old, or has just come to rest.
    let (begin, rested) =
      last.phase.isShutdown && last.end == time ? (shutdownBegan, restingSince) : (time, last.end)
    if begin > max(tooOld, rested) { flaws.append("too old by \(begin - tooOld)") }
  }
}
