import LambdaLifecycle

/// The fate of one event, through all its attempts: each is answered and reported once, or throttled; one
/// that failed or was throttled is tried again when its policy says, and dropped for a reason that it states.
struct EventAudit {
  let policy: RetryPolicy?
  private var flaws: [String] = []
  private var firstArrival: Timestamp?
  private var failures = 0
  private var throttles = 0
  /// The moment when the next attempt is due; `.never` while one is under way, and when there is none to
  /// come.
  private var due = Timestamp.never
  private var isDropped = false
  private var isOpen = false
  // Of the attempt under way.
  private var environment = EnvironmentID.none
  private var answer: Outcome?
  private var report: Outcome?
  private var isInvoked = false

  init(policy: RetryPolicy?) { self.policy = policy }

  mutating func audit(_ event: LifecycleEvent, _ catalog: Catalog) {
    switch event.kind {
    case .requestArrived: arrives(at: event.time)
    case .requestAssigned:
      if !isOpen || environment != .none { flaws.append("assigned twice") }
      environment = event.environment
    case .phaseBegan(.invoke, _):
      if isInvoked || environment != event.environment { flaws.append("invoked twice, or elsewhere") }
      isInvoked = true
    case .requestThrottled:
      if environment != .none || answer != nil { flaws.append("throttled with an environment") }
      throttled(at: event.time)
    case .requestAnswered(let outcome, _):
      if answer != nil { flaws.append("answered twice") }
      answer = outcome
      // A version that cannot be invoked, a restore that failed: no invocation, no report.
      if environment == .none { throttled(at: event.time) } else if !isInvoked { closed(at: event.time) }
    case .report(let report):
      if self.report != nil || answer == nil { flaws.append("reported twice, or before its answer") }
      self.report = report.outcome
      closed(at: event.time)
    case .requestDropped(let reason): dropped(catalog.text(reason), at: event.time)
    default: break
    }
  }

  private mutating func arrives(at time: Timestamp) {
    if isOpen { flaws.append("arrives while under way") }
    if firstArrival != nil, time != due { flaws.append("tried again \(time - due) from when it is due") }
    firstArrival = firstArrival ?? time
    isOpen = true
    due = .never
    (environment, answer, report, isInvoked) = (.none, nil, nil, false)
  }

  private mutating func throttled(at time: Timestamp) {
    if !isOpen { flaws.append("throttled, but not there") }
    isOpen = false
    guard let policy else { return }
    var delay = policy.throttleDelay
    for _ in 0..<throttles where delay < policy.longestThrottleDelay { delay *= 2 }
    throttles += 1
    due = time + max(1, min(delay, policy.longestThrottleDelay))
  }

  private mutating func closed(at time: Timestamp) {
    if !isOpen { flaws.append("ends, but is not there") }
    isOpen = false
    guard answer?.isBad == true, let policy else { return }
    failures += 1
    due = time + max(1, failures == 1 ? policy.firstDelay : policy.laterDelay)
  }

  private mutating func dropped(_ reason: String, at time: Timestamp) {
    if isOpen || isDropped || due == .never { return flaws.append("dropped, though it has not failed") }
    isDropped = true
    let isExhausted =
      answer?.isBad == true && environment != .none
      && failures > policy?.maximumRetries ?? .max
    let isTooOld = due - (firstArrival ?? 0) > policy?.maximumAge ?? .max
    switch reason {
    case "RetriesExhausted": if !isExhausted { flaws.append("dropped after \(failures) failures") }
    case "EventAgeExceeded": if isExhausted || !isTooOld { flaws.append("dropped too young") }
    default: flaws.append("dropped: \(reason)")
    }
    due = .never
  }

  func finish(at end: Timestamp) -> [String] {
    if isOpen { return flaws + ["never ends"] }
    if due <= end { return flaws + ["is not tried again"] }
    return flaws
  }
}
