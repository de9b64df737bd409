// Requests: where they come from, and what becomes of them.

extension Simulator {
  /// A request arrives now, beside the scenario's traffic.
  /// - Parameter function: its place in the scenario.
  package mutating func request(_ kind: RequestKind, function: Int = 0, into log: inout EventLog) {
    injected &+= 1
    var request = SimulatedRequest()
    // Counted down from the top, so that the traffic keeps its numbers and with them its draws.
    request.number = 0 &- injected
    request.kind = kind
    request.function = UInt16(function)
    arrive(request, &log)
  }

  @inline(__always)
  mutating func arriveFromTraffic(_ log: inout EventLog) {
    let place = nextTraffic
    var request = SimulatedRequest()
    request.number = traffic[place].number
    request.traffic = Int32(place)
    request.function = UInt16(traffic[place].traffic.function)
    request.kind = traffic[place].traffic.kind
    if traffic[place].givesLengths { setLengths(of: &request, from: place) }
    traffic[place].advance(seed)
    arrive(request, &log)
  }

  private func setLengths(of request: inout SimulatedRequest, from place: Int) {
    if let handler = traffic[place].traffic.handler {
      request.duration = handler.sample(draw(seed: seed, .handler, request.number))
    }
    guard let traced = traffic[place].traced else { return }
    request.function = UInt16(traced.function)
    request.duration = traced.duration
    request.coldDuration = traced.coldDuration
    request.initDuration = traced.initDuration
  }

  @inline(__always)
  mutating func arrive(_ request: SimulatedRequest, _ log: inout EventLog) {
    var request = request
    if keepsEvents { request.id = requestID(request.number) }
    request.firstArrival = now
    attempt(request, &log)
  }

  /// A request, new or tried again, looks for an environment.
  @inline(__always)
  mutating func attempt(_ request: SimulatedRequest, _ log: inout EventLog) {
    var request = request
    request.arrival = now
    let function = Int(request.function)
    if functions[function].canFail { drawKind(&request) }
    emit(.requestArrived, of: request, to: &log)
    switch fleet.route(function, at: now) {
    case .reused(let slot): assign(request, to: slot, cold: false, &log)
    case .created(let slot):
      create(slot, for: request, &log)
      assign(request, to: slot, cold: true, &log)
      start(slot, &log)
    case .throttled(let reason): throttle(request, reason, &log)
    case .refused(let error): refuse(request, error, &log)
    }
    // Taken or rejected, it may have shown that too many workers are busy.
    if functions[function].scenario.initializationType == .managedInstances { createAhead(function, &log) }
  }

  /// What goes wrong by itself this time. A kind that was asked for stays.
  private func drawKind(_ request: inout SimulatedRequest) {
    let isAsked = request.traffic < 0 || traffic[Int(request.traffic)].traffic.kind != .normal
    if isAsked { return }
    let place = request.number << 8 | UInt64(request.retries & 0xFF)
    let dice = unitInterval(draw(seed: seed, .requestKind, place))
    request.kind = functions[Int(request.function)].scenario.failures.kind(dice)
  }

  private mutating func throttle(
    _ request: SimulatedRequest, _ reason: ThrottleReason, _ log: inout EventLog
  ) {
    if keepsEvents {
      emit(.requestThrottled(reason: log.catalog.name(reason.text)), of: request, to: &log)
    } else {
      statistics.requests += 1
      statistics.throttles += 1
      tally(Int(request.function)) {
        $0.requests += 1
        $0.throttles += 1
      }
    }
    retryAfterThrottle(request, &log)
  }

  /// A SnapStart version that cannot be invoked: an error of the Invoke API, no invocation.
  private mutating func refuse(_ request: SimulatedRequest, _ error: ErrorType, _ log: inout EventLog) {
    if keepsEvents {
      emit(.requestAnswered(.error, errorType: error.name), of: request, to: &log)
    } else {
      statistics.requests += 1
      statistics.refused += 1
      tally(Int(request.function)) {
        $0.requests += 1
        $0.refused += 1
        $0.answered(.error)
      }
      statistics.answered(.error, wait: 0, start: .warm)
    }
    retryAfterThrottle(request, &log)
  }

  @inline(__always)
  private mutating func assign(
    _ request: SimulatedRequest, to slot: Int, cold: Bool, _ log: inout EventLog
  ) {
    var request = request
    request.start =
      cold ? .cold : fleet.state(of: slot) == .reset ? .reinit : slots[slot].hasServed ? .warm : .ahead
    slots[slot].hasServed = true
    let invocation = requests.add(request)
    if keepsEvents {
      emit(.requestAssigned, slot, of: invocation, to: &log)
    } else {
      statistics.requests += 1
      statistics.coldStarts += cold ? 1 : 0
      statistics.reinits += request.start == .reinit ? 1 : 0
      statistics.initializedAhead += request.start == .ahead ? 1 : 0
      tally(Int(request.function)) {
        $0.requests += 1
        $0.coldStarts += cold ? 1 : 0
      }
      if fleet.type(of: slot) == .managedInstances { slots[slot].inFlight &+= 1 }
      statistics.population.began(at: now, wakes: slots[slot].inFlight <= 1)
    }
    send(.request(invocation), slot, &log)
  }

  /// Managed Instances: the invocation has ended for the caller. After a timeout its code still goes on.
  mutating func sharedInvocationEnded(_ slot: Int) {
    slots[slot].inFlight &-= 1
    statistics.population.ended(at: now, rests: slots[slot].inFlight == 0)
  }

  /// The invocation is over and the environment is free of it.
  @inline(__always)
  mutating func released(_ invocation: Invocation, _ slot: Int, _ log: inout EventLog) {
    fleet.release(slot)
    if !keepsEvents, fleet.type(of: slot) != .managedInstances { statistics.population.ended(at: now) }
    let hasFailed = requests[invocation].hasFailed
    if !requests[invocation].isVoid { requests.remove(invocation) }
    // Its place is free, what stands in it is still the same.
    if hasFailed { retryAfterFailure(requests[invocation], &log) }
  }

  /// A UUID of version 4 from the seed. Inlined, because a call would be given a copy of the whole simulator.
  @inline(__always)
  func requestID(_ number: UInt64) -> RequestID {
    let high = draw(seed: seed, .requestHigh, number) & ~0xF000 | 0x4000
    let low = draw(seed: seed, .requestLow, number) & ~(3 << 62) | 2 << 62
    return RequestID(high: high, low: low)
  }
}
