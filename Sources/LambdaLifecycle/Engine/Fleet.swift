/// The execution environments of one function: which one takes a request, when a new one is created, when an idle one
/// is reclaimed.
///
/// An environment serves one request at a time; a free warm one is reused, else a new one is created (concurrency
/// page). Which free one Lambda takes is not documented: here it is the newest.
package struct Fleet: Sendable {
  /// A place in the table of environments; places of ended environments are used again.
  package typealias Slot = Int

  package enum Route: Sendable {
    case reused(Slot)
    case created(Slot)
    /// All concurrency is in use: 429.
    case throttled
  }

  package var settings: EnvironmentSettings
  /// How long an idle environment is kept. AWS documents only "for some time"; about 6 minutes is observed.
  package var idleTimeout: Nanoseconds
  /// How many requests may be in flight at once: 1,000 for an account by default (quotas page).
  package var concurrencyLimit: Int

  private var environments: [ExecutionEnvironment] = []
  private var births: [UInt32] = []
  private var idleSince: [Timestamp] = []
  /// Idle slots, the newest environment last.
  private var idle: [UInt32] = []
  private var freeSlots: [UInt32] = []
  /// Environments created so far.
  package private(set) var created: UInt32 = 0
  /// Requests in flight, those included that wait for init. This is what AWS calls concurrency: an environment that
  /// shuts down is none.
  package private(set) var concurrency = 0

  package init(settings: EnvironmentSettings, idleTimeout: Nanoseconds, concurrencyLimit: Int = 1_000) {
    self.settings = settings
    self.idleTimeout = idleTimeout
    self.concurrencyLimit = concurrencyLimit
  }

  package subscript(slot: Slot) -> ExecutionEnvironment {
    @inline(__always) get { environments[slot] }
  }

  /// The running number of the environment in a slot, from 1 in order of creation.
  @inline(__always)
  package func birth(of slot: Slot) -> UInt32 { births[slot] }

  /// Finds an environment for a request. The caller then sends it `Signal.request`.
  package mutating func route() -> Route {
    guard concurrency < concurrencyLimit else { return .throttled }
    if let slot = idle.popLast() { return .reused(Int(slot)) }
    created &+= 1
    if let slot = freeSlots.popLast() {
      let index = Int(slot)
      environments[index] = ExecutionEnvironment(generation: environments[index].generation)
      births[index] = created
      return .created(index)
    }
    environments.append(ExecutionEnvironment())
    births.append(created)
    idleSince.append(0)
    return .created(environments.count - 1)
  }

  /// Passes a signal on and keeps track of who is idle.
  @inline(__always)
  package mutating func receive(
    _ signal: Signal, slot: Slot, at time: Timestamp, into actions: inout ActionBuffer
  ) {
    let (before, wasBusy) = (environments[slot].state, environments[slot].invocation != 0)
    environments[slot].receive(signal, at: time, settings, into: &actions)
    // Read in place: a copy right after the bytes were written makes the processor wait.
    let (state, isBusy) = (environments[slot].state, environments[slot].invocation != 0)
    if isBusy != wasBusy { concurrency += isBusy ? 1 : -1 }
    if state == before { return }
    if environments[slot].isIdle {
      becomeIdle(slot, at: time)
    } else if state == .gone {
      freeSlots.append(UInt32(slot))
    }
  }

  private mutating func becomeIdle(_ slot: Slot, at time: Timestamp) {
    idleSince[slot] = time
    let birth = births[slot]
    var place = idle.count
    while place > 0, births[Int(idle[place - 1])] > birth { place -= 1 }
    idle.insert(UInt32(slot), at: place)
  }

  /// When the environment in a slot is to be reclaimed; nil while it is not idle.
  @inline(__always)
  package func reclaimTime(of slot: Slot) -> Timestamp? {
    guard environments[slot].isIdle else { return nil }
    let (time, isBeyond) = idleSince[slot].addingReportingOverflow(idleTimeout)
    return isBeyond ? .never : time
  }

  /// Takes an idle environment out of routing, to be sent `Signal.reclaim`.
  /// - Returns: false if it is not idle.
  package mutating func takeForReclaim(_ slot: Slot) -> Bool {
    guard let place = idle.lastIndex(of: UInt32(slot)) else { return false }
    idle.remove(at: place)
    return true
  }

  /// The slots of all environments that exist, oldest first.
  package var slots: [Slot] {
    environments.indices.filter { environments[$0].state != .gone }.sorted { births[$0] < births[$1] }
  }
}
