/// A world in which how long things take is drawn: by scenario and seed.
struct SimulatedWorld: Sendable {
  let seed: UInt64
  /// Events are written; else figures are counted.
  let keepsEvents: Bool
  /// The functions as they are now, then former configurations: their places are those of `Fleet.settings`.
  var functions: [FunctionModel]
  /// By their slots.
  var environments: [SimulatedEnvironment] = []
  var arrivals: Arrivals
  var queue = EventQueue()
  var figures: FigureCount

  init(_ scenario: Scenario, seed: UInt64, start: Timestamp, keepsEvents: Bool) {
    self.seed = seed
    self.keepsEvents = keepsEvents
    functions = scenario.functions.map { FunctionModel($0, heldSince: start) }
    arrivals = Arrivals(scenario, start: start, seed: seed)
    let countsEach = !keepsEvents && scenario.functions.count > 1
    figures = FigureCount(functions: countsEach ? scenario.functions.count : 0)
  }

  @inline(__always)
  mutating func push(_ what: QueueEntry.What, _ place: Int, after length: Nanoseconds, _ now: Timestamp) {
    let time = now &+ length
    // A moment beyond the end of time never comes.
    queue.insert(what, place, at: time < now ? .never : time)
  }

  @inline(__always)
  mutating func schedule(_ signal: Signal, _ slot: Int, after length: Nanoseconds, _ now: Timestamp) {
    push(.signal(signal), slot, after: length, now)
  }

  /// Random bits of an environment's processes.
  @inline(__always)
  func bits(
    _ stream: DrawStream, _ slot: Int, _ generation: Generation, _ index: UInt8 = 0
  ) -> UInt64 {
    let restarts = UInt64(generation &- environments[slot].firstGeneration)
    return draw(seed: seed, stream, environments[slot].origin << 24 | restarts << 8 | UInt64(index))
  }
}

/// The simulated world's record of an environment.
struct SimulatedEnvironment: Sendable {
  /// Its runtime ends as soon as it runs.
  var isToCrash = false
  var firstGeneration: Generation = 0
  /// The origin of its draws: the request that it was created for, and no other environment.
  var origin: UInt64 = 0
  /// Of function init, as a trace gives it; -1 where it does not.
  var initDuration: Nanoseconds = -1
  /// How often it has become idle.
  var idlePeriods: UInt64 = 0
  var background = BackgroundWork()

  /// Another environment takes the slot; what stands in the queue for the former one is void.
  mutating func reuse() {
    let serial = background.serial
    self = SimulatedEnvironment()
    background.serial = serial
  }
}

// MARK: - Time, requests, settings

extension SimulatedWorld: FleetWorld {
  @inline(__always)
  mutating func wake(_ due: Due, _ place: Int, at time: Timestamp) {
    queue.insert(.due(due), place, at: time)
  }

  @inline(__always)
  mutating func idleTimeout(_ model: DurationModel, in member: FleetMember) -> Nanoseconds {
    let slot = member.slot
    environments[slot].idlePeriods &+= 1
    let place = environments[slot].origin << 20 | environments[slot].idlePeriods & 0xF_FFFF
    return model.sample(draw(seed: seed, .idleTimeout, place))
  }

  @inline(__always)
  func lifetime(_ model: DurationModel, in member: FleetMember) -> Nanoseconds {
    model.sample(draw(seed: seed, .lifetime, environments[member.slot].origin))
  }

  /// Draws what goes wrong by itself this time. A kind that was asked for stays.
  @inline(__always)
  mutating func arrives(_ request: inout FleetRequest<SimulatedRequest>) {
    request.payload.isVoid = false
    if functions[Int(request.function)].canFail { drawKind(&request) }
  }

  @inline(__always)
  private func drawKind(_ request: inout FleetRequest<SimulatedRequest>) {
    let traffic = Int(request.payload.traffic)
    if traffic < 0 || arrivals.traffic[traffic].traffic.kind != .normal { return }
    let place = request.payload.number << 8 | UInt64(request.retries & 0xFF)
    let dice = unitInterval(draw(seed: seed, .requestKind, place))
    request.payload.kind = functions[Int(request.function)].settings.failures.kind(dice)
  }

