package import EventSources
internal import Glibc
package import LambdaLifecycle
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The emulator behind `lanes run`: the Runtime and Invoke APIs over real processes, on a thread of its own. It reports
/// what happens as lines of a recording.
package final class Emulator: Sendable {
  /// The address at which functions are called: `127.0.0.1:9000`.
  package let address: String
  /// Facts about this machine for a header: how processes are frozen, and what they see.
  package let notes: [String]
  private let loops: MultiThreadedEventLoopGroup
  private let parts: Parts
  private let input: EventInput

  private init(
    address: String, notes: [String], _ loops: MultiThreadedEventLoopGroup, _ parts: Parts,
    _ input: EventInput
  ) {
    self.address = address
    self.notes = notes
    self.loops = loops
    self.parts = parts
    self.input = input
  }

  private struct Parts: Sendable {
    var fleet: NIOLoopBound<EmulatedFleet>
    var listener: NIOLoopBound<HTTPListener>
    /// Kept because the listener does not keep it.
    var callerAPI: NIOLoopBound<CallerAPI>
  }

  private var fleet: NIOLoopBound<EmulatedFleet> { parts.fleet }

  /// Begins to take requests; but for provisioned concurrency nothing of the function is started before the first one.
  /// - Parameters:
  ///   - input: gets the recording's lines.
  ///   - answered: called on the emulator's thread with each call that has been answered.
  ///   - codeChanged: called on the same thread with the names of the function's files that have changed.
  /// - Throws: `EmulatorError` where the port is taken, or something asked for cannot be had.
  package static func start(
    _ settings: EmulatorSettings, into input: EventInput,
    answered: @escaping @Sendable (AnsweredCall) -> Void = { _ in },
    codeChanged: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(EmulatorError) -> Emulator {
    ControlGroups.removeStale()
    let wantsGroups = settings.freezing == .auto || settings.freezing == .cgroup
    let controlGroups = wantsGroups || settings.limitsResources ? ControlGroups.find() : nil
    let resources = settings.limitsResources ? ResourceGroups(beside: controlGroups) : nil
    let freezing: Freezing
    switch settings.freezing {
    case .auto: freezing = Freezing(best: controlGroups)
    case .cgroup:
      guard controlGroups != nil else {
        throw EmulatorError(
          description:
            "--freeze cgroup needs a cgroup v2 folder that can be written; here there is none: --freeze signal does without"
        )
      }
      freezing = .controlGroup
    case .signal: freezing = .signals
    case .off: freezing = .none
    }
    let loops = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = loops.next()
    let groupsThere = NIOLoopBoundBox<ControlGroups?>.makeBoxSendingValue(controlGroups, eventLoop: loop)
    let host = settings.host ?? "127.0.0.1"
    let begun = loop.flatSubmit { () -> EventLoopFuture<(Parts, String?, Int)> in
      let clock = EmulatorClock()
      let feed = EventFeed(into: input, origin: clock.start, on: loop)
      let fleet = EmulatedFleet(settings, freezing, groupsThere.value, resources, into: feed, clock, on: loop)
      fleet.answered = answered
      fleet.codeChanged = codeChanged
      let callerAPI = CallerAPI(
        fleet, check: CallerCheck(host: settings.host),
        malformed: MalformedRequests(on: loop) { [weak fleet] in fleet?.note($0) })
      let listener = HTTPListener(callerAPI, on: loop, connections: 1_000)
      fleet.held = { [weak listener] in listener?.isReading = !$0 }
      let parts = Parts(
        fleet: NIOLoopBound(fleet, eventLoop: loop), listener: NIOLoopBound(listener, eventLoop: loop),
        callerAPI: NIOLoopBound(callerAPI, eventLoop: loop))
      let promise = loop.makePromise(of: (Parts, String?, Int).self)
      listener.listen(host: host, port: settings.port) { promise.succeed((parts, $0, listener.port)) }
      return promise.futureResult
    }
    let result: (Parts, String?, Int)
    do { result = try begun.wait() } catch {
      throw EmulatorError(description: "The emulator cannot begin: \(error)")
    }
    if let problem = result.1 {
      try? loop.submit { result.0.fleet.value.letGo() }.wait()
      loops.shutdownGracefully { _ in }
      throw EmulatorError(
        description:
          "lanes run cannot listen on \(host):\(settings.port): \(problem). --port names another port, 0 any that is free."
      )
    }
    // Programs that listen at sandbox.localdomain find no such name.
    let hasName = settings.extensions.isEmpty || settings.isolation?.bubblewrap != nil
    let isOpen = settings.host.map { !CallerCheck.isLoopback($0) } ?? false
    let isAny = host == "0.0.0.0" || host == "::"
    return Emulator(
      address: isAny
        ? "127.0.0.1:\(result.2)" : host.contains(":") ? "[\(host)]:\(result.2)" : "\(host):\(result.2)",
      notes: (isOpen ? ["OPEN: whoever reaches port \(result.2) can run it"] : [])
        + (resources?.notes(megabytes: settings.function.memoryMB) ?? []) + [freezing.note]
        + (settings.isolation?.notes ?? [Isolation.bareNote]) + (hasName ? [] : ["no sandbox.localdomain"]),
      loops, result.0, input)
  }

  /// The settings that the fleet has now.
  package var fleetSettings: FleetSettings? {
    try? fleet.eventLoop.submit { self.fleet.value.driver.settings }.wait()
  }

  /// No environment works on a request: the runtime of each has asked for more, and so have its extensions.
  package var isAtRest: Bool {
    (try? fleet.eventLoop.submit { self.fleet.value.isAtRest }.wait()) ?? true
  }

  /// Performs the command of a key.
  /// - Parameter event: the payload of requests from now on; nil for the one before.
  package func perform(_ command: SimulationCommand, event: [UInt8]? = nil) {
    fleet.eventLoop.execute {
      let fleet = self.fleet.value
      if let event { fleet.event = ByteBuffer(bytes: event.isEmpty ? Array("{}".utf8) : event) }
      fleet.perform(command)
    }
  }

  /// Takes no more requests and ends all processes; waits until they are gone, for a bounded time.
  /// - Parameters:
  ///   - drain: called again and again while it waits; it should empty the inbox.
  ///   - isImpatient: asked as often; true kills what still runs at once.
  package func end(drain: () -> Void = {}, isImpatient: () -> Bool = { false }) {
    let flag = EndFlag()
    fleet.eventLoop.execute {
      // Callers of requests that run get their answers before their connections are closed.
      self.parts.listener.value.stop()
      self.fleet.value.end { flag.raise() }
    }
    let deadline = ContinuousClock.now + .seconds(4)
    while !flag.isRaised, ContinuousClock.now < deadline {
      drain()
      if isImpatient() { kill() }
      usleep(2_000)
    }
    // Supervisors that are left end with us, and their processes with them.
    try? fleet.eventLoop.submit {
      if !flag.isRaised { self.fleet.value.letGo() }
      self.parts.listener.value.close()
    }.wait()
    drain()
    input.end()
    drain()
    loops.shutdownGracefully { _ in }
  }

  /// Ends all processes at once.
  package func kill() { fleet.eventLoop.execute { self.fleet.value.killAll() } }
}

/// A sign between threads that something has ended.
private final class EndFlag: Sendable {
  private let state = Atomic<Bool>(false)
  var isRaised: Bool { state.load(ordering: .acquiring) }
  func raise() { state.store(true, ordering: .releasing) }
}

extension EmulatedFleet {
  /// Performs the command of a key.
  func perform(_ command: SimulationCommand) {
    passTime()
    switch command {
    case .request(_, let count, let pause, _):
      if pause == 0 { return request(count) }
      for place in 0..<count {
        loop.assumeIsolated().scheduleTask(in: .nanoseconds(pause &* Int64(place))) { [weak self] in
          if self?.isEnding == false { self?.request(1) }
        }
      }
    case .set(let setting, let value, let function): driver.set(setting, to: value, of: function, &log)
    case .shutDown(let birth): driver.shutDown(birth, &log)
    case .shutDownAll: driver.shutDownAll(&log)
    case .crash(let birth):
      if let environment = environments[birth], let api = environment.api {
        environment.sandbox.kill(EnvironmentProcess.runtime(api.generation).key)
      }
    }
    settle()
  }
}
