import LambdaLifecycle

/// A world in which nothing happens by itself: it notes what it is asked for, and a test answers.
struct HandWorld: FleetWorld {
  typealias Payload = Int

  static var reapsProcesses: Bool { true }
  static var patience: Nanoseconds { .milliseconds(100) }

  /// The orders that it got, a line each.
  fileprivate(set) var orders: [String] = []
  /// The moments when the driver wants to be woken, and for what.
  fileprivate(set) var wakes: [(due: Due, place: Int, time: Timestamp)] = []

  mutating func wake(_ due: Due, _ place: Int, at time: Timestamp) { wakes.append((due, place, time)) }
  func idleTimeout(_ model: DurationModel, in member: FleetMember) -> Nanoseconds { model.sample(0) }
  func lifetime(_ model: DurationModel, in member: FleetMember) -> Nanoseconds { model.sample(0) }
  func arrives(_ request: inout FleetRequest<Int>) {}
  func retryPolicy(_ request: borrowing FleetRequest<Int>) -> RetryPolicy? {
    request.payload < 0 ? RetryPolicy() : nil
  }
  func keepsPlace(of invocation: Invocation, _ requests: borrowing RequestTable<Int>) -> Bool { false }

  mutating func respond(
    _ invocation: Invocation, _ outcome: Outcome, _ error: ErrorType, in member: FleetMember,
    _ requests: borrowing RequestTable<Int>, at now: Timestamp
  ) {
    orders.append("answer \(requests[invocation].payload): \(outcome) \(error.text)".trimmed)
  }
  mutating func reject(_ request: borrowing FleetRequest<Int>, _ rejection: Rejection) {
    switch rejection {
    case .throttled(let reason): orders.append("429 to \(request.payload): \(reason.text)")
    case .refused(let error): orders.append("refuse \(request.payload): \(error.text)")
    }
  }

  mutating func drop(_ request: borrowing FleetRequest<Int>) { orders.append("drop \(request.payload)") }

  mutating func created(
    _ member: FleetMember, for request: FleetRequest<Int>?, at now: Timestamp
  ) {
    orders.append("environment in \(member.slot)")
  }
  func createSandbox(_ member: FleetMember, at now: Timestamp) -> Bool { true }
  mutating func restoreSnapshot(
    _ generation: Generation, in member: FleetMember, at now: Timestamp
  ) { orders.append("restore \(member.slot)") }

  mutating func startExtensions(
    _ mask: UInt16, _ generation: Generation, in member: FleetMember, at now: Timestamp
  ) { orders.append("start extensions \(mask) of \(member.slot), generation \(generation)") }
  mutating func startRuntime(
    _ generation: Generation, in member: FleetMember, _ requests: borrowing RequestTable<Int>,
    at now: Timestamp
  ) { orders.append("start runtime of \(member.slot), generation \(generation)") }
  mutating func deliver(
    _ invocation: Invocation, deadline: Timestamp, _ generation: Generation, in member: FleetMember,
    _ requests: inout RequestTable<Int>, at now: Timestamp
  ) {
    orders.append(
      "deliver \(requests[invocation].payload) to \(member.slot) until \(deadline / .milliseconds(1))")
  }
  mutating func deliverToExtensions(
    _ mask: UInt16, _ invocation: Invocation, deadline: Timestamp, _ generation: Generation,
    in member: FleetMember, _ requests: borrowing RequestTable<Int>
  ) { orders.append("INVOKE \(requests[invocation].payload) to extensions \(mask) of \(member.slot)") }
  func armInvocation(_ invocation: Invocation, at deadline: Timestamp, _ requests: inout RequestTable<Int>) {}
  func freeze(_ member: FleetMember, at now: Timestamp) {}
  func thaw(_ member: FleetMember, at now: Timestamp) {}
  func shutsDown(_ member: FleetMember) {}
  mutating func gone(_ member: FleetMember, at now: Timestamp) { orders.append("\(member.slot) is gone") }
  mutating func terminateRuntime(
    _ generation: Generation, in member: FleetMember, at now: Timestamp
  ) { orders.append("SIGTERM runtime of \(member.slot)") }
  mutating func killRuntime(_ generation: Generation, in member: FleetMember) {
    orders.append("SIGKILL runtime of \(member.slot), generation \(generation)")
  }
  mutating func sendShutdown(
    _ mask: UInt16, _ reason: ShutdownReason, deadline: Timestamp, _ generation: Generation,
    in member: FleetMember, at now: Timestamp
  ) { orders.append("SHUTDOWN \(reason) to extensions \(mask) of \(member.slot)") }
  mutating func killExtensions(_ mask: UInt16, _ generation: Generation, in member: FleetMember) {
    orders.append("SIGKILL extensions \(mask) of \(member.slot), generation \(generation)")
  }

