/// An invocation in flight in an environment of Managed Instances.
struct Flight: Sendable {
  let invocation: Invocation
  let began: Timestamp
  var hasAnswered = false
  /// The caller has its answer and the report is written, but the code goes on running.
  var hasTimedOut = false
}

/// Managed Instances: several workers, an invocation each; no freeze and no reset (Managed Instances pages).
extension ExecutionEnvironment {
  /// With all workers busy it rejects further work.
  mutating func workerRequest(
    _ invocation: Invocation, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) -> Reception {
    guard idleWorkers > 0, invocation != 0, flight(of: invocation) == nil else {
      return reject(.request, &actions)
    }
    state = .invoking
    idleWorkers &-= 1
    flights.append(Flight(invocation: invocation, began: time))
    actions.append(.invokeBegan(invocation))
    let deadline = limit(settings.timeout, from: time)
    actions.append(.armInvocation(invocation, deadline))
    actions.append(.deliver(invocation, deadline: deadline, generation))
    return .accepted
  }

  mutating func workerResponse(
    _ invocation: Invocation, _ outcome: Outcome, _ error: ErrorType, _ actions: inout ActionBuffer
  ) -> Reception {
    // Too late after a timeout; stale after the end.
    guard let place = flight(of: invocation), !flights[place].hasTimedOut else { return .stale }
    guard !flights[place].hasAnswered else { return reject(.response, &actions) }
    flights[place].hasAnswered = true
    actions.append(.respond(invocation, outcome, error))
    return .accepted
  }

  mutating func workerNext(
    _ invocation: Invocation, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) -> Reception {
    guard type == .managedInstances, let place = flight(of: invocation),
      flights[place].hasAnswered || flights[place].hasTimedOut
    else { return reject(.workerNext, &actions) }
    idleWorkers &+= 1
    land(place, .success, .none, at: time, settings, &actions)
    return .accepted
  }

  /// A worker that crashes leaves the environment running with the others.
  mutating func workerExited(
    _ invocation: Invocation, _ error: ErrorType, at time: Timestamp,
    _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) -> Reception {
    guard type == .managedInstances, let place = flight(of: invocation) else {
      return reject(.workerExited, &actions)
    }
    let error = error == .none ? .runtimeExitError : error
    land(place, error.status, error, at: time, settings, &actions)
    if idleWorkers == 0, flights.isEmpty {
      runtimeIsAlive = false
      shutDown(.failure, resetting: false, at: time, settings, &actions)
    }
    return .accepted
  }

  /// The caller gets the timeout, the code goes on running: its worker stays busy.
  mutating func invocationTimedOut(
    _ invocation: Invocation, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) -> Reception {
    guard let place = flight(of: invocation), !flights[place].hasTimedOut else { return .stale }
    tellEnd(of: flights[place], .timeout, .sandboxTimedout, at: time, settings, &actions)
    flights[place].hasTimedOut = true
    return .accepted
  }

  /// The crash of an extension or of the runtime ends the environment with all that is in flight.
  mutating func failWorkers(
    _ error: ErrorType, at time: Timestamp, _ settings: borrowing EnvironmentSettings,
    _ actions: inout ActionBuffer
  ) {
    while !flights.isEmpty { land(0, error.status, error, at: time, settings, &actions) }
    shutDown(.failure, resetting: false, at: time, settings, &actions)
  }

  private func flight(of invocation: Invocation) -> Int? {
    flights.firstIndex { $0.invocation == invocation }
  }

  private mutating func land(
    _ place: Int, _ outcome: Outcome, _ error: ErrorType, at time: Timestamp,
    _ settings: borrowing EnvironmentSettings, _ actions: inout ActionBuffer
  ) {
    let flight = flights.remove(at: place)
    if !flight.hasTimedOut { tellEnd(of: flight, outcome, error, at: time, settings, &actions) }
    actions.append(.released(flight.invocation))
    if flights.isEmpty { state = .ready }
  }
}
