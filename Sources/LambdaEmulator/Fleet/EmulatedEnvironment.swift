internal import Glibc
internal import LambdaLifecycle
internal import NIOCore

/// One execution environment of real processes: its sandbox, the address of its runtime, what it prints.
final class EmulatedEnvironment {
  /// The invocation that its runtime works on.
  struct Work {
    let call: CallNumber
    let id: RequestID
    let text: String
    let invocation: Invocation
    /// When it got the event.
    let begin: Timestamp
  }

  /// Its running number and its place in the fleet, which another one may take when it is gone.
  let birth: UInt32
  let slot: Int
  /// As events name it.
  let id: EnvironmentID
  /// As they were when the environment was created.
  let memoryMB: Int32
  let timeout: Nanoseconds
  let type: InitializationType
  let logStream: String
  let sandbox: Sandbox
  private weak var owner: (any EnvironmentOwner)?
  private let loop: any EventLoop
  private(set) var runtime: RuntimeAPI?
  private(set) var work: Work?
  var lines = OutputLines()
  var tail = LogTail()
  /// Its runtime initializes and has not asked for an event yet.
  private(set) var isInitializing = false
  private var hasReset = false
  /// When that began, and how long the first one took, until an invocation has told of it.
  private(set) var initBegin: Timestamp?
  private(set) var initDuration: Nanoseconds?
  /// And nobody has seen yet where it began to load the function.
  private(set) var awaitsFunctionInit = false
  /// How its runtime ended last, in Lambda's words.
  private(set) var end = "Runtime exited"
  /// What its runtime said of an init that failed.
  private(set) var initFailure: FunctionAnswer?
  /// No process can be started in it any more; why.
  private(set) var trouble: String?

  init(
    _ member: FleetMember, id: EnvironmentID, _ function: FunctionScenario, logStream: String,
    _ sandbox: SandboxSettings, owner: any EnvironmentOwner, on loop: any EventLoop
  ) {
    birth = member.birth
    slot = member.slot
    self.id = id
    memoryMB = function.memoryMB
    timeout = function.timeout
    type = member.type
    self.logStream = logStream
    self.owner = owner
    self.loop = loop
    // What the sandbox tells comes later, when there is somebody to hear it.
    let ear = Ear()
    self.sandbox = Sandbox(sandbox, on: loop) { ear.environment?.hear($0) }
    ear.environment = self
  }

  private final class Ear { weak var environment: EmulatedEnvironment? }

  // MARK: Processes

  /// Starts the runtime of a generation, at an address of its own.
  /// - Parameter now: what the clock says.
  func start(
    _ generation: Generation, host: String, at now: Timestamp, _ order: @escaping (String) -> ProcessOrder
  ) {
    runtime?.close()
    work = nil
    initFailure = nil
    hasReset = initBegin != nil
    initBegin = now
    // Whatever the generation before has left, as a daemon, must not be there any more.
    sandbox.sweep()
    let api = RuntimeAPI(self, generation, on: loop)
    runtime = api
    if let trouble { return fail(.sandboxFailure, trouble, generation) }
    api.listener?.listen(host: host, port: 0) { [weak self] problem in
      guard let self, self.runtime === api else { return }
      if let problem {
        return self.fail(.sandboxFailure, "no address for the Runtime API: \(problem)", generation)
      }
      self.isInitializing = true
      self.awaitsFunctionInit = true
      self.sandbox.start(order("\(host):\(api.listener?.port ?? 0)"), as: ProcessKey(generation))
    }
  }

  func deliver(_ event: RuntimeEvent, _ work: Work) {
    self.work = work
    runtime?.deliver(event)
  }

  /// Function init has begun.
  func functionInitSeen() { awaitsFunctionInit = false }

  /// Its runtime has asked for its first event.
  func noteInit(endedAt now: Timestamp) {
    // A reset's init is in the duration of the invocation that it runs in.
    if let initBegin, !hasReset { initDuration = now &- initBegin }
  }

  /// What has been told of the first init is not told again.
  func takeInitDuration() -> Nanoseconds? {
    defer { initDuration = nil }
    return initDuration
  }

  /// Its runtime asks for its first event, or has ended.
  func initIsOver() { (isInitializing, awaitsFunctionInit) = (false, false) }

  /// Ends all of it; `closed` is told by its owner's `environmentClosed`.
  func close() {
    runtime?.close()
    runtime = nil
    guard trouble != nil else { return sandbox.close() }
    // There is nothing to wait for; but whoever asks may be going through all of them.
    loop.assumeIsolated().execute { self.owner?.environmentClosed(self) }
  }

  private func fail(_ error: ErrorType, _ words: String, _ generation: Generation) {
    end = words
    // Not while the fleet is asking for it.
    loop.assumeIsolated().execute { [weak self] in
      guard let self else { return }
      self.owner?.receive(.runtimeExited(error, generation), self)
    }
  }