  mutating func configure(_ function: Int, _ settings: FunctionScenario, former: Int?) {
    orders.append("configure \(function)")
  }
  mutating func setRate(_ rate: Int64, of function: Int, at now: Timestamp) {
    orders.append("rate \(rate) to \(function)")
  }
}

/// A driver in that world, and a clock that a test moves.
struct HandDriven {
  var driver: FleetDriver<HandWorld>
  var log = EventLog(source: .simulation)
  private var told = 0
  /// The places of what has been due.
  private var done: Set<Int> = []

  init(_ change: (inout FunctionScenario) -> Void = { _ in }, quotas: AccountQuotas = AccountQuotas()) {
    var function = FunctionScenario()
    function.idleTimeout = .fixed(.seconds(60))
    change(&function)
    driver = FleetDriver([function], quotas, HandWorld(), at: 0, into: &log)
  }

  /// The orders to the world since they were looked at last.
  mutating func orders() -> [String] {
    defer { told = driver.world.orders.count }
    return Array(driver.world.orders[told...])
  }

  /// Lets time pass; what is due happens in order of time.
  mutating func go(to milliseconds: Int64) {
    let time = Timestamp.milliseconds(milliseconds)
    while let next = nextWake(upTo: time) {
      done.insert(next)
      let wake = driver.world.wakes[next]
      driver.pass(to: wake.time)
      driver.come(wake.due, wake.place, plannedFor: wake.time, &log)
    }
    driver.pass(to: time)
  }

  private func nextWake(upTo time: Timestamp) -> Int? {
    let wakes = driver.world.wakes
    return wakes.indices.filter { !done.contains($0) && wakes[$0].time <= time }
      .min { wakes[$0].time < wakes[$1].time }
  }

  mutating func request(_ number: Int, at milliseconds: Int64) {
    go(to: milliseconds)
    driver.arrive(
      FleetRequest(number, function: 0, id: RequestID(high: 1, low: UInt64(number.magnitude))), &log)
  }

  @discardableResult
  mutating func tell(_ signal: Signal, _ slot: Int = 0, at milliseconds: Int64) -> Reception {
    go(to: milliseconds)
    return driver.receive(signal, slot, &log)
  }

  /// An environment answers what it was given, and asks for more.
  mutating func serve(_ slot: Int = 0, at milliseconds: Int64) {
    let (invocation, generation) = (driver.fleet.invocation(of: slot), driver.fleet.generation(of: slot))
    tell(.response(invocation, .success), slot, at: milliseconds)
    tell(.runtimeNext(generation), slot, at: milliseconds)
  }

  /// The events of a kind of interest as text: time in milliseconds and what happened.
  var phases: [String] {
    log.events.compactMap { event in
      let time = event.time / .milliseconds(1)
      let name = log.catalog.text(event.environment)
      switch event.kind {
      case .phaseBegan(let phase, _): return "\(time) \(name) \(phase) begins"
      case .phaseEnded(let end): return "\(time) \(name) \(end.phase) ends \(end.outcome)"
      default: return nil
      }
    }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(self.drop(while: { $0 == " " }).reversed().drop(while: { $0 == " " }).reversed())
  }
}

extension FunctionScenario {
  /// Gives the function external extensions; how long they take is up to the test.
  mutating func addAgents(_ count: Int) {
    extensions += (0..<count).map { index in
      ExtensionScenario(
        name: "agent-\(index)", register: .fixed(0), ready: .fixed(0), work: .fixed(0), exit: .fixed(0))
    }
  }
}
