internal import Glibc
internal import LambdaLifecycle
internal import NIOCore

/// One execution environment of real processes: its sandbox, the address of its runtime, its output.
final class EmulatedEnvironment {
  /// The invocation that its runtime works on.
  struct Work {
    let call: CallNumber
    let id: RequestID
    let text: String
    /// Names the attempt.
    let attempt: String
    let invocation: Invocation
    /// By X-Ray's header.
    let trace: String
    let version: String
    /// The moment it got the event.
    let begin: Timestamp
  }

  /// Its running number and its place in the fleet, which another one may take when it is gone.
  let birth: UInt32
  let slot: Int
  /// As events name it.
  let id: EnvironmentID
  /// As they were when the environment was created.
  private let function: FunctionScenario
  var memoryMB: Int32 { function.memoryMB }
  var timeout: Nanoseconds { function.timeout }
  let type: InitializationType
  let logStream: String
  let sandbox: Sandbox
  weak var owner: (any EnvironmentOwner)?
  let loop: any EventLoop
  private(set) var api: EnvironmentAPI?
  private(set) var work: Work?
  var lines = OutputLines()
  /// The output of its extensions.
  var extensionLines = OutputLines()
  var tail = LogTail()
  var initialization = EnvironmentInit()
  /// Processes that were started and have not ended.
  private(set) var running: Set<ProcessKey> = []
  /// Those of extensions that have said that they fail, with the time that each has to end by itself.
  var leaving: [ProcessKey: TimeAmount] = [:]
  /// The end of the runtime, or the failure before it, in Lambda's words.
  var end = "Runtime exited"
  /// The runtime's error for an init that failed.
  private(set) var initFailure: FunctionAnswer?
  /// The reason why no process can be started in it any more; nil where one can.
  private(set) var trouble: String?

  init(
    _ member: FleetMember, id: EnvironmentID, _ function: FunctionScenario, logStream: String,
    _ sandbox: SandboxSettings, owner: any EnvironmentOwner, on loop: any EventLoop
  ) {
    birth = member.birth
    slot = member.slot
    self.id = id
    self.function = function
    type = member.type
    self.logStream = logStream
    self.owner = owner
    self.loop = loop
    // The sandbox's first event comes later, when there is somebody to hear it.
    let ear = Ear()
    self.sandbox = Sandbox(sandbox, on: loop) { ear.environment?.hear($0) }
    ear.environment = self
  }

  private final class Ear { weak var environment: EmulatedEnvironment? }

  // MARK: Processes

  /// Starts processes of a generation, which call an address of their own: external extensions first, where there are any.
  /// - Parameters:
  ///   - now: the clock's time.
  ///   - orders: makes the processes to start, once the address is known.
  func start(
    _ generation: Generation, host: String, extensions: [String], at now: Timestamp,
    _ orders: @escaping (String) -> [(EnvironmentProcess, ProcessOrder)]
  ) {
    if let api, api.generation == generation, let port = api.listener?.port {
      return start(orders("\(host):\(port)"), at: now)
    }
    begin(generation, extensions, at: now)
    guard let api else { return }
    if let trouble { return failToStart(orders(""), trouble) }
    api.listener?.listen(host: host, port: 0) { [weak self] problem in
      guard let self, self.api === api else { return }
      if let problem {
        return self.failToStart(orders(""), "no address for the Runtime API: \(problem)")
      }
      self.start(orders("\(host):\(api.listener?.port ?? 0)"), at: now)
    }
  }

  private func begin(_ generation: Generation, _ names: [String], at now: Timestamp) {
    api?.close()
    work = nil
    initFailure = nil
    initialization.begins(at: now)
    // Daemons that the generation before has left must not be there any more.
    sandbox.sweep()
    let extensions = ExtensionsAPI(self, generation, names: names)
    let facts = TelemetryWriter.Facts(
      function: function.name, runtime: function.runtime, instance: logStream, memoryMB: memoryMB,
      type: type, isSuppressedInit: !initialization.isFirst)
    api = EnvironmentAPI(
      generation, runtime: RuntimeAPI(self, generation), extensions: extensions,
      telemetry: TelemetryAPI(self, extensions, facts, host: listeningHost, on: loop), on: loop
    ) { [weak self] in
      guard let self else { return }
      self.owner?.note($0, self)
      self.owner?.settle()
    }
    api?.telemetry.initBegins(at: now)
  }

  /// The host at which its processes listen for each other: a place of its own
  /// where they know that by its name.
  private var listeningHost: String { sandbox.address ?? "127.0.0.1" }

  private func start(_ orders: [(EnvironmentProcess, ProcessOrder)], at now: Timestamp) {
    for (process, order) in orders {
      if case .runtime = process {
        initialization.runtimeStarts(at: now)
        api?.telemetry.runtimeStarts()
      }
      running.insert(process.key)
      sandbox.start(order, as: process.key)
    }
  }

  /// Returns the processes that run, the runtime first: their sandbox is gone, and nobody reports their ends.
  func takeRunning() -> [EnvironmentProcess] {
    defer { running = [] }
    return running.sorted { $0 < $1 }.map { EnvironmentProcess($0) }
  }

  /// Stops whatever runs in it; telemetry for its extensions waits, too.
  func freeze() {
    sandbox.freeze()
    api?.telemetry.freeze()
  }

  func thaw() {
    sandbox.thaw()
    api?.telemetry.thaw()
  }

  /// Hands an event to the runtime.
  func deliver(_ event: RuntimeEvent, _ work: Work) {
    self.work = work
    api?.runtime.deliver(event)
  }

