internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

/// Gives a fleet real processes: carries out the fleet's orders, and turns what processes and callers do into its
/// signals. All of it happens on one event loop.
final class EmulatedFleet {
  let settings: EmulatorSettings
  let loop: any EventLoop
  let clock: EmulatorClock
  let feed: EventFeed
  let groups: ControlGroups?
  let resources: ResourceGroups?
  let freezing: Freezing
  let watch: FunctionInitWatch?
  var codeWatch: CodeWatch?
  var driver: FleetDriver<ProcessWorld>
  var log: EventLog
  let function: Name
  /// Environments whose sandboxes exist, by their running numbers.
  private(set) var environments: [UInt32: EmulatedEnvironment] = [:]
  /// Environments whose events an extension may want to know.
  var heard: [UInt32: EmulatedEnvironment] = [:]
  /// A note has said that ports are shared.
  var hasToldOfPorts = false
  private(set) var calls: [CallNumber: InvokeCall] = [:]
  private var lastCall: CallNumber = 0
  var ids = RequestIDs()
  private var isSettling = false
  private var isHandingOn = false
  /// The moment at which the handler's file was opened last, by any process.
  var latestOpening: Timestamp?
  /// The event that keys send, and steady traffic.
  var event = ByteBuffer(string: "{}")
  var traffic = SteadyTraffic()
  /// Nothing new is begun any more.
  var isEnding = false
  /// Called at its end, once that has begun.
  var ended: (() -> Void)?
  /// Called when callers have to wait for the reader of the events, and when they have no longer.
  var held: (Bool) -> Void = { _ in }
  /// Called with each request when it has been answered.
  var answered: (AnsweredCall) -> Void = { _ in }
  /// Called with the names of the function's files that have changed.
  var codeChanged: (String) -> Void = { _ in }

  init(
    _ settings: EmulatorSettings, _ freezing: Freezing, _ groups: ControlGroups?,
    _ resources: ResourceGroups?, into feed: EventFeed, _ clock: EmulatorClock, on loop: any EventLoop
  ) {
    self.settings = settings
    self.loop = loop
    self.clock = clock
    self.feed = feed
    self.groups = groups
    self.resources = resources
    self.freezing = freezing
    watch = settings.launch.watch.flatMap { FunctionInitWatch($0, clock) }
    var function = settings.function
    function.freezes = freezing != .none
    function.extensions = settings.extensions.map { ExtensionScenario(running: $0.name) }
    // Lambda takes a minute or two to allocate; nobody waits for that here.
    var allocation = function.provisioned ?? ProvisionedConcurrency(environments: 0)
    allocation.delay = 0
    function.provisioned = allocation
    var quotas = AccountQuotas()
    quotas.concurrency = max(settings.mostEnvironments, function.reservedConcurrency ?? 0)
    // Lambda's own ten a second for each environment would refuse a benchmark's requests.
    quotas.requestsPerConcurrency = 1_000_000
    var log = EventLog(source: .emulator)
    log.text = TextStore(limit: 1 << 20)
    driver = FleetDriver(
      [function], quotas, ProcessWorld(retrying: settings.retries), at: clock.now, into: &log)
    self.function = log.catalog.name(function.name)
    self.log = log
    feed.stalled = { [weak self] in self?.hold($0) }
    let this = NIOLoopBound(WeakFleet(self), eventLoop: loop)
    watch?.listen {
      loop.execute {
        this.value.fleet?.lookForFunctionInit()
        this.value.fleet?.handOn()
      }
    }
    codeWatch = settings.code.flatMap { CodeWatch($0, on: loop) { [weak self] in self?.codeHasChanged($0) } }
    settle()
  }

  /// The reader of the events takes too few of them: sources of more wait, so that
  /// nothing is lost and memory is bounded.
  private func hold(_ isHeld: Bool) {
    for environment in environments.values { environment.sandbox.isReadingOutput = !isHeld }
    held(isHeld)
  }

  // MARK: Signals

  /// Brings the driver to the clock's time, so that the next signal happens now.
  func passTime() { driver.pass(to: clock.now) }

  /// Carries out the fleet's orders, and hands on new events.
  func settle() {
    guard !isSettling else { return }
    isSettling = true
    var place = 0
    while place < driver.world.orders.count {
      perform(driver.world.orders[place], at: place)
      place += 1
    }
    driver.world.orders.removeAll(keepingCapacity: true)
    isSettling = false
    handOn()
  }

