internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

/// Gives a fleet real processes: what the fleet asks for is done here, and what processes and callers do becomes its
/// signals. All of it happens on one event loop.
final class EmulatedFleet {
  let settings: EmulatorSettings
  let loop: any EventLoop
  let clock: EmulatorClock
  private let feed: EventFeed
  private let groups: ControlGroups?
  private let freezing: Freezing
  private let watch: FunctionInitWatch?
  var driver: FleetDriver<ProcessWorld>
  var log: EventLog
  let function: Name
  /// Those whose sandboxes exist, by their running numbers.
  private(set) var environments: [UInt32: EmulatedEnvironment] = [:]
  /// Those whose events an extension may want to know.
  var heard: [UInt32: EmulatedEnvironment] = [:]
  private(set) var calls: [CallNumber: InvokeCall] = [:]
  private var lastCall: CallNumber = 0
  private var ids = RequestIDs()
  private var isSettling = false
  /// When the handler's file was opened last, by whomever.
  private(set) var latestOpening: Timestamp?
  /// What keys send, and steady traffic.
  var event = ByteBuffer(string: "{}")
  private var traffic = SteadyTraffic()
  private var ended: (() -> Void)?
  /// Called when callers have to wait for whoever reads the events, and when they have no longer.
  var held: (Bool) -> Void = { _ in }
  /// Told of each request when it is answered.
  var answered: (AnsweredCall) -> Void = { _ in }

  init(
    _ settings: EmulatorSettings, _ freezing: Freezing, _ groups: ControlGroups?, into feed: EventFeed,
    _ clock: EmulatorClock, on loop: any EventLoop
  ) {
    self.settings = settings
    self.loop = loop
    self.clock = clock
    self.feed = feed
    self.groups = groups
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
    // Lambda's own ten a second for each environment would refuse what a benchmark sends.
    quotas.requestsPerConcurrency = 1_000_000
    var log = EventLog(source: .emulator)
    log.text = TextStore(limit: 1 << 20)
    driver = FleetDriver([function], quotas, ProcessWorld(), at: clock.now, into: &log)
    self.function = log.catalog.name(function.name)
    self.log = log
    feed.stalled = { [weak self] in self?.hold($0) }
    let this = NIOLoopBound(WeakFleet(self), eventLoop: loop)
    watch?.listen { loop.execute { this.value.fleet?.lookForFunctionInit() } }
    settle()
  }

  /// Whoever reads the events takes too few of them: what brings more waits, so that nothing is lost and memory is bounded.
  private func hold(_ isHeld: Bool) {
    for environment in environments.values { environment.sandbox.isReadingOutput = !isHeld }
    held(isHeld)
  }

  // MARK: Signals

  /// It is as late as the clock says: what is told next happens now.
  func passTime() { driver.pass(to: clock.now) }

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