  private func hear(_ event: SandboxEvent) {
    switch event {
    case .opened: owner?.receive(.sandboxReady, self)
    case .failed(let why):
      trouble = why
      owner?.sandboxFailed(self, why)
    case .started: break
    case .notStarted(let key, let number):
      initIsOver()
      let why = String(cString: strerror(number))
      let hint =
        number == ENOEXEC
        ? " (a script begins with #! and the program that reads it)"
        : number == ENOENT ? " (or the program that its first line names is not there)" : ""
      end = "Couldn't start the runtime: \(why)\(hint)"
      owner?.receive(.runtimeExited(.runtimeInvalidEntrypoint, Generation(truncatingIfNeeded: key)), self)
    case .ended(let key, let end, _): processEnded(Generation(truncatingIfNeeded: key), end)
    case .output(_, let bytes): owner?.printed(bytes, self)
    case .closed: owner?.environmentClosed(self)
    }
  }

  /// What it has sent before its end may still be on its way: its connections are read to their ends first.
  private func processEnded(_ generation: Generation, _ end: ProcessEnd) {
    self.end = end.words
    if generation == runtime?.generation, isInitializing { owner?.initEnds(of: self) }
    owner?.printedAll(self)
    let isForWantOfMemory = end == .signaled(SIGKILL) && sandbox.hasRunOutOfMemory()
    let error: ErrorType = isForWantOfMemory ? .runtimeOutOfMemory : .runtimeExitError
    // A connection that nobody has taken yet is seen by the second look.
    waitForConnections(generation, error, looks: 2, until: .now() + .milliseconds(100))
  }

  private func waitForConnections(
    _ generation: Generation, _ error: ErrorType, looks: Int, until deadline: NIODeadline
  ) {
    loop.assumeIsolated().scheduleTask(in: .microseconds(200)) { [weak self] in
      guard let self else { return }
      let isOpen = self.runtime.map { $0.generation == generation && $0.hasConnections } ?? false
      if (isOpen || looks > 1) && NIODeadline.now() < deadline {
        return self.waitForConnections(
          generation, error, looks: isOpen ? 2 : looks - 1, until: deadline)
      }
      // After a reset nothing of it runs, however it ended: its children and daemons neither.
      if self.runtime?.generation == generation { self.sandbox.sweep() }
      self.owner?.receive(.runtimeExited(error, generation), self)
    }
  }
}

extension EmulatedEnvironment: RuntimeCalls {
  var stateName: String { owner?.runtimeState(of: self) ?? "Started" }

  func asks(_ generation: Generation, accepted: () -> Void) -> Reception {
    owner?.runtimeAsks(self, generation) {
      // What is printed from now on is no longer that request's.
      self.work = nil
      accepted()
    } ?? .stale
  }

  func answers(_ answer: FunctionAnswer, to id: String, _ generation: Generation) -> Reception? {
    guard let work, work.text == id, runtime?.generation == generation else { return nil }
    return owner?.runtimeAnswers(answer, work, self)
  }

  func initFailed(_ answer: FunctionAnswer, _ generation: Generation) -> Reception {
    guard let owner else { return .stale }
    let reception = owner.runtimeInitFailed(answer, self, generation)
    if reception == .accepted { initFailure = answer }
    return reception
  }

  func settle() { owner?.settle() }
}

/// Whom an environment tells what its processes do: a fleet.
protocol EnvironmentOwner: AnyObject {
  /// Takes a signal and does what follows.
  func receive(_ signal: Signal, _ environment: EmulatedEnvironment)
  func runtimeAsks(
    _ environment: EmulatedEnvironment, _ generation: Generation, accepted: () -> Void
  ) -> Reception
  func runtimeAnswers(
    _ answer: FunctionAnswer, _ work: EmulatedEnvironment.Work, _ environment: EmulatedEnvironment
  ) -> Reception
  func runtimeInitFailed(
    _ answer: FunctionAnswer, _ environment: EmulatedEnvironment, _ generation: Generation
  ) -> Reception
  func runtimeState(of environment: EmulatedEnvironment) -> String
  /// Its runtime asks for its first event, or has ended before.
  func initEnds(of environment: EmulatedEnvironment)
  func settle()
  func printed(_ bytes: ByteBuffer, _ environment: EmulatedEnvironment)
  /// Nothing follows for now what was printed last.
  func printedAll(_ environment: EmulatedEnvironment)
  func sandboxFailed(_ environment: EmulatedEnvironment, _ why: String)
  func environmentClosed(_ environment: EmulatedEnvironment)
}

extension ProcessEnd {
  /// As Lambda tells it (handlers.go of the emulator).
  var words: String {
    switch self {
    case .exited(0): "Runtime exited without providing a reason"
    case .exited(let status): "Runtime exited with error: exit status \(status)"
    case .signaled(let number):
      "Runtime exited with error: signal: \(String(cString: strsignal(number)).lowercased())"
    }
  }
}