  /// Hands new events to extensions that want to know, and to the reader of the events.
  func handOn() {
    // Telemetry may lead to more events, which are handed on with these.
    guard !isHandingOn else { return }
    isHandingOn = true
    if !heard.isEmpty { tellTelemetry() }
    feed.take(from: &log)
    isHandingOn = false
  }

  private func tellTelemetry() {
    for event in log.events {
      guard let environment = heard.first(where: { $0.value.id == event.environment })?.value else {
        continue
      }
      environment.api?.telemetry.tell(
        event, log.catalog, trace: environment.work?.trace, version: environment.work?.version)
    }
    heard = heard.filter { $0.value.api?.telemetry.isHeard ?? false }
  }

  private func perform(_ order: WorldOrder, at place: Int) {
    switch order {
    case .wake(let due, let place, let time): wake(due, place, at: time)
    case .setRate(let rate): setRate(rate)
    case .respond(let call, let outcome, let error, let member): respond(call, outcome, error, member)
    case .reject(let call, let rejection): reject(call, rejection)
    case .drop(let call): drop(call)
    case .createSandbox(let member): createSandbox(member)
    case .startRuntime(let generation, let member): startRuntime(generation, member)
    case .startExtensions(let mask, let generation, let member): startExtensions(mask, generation, member)
    case .deliver(let call, let id, let invocation, let deadline, let member):
      deliver(call, id, invocation, until: deadline, member)
    case .deliverToExtensions(let mask, let call, let deadline, let member):
      invokeExtensions(mask, call, until: deadline, member)
    case .sendShutdown(let mask, let reason, let deadline, let member):
      shutDownExtensions(mask, reason, until: deadline, member)
    case .killExtensions(let mask, let generation, let member): killExtensions(mask, generation, member)
    case .freeze(let member):
      if !isThawedAgain(member.birth, after: place) { environments[member.birth]?.freeze() }
    case .thaw(let member): environments[member.birth]?.thaw()
    case .terminateRuntime(let generation, let member):
      environments[member.birth]?.sandbox.signal(EnvironmentProcess.runtime(generation).key, 15)
    case .killRuntime(let generation, let member):
      environments[member.birth]?.sandbox.kill(EnvironmentProcess.runtime(generation).key)
    case .gone(let member): environments[member.birth]?.close()
    }
  }

  /// A request was waiting for it: there is nothing to freeze.
  private func isThawedAgain(_ birth: UInt32, after place: Int) -> Bool {
    driver.world.orders[place...].contains {
      if case .thaw(let member) = $0 { member.birth == birth } else { false }
    }
  }

  private func wake(_ due: Due, _ place: Int, at time: Timestamp) {
    loop.assumeIsolated().scheduleTask(in: .nanoseconds(max(0, time &- clock.now))) { [weak self] in
      guard let self else { return }
      // A fleet that ends tries nothing again.
      if self.isEnding, case .retry = due { return }
      self.passTime()
      if case .deadline = due { self.noteMemory(inSlot: place) }
      self.driver.come(due, place, plannedFor: time, &self.log)
      self.settle()
    }
  }

  // MARK: Environments

  /// Keeps an environment whose sandbox exists.
  func keep(_ environment: EmulatedEnvironment) { environments[environment.birth] = environment }

  /// Forgets an environment of which nothing is left.
  func forget(_ environment: EmulatedEnvironment) {
    environments[environment.birth] = nil
    heard[environment.birth] = nil
  }

  private final class WeakFleet {
    weak var fleet: EmulatedFleet?
    init(_ fleet: EmulatedFleet) { self.fleet = fleet }
  }

  // MARK: Requests

  /// An id that nothing else has.
  func newID() -> RequestID { ids.next() }

  /// Numbers a call that has come.
  func add(_ request: CallRequest) -> InvokeCall {
    lastCall += 1
    let call = InvokeCall(lastCall, request, at: clock.now)
    calls[lastCall] = call
    return call
  }

  /// The clock's time.
  var now: Timestamp { clock.now }
  /// Removes a call that is over, and returns it.
  func take(_ number: CallNumber) -> InvokeCall? { calls.removeValue(forKey: number) }

  private func setRate(_ rate: Int64) {
    traffic.set(rate, on: loop) { [weak self] in
      guard let self, !self.feed.isStalled else { return }
      self.request(1)
    }
  }

  /// Sends requests of our own, with the chosen event.
  func request(_ count: Int) {
    for _ in 0..<count {
      let wishes = CallerWishes(functionName: settings.function.name)
      invoke(CallRequest(id: newID(), event: event, wishes: wishes))
    }
  }
}