  /// Hands what has happened to extensions that want to know, and to whoever reads the events.
  func handOn() {
    if !heard.isEmpty { tellTelemetry() }
    feed.take(from: &log)
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
      self.passTime()
      self.driver.come(due, place, plannedFor: time, &self.log)
      self.settle()
    }
  }

  // MARK: Environments

  private func createSandbox(_ member: FleetMember) {
    let name = log.catalog.name("env-\(member.birth)")
    let sandbox = SandboxSettings(
      program: [settings.supervisor], freezing: freezing,
      controlGroup: freezing == .controlGroup ? groups?.environment(Int(member.birth)) : nil)
    let bits = ids.next().uuid.filter { $0 != "-" }
    let day = CalendarDate.text(clock.now).prefix(10).replacing("-", with: "/")
    let environment = EmulatedEnvironment(
      member, id: log.catalog.environment(name, of: function), driver.settings.functions[0],
      logStream: "\(day)/[$LATEST]\(bits)", sandbox, owner: self, on: loop)
    environments[member.birth] = environment
    environment.sandbox.isReadingOutput = !feed.isStalled
    environment.sandbox.open()
  }

  private func startRuntime(_ generation: Generation, _ member: FleetMember) {
    guard let environment = environments[member.birth] else { return }
    // What was opened before is not this one's beginning.
    lookForFunctionInit()
    let (launch, variables) = (settings.launch, settings.variables)
    let names = settings.extensions.map(\.name)
    environment.start(generation, host: "127.0.0.1", extensions: names, at: clock.now) { address in
      let order = ProcessOrder(
        arguments: launch.command,
        environment: variables.variables(
          runtimeAPI: address, logStream: environment.logStream, memory: environment.memoryMB,
          type: environment.type),
        directory: launch.directory, output: .function)
      return [(.runtime(generation), order)]
    }
    heard[environment.birth] = environment
  }

  private final class WeakFleet {
    weak var fleet: EmulatedFleet?
    init(_ fleet: EmulatedFleet) { self.fleet = fleet }
  }

  /// Where the handler's file is opened, function init begins. Which environment did it, nobody says: of several it is taken to
  /// be the one that has been initializing for longest.
  func lookForFunctionInit() {
    for moment in watch?.take() ?? [] {
      latestOpening = moment
      let loading = environments.values.filter(\.initialization.isLoading)
      let oldest = loading.filter(\.initialization.awaitsFunction).min { $0.birth < $1.birth }
      guard let oldest else { return }
      oldest.initialization.functionIsSeen()
      let mark = Mark(.functionInit, .begin, isInferred: loading.count > 1)
      write(.mark(mark), of: oldest, at: moment)
    }
    handOn()
  }

  /// Writes an event that no signal tells.
  /// - Parameter time: now, where it is nil.
  func write(
    _ kind: LifecycleEvent.Kind, of environment: EmulatedEnvironment, at time: Timestamp? = nil
  ) {
    log.append(
      LifecycleEvent(
        time: time ?? clock.now, function: function, environment: environment.id,
        request: environment.work?.id ?? .none, kind: kind))
  }

  // MARK: Requests

  func add(_ event: ByteBuffer, reply: HTTPReply?, _ wishes: CallerWishes) -> InvokeCall {
    lastCall += 1
    let call = InvokeCall(lastCall, ids.next(), event: event, reply: reply, wishes, at: clock.now)
    calls[lastCall] = call
    return call
  }

  var now: Timestamp { clock.now }
  func newID() -> RequestID { ids.next() }

  func take(_ number: CallNumber) -> InvokeCall? { calls.removeValue(forKey: number) }

  private func setRate(_ rate: Int64) {
    traffic.set(rate, on: loop) { [weak self] in
      guard let self, !self.feed.isStalled else { return }
      self.request(1)
    }
  }

  /// Sends requests of our own, with the event that is chosen.
  func request(_ count: Int) {
    for _ in 0..<count { invoke(event, reply: nil, CallerWishes(functionName: settings.function.name)) }
  }

  // MARK: Its end

  /// How long what runs goes on when the emulator ends; and how long a shutdown may take: extensions have 2,000 ms
  /// (runtimes-extensions-api page).
  private static let patience = TimeAmount.milliseconds(500)
  private static let shutdownPatience = TimeAmount.milliseconds(2_600)

  /// Takes no more requests, lets environments go, and after a while whatever runs.
  func end(_ done: @escaping () -> Void) {
    ended = done
    traffic.stop()
    passTime()
    driver.end(&log)
    settle()
    loop.assumeIsolated().scheduleTask(in: Self.patience) { [weak self] in self?.killBusy() }
    loop.assumeIsolated().scheduleTask(in: Self.shutdownPatience) { [weak self] in self?.killAll() }
    finishIfEmpty()
  }

  /// Ends those that do not shut down already.
  private func killBusy() {
    for environment in environments.values {
      switch driver.fleet.state(of: environment.slot) {
      case .runtimeShutdown,
        .extensionShutdown where isCurrent(environment):
        break
      default: environment.close()
      }
    }
  }

  /// Ends all processes at once.
  func killAll() {
    for environment in environments.values { environment.close() }
    finishIfEmpty()
  }

  func environmentClosed(_ environment: EmulatedEnvironment) {
    environments[environment.birth] = nil
    heard[environment.birth] = nil
    handOn()
    finishIfEmpty()
  }

  private func finishIfEmpty() {
    guard environments.isEmpty, let ended else { return }
    self.ended = nil
    letGo()
    feed.take(from: &log)
    feed.finish(ended)
  }

  /// Gives back what it has of the system.
  func letGo() {
    groups?.remove()
    watch?.end()
  }
}
