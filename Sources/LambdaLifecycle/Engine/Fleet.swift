/// The execution environments of an account's functions: which one takes a request, when a new one is created, when an
/// idle one is reclaimed.
///
/// An environment serves one request at a time; a free warm one is reused, else a new one is created, within the
/// limits of reserved and account concurrency, of requests a second, and of new environments a second (concurrency and
/// scaling behaviour pages).
package struct Fleet: Sendable {
  /// A place in the table of environments; places of ended environments are used again.
  package typealias Slot = Int

  package enum Route: Sendable {
    case reused(Slot)
    case created(Slot)
    /// 429.
    case throttled(ThrottleReason)
    /// A SnapStart version that is not published yet, or whose publishing failed.
    case refused(ErrorType)
  }

  /// The fleet's record of an environment beside its state machine.
  struct Place: Sendable {
    /// The running number of the environment, from 1 in order of creation.
    var birth: UInt32 = 0
    var function: UInt16 = 0
    /// With which of the `settings` it was created.
    var configuration: UInt32 = 0
    var isProvisioned = false
    /// It is to go as soon as it is idle, and counts no more among those that its function wants to have.
    var isRetired = false
    /// It has been ready for requests once.
    var wasReady = false
    var idleSince: Timestamp = 0
    /// How long it is kept idle this time.
    var idleTimeout: Nanoseconds = 0
    /// After which it is replaced, even under load.
    var expires = Timestamp.never
  }

  var functions: [FunctionFleet] = []
  /// The settings for the state machines: of each function as it is now, then former ones that environments
  /// still have.
  var settings: [EnvironmentSettings] = []
  /// The first is what the account has left for functions without reserved concurrency.
  var pools: [ConcurrencyPool]
  var environments: [ExecutionEnvironment] = []
  var places: [Place] = []
  private var freeSlots: [UInt32] = []
  /// Environments created so far.
  package private(set) var created: UInt32 = 0
  package internal(set) var quotas: AccountQuotas

  package init(_ quotas: AccountQuotas) {
    self.quotas = quotas
    pools = [ConcurrencyPool(limit: quotas.concurrency, isReserved: false, quotas)]
  }

  // Single fields of an environment: to give it out whole would be to copy it, millions of times a second.

  @inline(__always)
  package func state(of slot: Slot) -> ExecutionEnvironment.State { environments[slot].state }

  @inline(__always)
  package func type(of slot: Slot) -> InitializationType { environments[slot].type }

  @inline(__always)
  package func generation(of slot: Slot) -> Generation { environments[slot].generation }

  @inline(__always)
  package func invocation(of slot: Slot) -> Invocation { environments[slot].invocation }

  /// The runtime's process runs, so that it can end by itself.
  package func runtimeCanEnd(in slot: Slot) -> Bool { environments[slot].runtimeCanEnd }

  /// Managed Instances: the invocations in flight, oldest first.
  package func invocations(in slot: Slot) -> [Invocation] { environments[slot].flights.map(\.invocation) }

  @inline(__always)
  package func restoresSnapshot(_ slot: Slot) -> Bool { environments[slot].restoresSnapshot }

  @inline(__always)
  package func function(of slot: Slot) -> Int { Int(places[slot].function) }

  /// The place of the settings that it was created with: those of its function, unless they have changed since.
  @inline(__always)
  package func configuration(of slot: Slot) -> Int { Int(places[slot].configuration) }

  /// The running number of the environment in a slot, from 1 in order of creation.
  @inline(__always)
  package func birth(of slot: Slot) -> UInt32 { places[slot].birth }

  /// It belongs to the function's provisioned concurrency.
  @inline(__always)
  package func isProvisioned(_ slot: Slot) -> Bool { places[slot].isProvisioned }

  /// Finds an environment for a request. The caller then sends it `Signal.request`.
  @inline(__always)
  package mutating func route(_ function: Int, at time: Timestamp) -> Route {
    if functions[function].type != .onDemand, let route = routeSpecially(function, at: time) { return route }
    let pool = functions[function].pool
    if let reason = pools[pool].refusal(at: time) { return .throttled(reason) }
    if let slot = functions[function].idle.take() {
      pools[pool].inUse += 1
      return .reused(slot)
    }
    guard functions[function].scaling.take(at: time) else {
      return .throttled(.functionInvocationRateLimitExceeded)
    }
    pools[pool].inUse += 1
    return .created(create(function, restoring: functions[function].snapshot.registrations))
  }

  /// Makes a new environment in a free place.
  mutating func create(
    _ function: Int, restoring snapshot: Registrations? = nil, isProvisioned: Bool = false
  ) -> Slot {
    created &+= 1
    var place = Place()
    place.birth = created
    place.function = UInt16(function)
    place.configuration = UInt32(function)
    place.isProvisioned = isProvisioned
    // Requests that provisioned concurrency spills over run on demand.
    let own = functions[function].type
    let type = own == .provisionedConcurrency && !isProvisioned ? .onDemand : own
    if let slot = freeSlots.popLast().map(Int.init) {
      environments[slot] = ExecutionEnvironment(
        generation: environments[slot].generation, type: type, restoring: snapshot)
      places[slot] = place
      return slot
    }
    environments.append(ExecutionEnvironment(type: type, restoring: snapshot))
    places.append(place)
    return environments.count - 1
  }

  /// Passes a signal on and keeps track of who is idle.
  @inline(__always)
  @discardableResult
  package mutating func receive(
    _ signal: Signal, slot: Slot, at time: Timestamp, into actions: inout ActionBuffer
  ) -> Reception {
    let before = environments[slot].state
    let configuration = Int(places[slot].configuration)
    let reception = environments[slot].receive(signal, at: time, settings[configuration], into: &actions)
    // Read in place: a copy right after the bytes were written makes the processor wait.
    let state = environments[slot].state
    if state == before { return reception }
    let function = Int(places[slot].function)
    if before.isIdle {
      // By a request or a reclaim it has been taken out already.
      if signal.isFailure, !state.isIdle { _ = takeOutOfRouting(slot) }
    } else if state.isIdle {
      becameIdle(slot, function, at: time)
    }
    if state == .gone {
      freeSlots.append(UInt32(slot))
      isGone(slot, function)
    }
    return reception
  }

  @inline(__always)
  private mutating func becameIdle(_ slot: Slot, _ function: Int, at time: Timestamp) {
    places[slot].idleSince = time
    if functions[function].type == .onDemand {
      functions[function].idle.insert(slot, birth: places[slot].birth)
    } else {
      becameIdleSpecially(slot, function)
    }
  }

  /// The request in a slot is over: its concurrency is free. An environment that shuts down is none.
  @inline(__always)
  package mutating func release(_ slot: Slot) {
    let function = Int(places[slot].function)
    if functions[function].type == .onDemand {
      pools[functions[function].pool].inUse -= 1
    } else {
      releaseSpecially(slot, function)
    }
  }

  /// A request to the function would find an idle environment.
  package func hasIdleEnvironment(_ function: Int) -> Bool {
    !functions[function].idle.isEmpty || functions[function].provisioned?.idle.isEmpty == false
  }

  /// An environment of the function takes the next request as soon as its runtime has asked for it, which it is about to
  /// do. One that is replaced then takes none.
  package func isAboutToBeFree(_ slot: Slot, _ function: Int, at time: Timestamp) -> Bool {
    environments[slot].isAboutToBeFree && self.function(of: slot) == function && !places[slot].isRetired
      && places[slot].expires > time
  }

  /// The slot of the environment with that running number; nil if it is gone.
  package func slot(of birth: UInt32) -> Slot? {
    environments.indices.first { environments[$0].state != .gone && places[$0].birth == birth }
  }

  /// The slots of all environments that exist, oldest first.
  package var slots: [Slot] {
    environments.indices.filter { environments[$0].state != .gone }
      .sorted { places[$0].birth < places[$1].birth }
  }
}