  /// Ends all of it; its owner's `environmentClosed` follows.
  func close() {
    api?.close()
    api = nil
    guard trouble != nil else { return sandbox.close() }
    // There is nothing to wait for; but the caller may be going through all environments.
    loop.assumeIsolated().execute { self.owner?.environmentClosed(self) }
  }

  private func failToStart(_ orders: [(EnvironmentProcess, ProcessOrder)], _ words: String) {
    end = words
    // Not while the fleet is asking for it.
    loop.assumeIsolated().execute { [weak self] in
      guard let self else { return }
      for (process, _) in orders {
        switch process {
        case .runtime(let generation):
          self.owner?.receive(.runtimeExited(.sandboxFailure, generation), self)
        case .extension(let index, let generation):
          self.owner?.receive(.extensionFailed(index, .sandboxFailure, generation), self)
          self.owner?.receive(.extensionExited(index, generation), self)
        }
      }
    }
  }

  private func hear(_ event: SandboxEvent) {
    switch event {
    case .opened: owner?.receive(.sandboxReady, self)
    case .failed(let why):
      trouble = why
      owner?.sandboxFailed(self, why)
    case .started: break
    case .notStarted(let key, let number): notStarted(EnvironmentProcess(key), number)
    case .ended(let key, let end, _): processEnded(EnvironmentProcess(key), end)
    case .output(.function, let bytes): owner?.printed(bytes, self)
    case .output(.extensions, let bytes): owner?.extensionsPrinted(bytes, self)
    case .closed: owner?.environmentClosed(self)
    }
  }

  private func notStarted(_ process: EnvironmentProcess, _ number: Int32) {
    running.remove(process.key)
    let why = String(cString: strerror(number))
    let hint =
      number == ENOEXEC
      ? " (a script begins with #! and the program that reads it)"
      : number == ENOENT ? " (or the program that its first line names is not there)" : ""
    switch process {
    case .runtime(let generation):
      initialization.runtimeHasLoaded()
      end = "Couldn't start the runtime: \(why)\(hint)"
      owner?.receive(.runtimeExited(.runtimeInvalidEntrypoint, generation), self)
    case .extension(let index, let generation):
      end = "Couldn't start the extension: \(why)\(hint)"
      owner?.extensionNotStarted(index, "\(why)\(hint)", generation, self)
    }
  }

  /// Requests that it sent before its end may still be on their way.
  private func processEnded(_ process: EnvironmentProcess, _ end: ProcessEnd) {
    running.remove(process.key)
    switch process {
    case .runtime(let generation):
      self.end = end.words
      if generation == api?.generation, initialization.isLoading { owner?.initEnds(of: self) }
      owner?.printedAll(self)
      let isForWantOfMemory = end == .signaled(SIGKILL) && sandbox.hasRunOutOfMemory()
      let error: ErrorType = isForWantOfMemory ? .runtimeOutOfMemory : .runtimeExitError
      hearTheRest(of: generation) { $0.owner?.receive(.runtimeExited(error, generation), $0) }
    case .extension(let index, let generation):
      owner?.extensionsPrintedAll(self)
      hearTheRest(of: generation) {
        // An extension that has said itself why it ends has ended the invocation.
        if $0.work == nil || $0.api?.generation == generation { $0.end = end.wordsOfExtension }
        $0.owner?.extensionEnded(index, end, generation, $0)
      }
    }
  }

  /// Looks until everything sent before the end has been read: a connection that nobody has taken yet is seen
  /// by the second look; a body may be long.
  private func hearTheRest(of generation: Generation, _ then: @escaping (EmulatedEnvironment) -> Void) {
    look(3, at: generation, until: .now() + .milliseconds(100)) { environment in
      // After a reset nothing of it runs, however it ended: its children and daemons neither.
      if environment.running.isEmpty { environment.sandbox.sweep() }
      then(environment)
    }
  }

  private func look(
    _ looks: Int, at generation: Generation, until deadline: NIODeadline,
    _ then: @escaping (EmulatedEnvironment) -> Void
  ) {
    loop.assumeIsolated().scheduleTask(in: .microseconds(200)) { [weak self] in
      guard let self else { return }
      let isReceiving = self.api.map { $0.generation == generation && $0.isReceiving } ?? false
      if (isReceiving || looks > 1) && NIODeadline.now() < deadline {
        return self.look(isReceiving ? 2 : looks - 1, at: generation, until: deadline, then)
      }
      then(self)
    }
  }
}

extension EmulatedEnvironment: RuntimeCalls {
  var stateName: String { owner?.runtimeState(of: self) ?? "Started" }

  func asks(_ generation: Generation, accepted: () -> Void) -> Reception {
    owner?.runtimeAsks(self, generation) {
      // Lines printed from now on are no longer that request's.
      self.work = nil
      accepted()
    } ?? .stale
  }

  func answers(_ answer: FunctionAnswer, to id: String, _ generation: Generation) -> Reception? {
    guard let work, work.text == id, api?.generation == generation else { return nil }
    return owner?.runtimeAnswers(answer, work, self)
  }

  func isAttempt(_ attempt: String, at id: String) -> Bool {
    attempt == (work.flatMap { $0.text == id ? $0.attempt : nil } ?? id)
  }

  func streams(to id: String, contentType: String, _ generation: Generation) -> (any CallerStream)? {
    guard let work, work.text == id, api?.generation == generation else { return nil }
    return owner?.runtimeStreams(contentType, work, self)
  }

  func initFailed(_ answer: FunctionAnswer, _ generation: Generation) -> Reception {
    guard let owner else { return .stale }
    let reception = owner.runtimeInitFailed(answer, self, generation)
    if reception == .accepted { initFailure = answer }
    return reception
  }

  func settle() { owner?.settle() }
}
