// Folding requests of whichever environment.

extension SessionFold {
  mutating func requestArrived(_ event: LifecycleEvent) {
    guard ledger.attempt(event.request, arrivedAt: event.time) == nil else {
      duplicates += 1
      return
    }
    // Its invocation was reported first, and with it that there is a request; or requests have no ids.
    if let known = ledger.attempt(event.request, at: event.time), requests[Int(known)].ended > event.time,
      !requests[Int(known)].arrivalIsTold || event.request == .none
    {
      duplicates += 1
      return
    }
    if wasToldWhole(event) {
      duplicates += 1
      return
    }
    _ = ledger.add(event.request, arrival: event.time, event.environment, event.function, arrivalIsTold: true)
  }

  /// All of its invocation was reported before its arrival: read late, or in the order of times that two
  /// clocks have given.
  private func wasToldWhole(_ event: LifecycleEvent) -> Bool {
    guard event.request != .none, let latest = ledger.attempts[event.request] else { return false }
    let request = requests[Int(latest)]
    guard !request.arrivalIsTold, request.ended != .never, request.arrival <= event.time else { return false }
    return event.time < request.ended || sources[request.environment].hasUniqueRequests
  }

  mutating func requestThrottled(_ reason: Name, _ event: LifecycleEvent) {
    let latest = ledger.attempts[event.request].map { requests[Int($0)] }
    if let latest, latest.isThrottled, latest.answered == event.time {
      duplicates += 1
      return
    }
    let known =
      ledger.attempt(event.request, at: event.time) ?? ledger.attempt(event.request, arrivedAt: event.time)
    let request = known ?? ledger.add(event.request, arrival: event.time, .none, event.function)
    guard ledger.throttle(request, reason, event.function, at: event.time) else {
      duplicates += 1
      return
    }
    landmarks.add(.throttle, event.time, .none)
  }

  mutating func requestDropped(_ reason: Name, _ event: LifecycleEvent) {
    guard ledger.drop(event.request, reason, at: event.time) else {
      duplicates += 1
      return
    }
    markerList.insert(
      Marker(time: event.time, environment: .none, kind: .dropped(event.request, reason: reason)))
  }

  /// The request that an init ran for, where it ran inside its invocation: after a reset, or a first init that failed.
  /// - Returns: -1 where there is none.
  func requestWaiting(for phase: Phase, _ event: LifecycleEvent) -> Int32 {
    phase.isInit && event.request != .none ? ledger.attempts[event.request] ?? -1 : -1
  }

  /// A request is given to an environment.
  /// - Returns: nil where it is not known that there is such a request under way.
  func requestAssigned(_ event: LifecycleEvent) -> Int32? {
    guard let request = ledger.attempt(event.request, at: event.time),
      requests[Int(request)].ended == .never
    else { return nil }
    return request
  }

  /// From here on the request counts as concurrency: an environment is busy during init too (concurrency page).
  /// - Parameter environment: one that has a track.
  mutating func takeUp(_ request: Int32, by environment: EnvironmentID, at time: Timestamp) {
    let place = Int(request)
    if requests[place].isRunning {
      guard requests[place].environment != environment else { return }
      inFlight.remove(request, from: requests[place].environment)
    }
    inFlight.append(request, to: environment)
    guard ledger.take(request, by: environment, at: time) else { return }
    population.began(at: time, wakes: inFlight.isAlone(environment))
  }

  /// The environment that has the request has it no longer.
  mutating func release(_ request: Int32, at time: Timestamp) {
    guard ledger.release(request) else { return }
    let environment = requests[Int(request)].environment
    inFlight.remove(request, from: environment)
    population.ended(at: time, rests: inFlight.rests(environment))
  }

  /// - Parameter restoreHasFailed: in its environment; then there is no invocation whose end could be
  ///   reported.
  mutating func requestAnswered(
    _ outcome: Outcome, _ errorType: Name, _ event: LifecycleEvent, restoreHasFailed: Bool
  ) {
    guard let request = ledger.attempt(event.request, at: event.time) else { return }
    if requests[Int(request)].answered == .never { answer(request, outcome, errorType, at: event.time) }
    if restoreHasFailed, requests[Int(request)].isRunning {
      release(request, at: event.time)
      ledger.end(request, at: event.time)
    }
    ledger.forget(request, sources)
  }

  mutating func answer(_ request: Int32, _ outcome: Outcome, _ errorType: Name, at time: Timestamp) {
    ledger.answer(request, outcome, errorType, at: time)
    if outcome.isBad { landmarks.add(.error, time, requests[Int(request)].environment) }
  }
}