  @inline(__always)
  func retryPolicy(_ request: borrowing FleetRequest<SimulatedRequest>) -> RetryPolicy? {
    let traffic = Int(request.payload.traffic)
    guard traffic >= 0 else { return nil }
    switch arrivals.traffic[traffic].traffic.invocation {
    case .synchronous: return nil
    case .asynchronous(let policy), .eventSource(let policy): return policy
    }
  }

  @inline(__always)
  func reject(_ request: borrowing FleetRequest<SimulatedRequest>, _ rejection: Rejection) {}

  @inline(__always)
  func keepsPlace(of invocation: Invocation, _ requests: borrowing RequestTable<SimulatedRequest>) -> Bool {
    requests[invocation].payload.isVoid
  }

  mutating func settingsEnd(_ function: Int, allocationHasFailed: Bool, at now: Timestamp) {
    functions[function].settleHeld(allocationHasFailed: allocationHasFailed, at: now)
  }

  mutating func configure(_ function: Int, _ settings: FunctionScenario, former: Int?) {
    if let former {
      if former < functions.count {
        functions[former] = functions[function]
      } else {
        functions.append(functions[function])
      }
    }
    functions[function].configure(settings)
  }

  mutating func setRate(_ rate: Int64, of function: Int, at now: Timestamp) {
    functions[function].stream = arrivals.setRate(
      rate, of: function, stream: functions[function].stream, from: now, seed: seed)
  }
}

// MARK: - Environments

extension SimulatedWorld {
  mutating func created(
    _ member: FleetMember, for request: FleetRequest<SimulatedRequest>?, at now: Timestamp
  ) {
    let slot = member.slot
    if slot == environments.count {
      environments.append(SimulatedEnvironment())
    } else {
      environments[slot].reuse()
    }
    if let request {
      environments[slot].origin = origin(for: request)
      environments[slot].initDuration = request.payload.initDuration
    } else {
      environments[slot].origin = origin(ahead: member)
    }
    environments[slot].firstGeneration = member.generation
  }

  /// The draws of an environment that no request asked for.
  @inline(__always)
  private func origin(ahead member: FleetMember) -> UInt64 {
    1 << 39 | UInt64(member.function) << 28 | UInt64(member.birth)
  }

  /// The draws of the environment that a request gets: of no other traffic's, and others at each attempt.
  @inline(__always)
  private func origin(for request: FleetRequest<SimulatedRequest>) -> UInt64 {
    // The numbers of the first traffic, and those counted down of injected requests, leave room above them.
    let isAlone = request.retries == 0 && request.payload.traffic <= 0
    return isAlone ? request.payload.number : draw(seed: seed, .environment, request.attempt)
  }

  mutating func createSandbox(_ member: FleetMember, at now: Timestamp) -> Bool {
    let slot = member.slot
    let function = member.function
    let length =
      functions[function].create.sample(draw(seed: seed, .create, environments[slot].origin))
      &+ functions[function].download
    if length > 0 { schedule(.sandboxReady, slot, after: length, now) }
    return length == 0
  }

  mutating func restoreSnapshot(
    _ generation: Generation, in member: FleetMember, at now: Timestamp
  ) {
    let slot = member.slot
    let function = functions[member.configuration].settings
    let load = function.restore.sample(bits(.restore, slot, generation))
    let hooks = function.afterRestore.sample(bits(.restoreHooks, slot, generation))
    schedule(.snapshotLoaded(generation), slot, after: load, now)
    let rate = function.failures.restoreError
    if rate > 0, unitInterval(bits(.initFailure, slot, generation)) < rate {
      schedule(.restoreFailed(.snapStart, generation), slot, after: load &+ hooks, now)
    } else {
      schedule(.restored(generation), slot, after: load &+ hooks, now)
    }
  }
}
