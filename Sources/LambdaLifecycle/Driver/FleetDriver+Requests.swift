// Requests: which environment they get, and what becomes of them.

extension FleetDriver {
  /// A request arrives now.
  @inline(__always)
  package mutating func arrive(_ request: FleetRequest<World.Payload>, _ log: inout EventLog) {
    var request = request
    request.firstArrival = now
    attempt(request, &log)
  }

  /// A request, new or tried again, looks for an environment.
  @inline(__always)
  private mutating func attempt(_ request: FleetRequest<World.Payload>, _ log: inout EventLog) {
    var request = request
    request.arrival = now
    world.arrives(&request)
    tell(.requestArrived, of: request, &log)
    if World.patience > 0, wait(request) { return }
    route(request, &log)
  }

  /// Gives a request an environment, if there is one or may be one.
  @inline(__always)
  mutating func route(_ request: FleetRequest<World.Payload>, _ log: inout EventLog) {
    let function = Int(request.function)
    switch fleet.route(function, at: now) {
    case .reused(let slot): assign(request, to: slot, cold: false, &log)
    case .created(let slot):
      begin(slot, function, for: request, &log)
      assign(request, to: slot, cold: true, &log)
      createSandbox(slot, &log)
    case .throttled(let reason): reject(request, .throttled(reason), &log)
    case .refused(let error): reject(request, .refused(error), &log)
    }
    // Taken or rejected, it may have shown that too many workers are busy.
    if functions[function].settings.initializationType == .managedInstances { createAhead(function, &log) }
  }

  private mutating func reject(
    _ request: FleetRequest<World.Payload>, _ rejection: Rejection, _ log: inout EventLog
  ) {
    world.reject(request, rejection)
    if keepsEvents {
      switch rejection {
      case .throttled(let reason):
        tell(.requestThrottled(reason: log.catalog.name(reason.text)), of: request, &log)
      case .refused(let error): tell(.requestAnswered(.error, errorType: error.name), of: request, &log)
      }
    } else {
      world.count(.rejected(rejection), request)
    }
    retryAfterThrottle(request, &log)
  }

  @inline(__always)
  private mutating func assign(
    _ request: FleetRequest<World.Payload>, to slot: Int, cold: Bool, _ log: inout EventLog
  ) {
    var request = request
    request.start =
      cold
      ? .cold
      : fleet.state(of: slot) == .reset ? .reinit : environments[slot].hasServed ? .warm : .ahead
    if !environments[slot].hasServed { environments[slot].hasServed = true }
    let invocation = requests.add(request)
    if keepsEvents {
      record.append(.requestAssigned, slot, of: request.id, at: now, to: &log)
    } else {
      world.countAssigned(request, to: fleet.member(slot), at: now)
    }
    receive(.request(invocation), slot, &log)
  }

  /// The invocation is over and the environment is free of it.
  @inline(__always)
  mutating func released(_ invocation: Invocation, _ slot: Int, _ log: inout EventLog) {
    fleet.release(slot)
    let hasFailed = requests[invocation].hasFailed
    if !world.keepsPlace(of: invocation, requests) { requests.remove(invocation) }
    // Its place is free, what stands in it is still the same.
    if hasFailed { retryAfterFailure(requests[invocation], &log) }
  }

  /// The world does not need the place of a request any more, which it kept.
  package mutating func forget(_ invocation: Invocation) { requests.remove(invocation) }

  // MARK: Retries

  mutating func retryAfterFailure(_ request: FleetRequest<World.Payload>, _ log: inout EventLog) {
    guard let policy = world.retryPolicy(request) else { return }
    guard let delay = policy.delay(afterFailure: request.retries) else {
      return drop(request, .retriesExhausted, &log)
    }
    var request = request
    request.retries += 1
    tryAgain(request, after: delay, policy, &log)
  }

  private mutating func retryAfterThrottle(_ request: FleetRequest<World.Payload>, _ log: inout EventLog) {
    guard let policy = world.retryPolicy(request) else { return }
    var request = request
    let delay = policy.delay(afterThrottle: request.throttles)
    request.throttles += 1
    tryAgain(request, after: delay, policy, &log)
  }

  private mutating func tryAgain(
    _ request: FleetRequest<World.Payload>, after delay: Nanoseconds, _ policy: RetryPolicy,
    _ log: inout EventLog
  ) {
    let time = now &+ max(1, delay)
    guard time &- request.firstArrival <= policy.maximumAge else {
      return drop(request, .eventAgeExceeded, &log)
    }
    var request = request
    request.hasFailed = false
    wake(.retry(requests.add(request)), 0, at: time)
  }

  private mutating func drop(
    _ request: FleetRequest<World.Payload>, _ reason: DropReason, _ log: inout EventLog
  ) {
    world.drop(request)
    if keepsEvents {
      tell(.requestDropped(reason: log.catalog.name(reason.text)), of: request, &log)
    } else {
      world.count(.dropped, request)
    }
  }

  mutating func retry(_ invocation: Invocation, _ log: inout EventLog) {
    if !keepsEvents { world.count(.retried, requests[invocation]) }
    requests.remove(invocation)
    attempt(requests[invocation], &log)
  }
}
