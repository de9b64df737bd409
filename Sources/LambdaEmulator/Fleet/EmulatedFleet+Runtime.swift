internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

// What environments tell.

extension EmulatedFleet: EnvironmentOwner {
  /// The environment is the one in its slot.
  private func isCurrent(_ environment: EmulatedEnvironment) -> Bool {
    driver.fleet.birth(of: environment.slot) == environment.birth
  }

  func receive(_ signal: Signal, _ environment: EmulatedEnvironment) {
    guard isCurrent(environment) else { return }
    passTime()
    noteMemory(inSlot: environment.slot)
    driver.receive(signal, environment.slot, &log)
    settle()
  }

  /// What an environment has used is in the report that may follow.
  func noteMemory(inSlot slot: Int) {
    guard let environment = environments[driver.fleet.birth(of: slot)],
      let megabytes = environment.sandbox.peakMegabytes()
    else { return }
    driver.noteMemory(megabytes, in: slot)
  }

  func runtimeAsks(
    _ environment: EmulatedEnvironment, _ generation: Generation, accepted: () -> Void
  ) -> Reception {
    guard isCurrent(environment) else { return .stale }
    if environment.isInitializing {
      // What was opened and printed lies before this.
      initEnds(of: environment)
      environment.noteInit(endedAt: clock.now)
      environment.sandbox.initHasEnded()
      environment.sandbox.drainOutput()
      printedAll(environment)
    } else {
      // Its caller has its answer: nobody waits for this.
      noteMemory(inSlot: environment.slot)
    }
    passTime()
    let reception = driver.receive(.runtimeNext(generation), environment.slot, &log)
    if reception == .accepted {
      accepted()
      settle()
    }
    return reception
  }

  func initEnds(of environment: EmulatedEnvironment) {
    lookForFunctionInit()
    // The system tells of two that open a file at the same moment as of one.
    if environment.awaitsFunctionInit, let latestOpening, let begin = environment.initBegin,
      latestOpening > begin
    {
      write(.mark(Mark(.functionInit, .begin, isInferred: true)), of: environment, at: latestOpening)
    }
    environment.initIsOver()
  }

  func runtimeAnswers(
    _ answer: FunctionAnswer, _ work: EmulatedEnvironment.Work, _ environment: EmulatedEnvironment
  ) -> Reception {
    guard isCurrent(environment) else { return .stale }
    environment.sandbox.drainOutput()
    printedAll(environment)
    passTime()
    let error = answer.errorType.map { ErrorType(log.catalog.name($0)) }
    let reception = driver.receive(
      .response(work.invocation, error == nil ? .success : .error, error ?? .none), environment.slot, &log)
    if reception == .accepted { calls[work.call]?.result = answer }
    return reception
  }

  func runtimeInitFailed(
    _ answer: FunctionAnswer, _ environment: EmulatedEnvironment, _ generation: Generation
  ) -> Reception {
    guard isCurrent(environment) else { return .stale }
    environment.sandbox.drainOutput()
    printedAll(environment)
    passTime()
    let error = ErrorType(log.catalog.name(answer.errorType ?? "Runtime.Unknown"))
    return driver.receive(.runtimeInitFailed(error, generation), environment.slot, &log)
  }

  /// By the words of the Runtime API (rapid's core of the emulator).
  func runtimeState(of environment: EmulatedEnvironment) -> String {
    switch driver.fleet.state(of: environment.slot) {
    // With its answer a call is gone.
    case .invoking
    where environment.work.map { calls[$0.call]?.result != nil || calls[$0.call] == nil } ?? false:
      "RuntimeResponseSentState"
    case .invoking: "Running"
    case .ready: "Ready"
    default: environment.initFailure == nil ? "Started" : "InitError"
    }
  }

  // MARK: Output

  func printed(_ bytes: ByteBuffer, _ environment: EmulatedEnvironment) {
    // What is printed while the function is loaded comes after its beginning.
    if environment.awaitsFunctionInit { lookForFunctionInit() }
    bytes.withUnsafeReadableBytes { bytes in
      environment.lines.take(bytes) { self.tell($0, of: environment) }
    }
    settle()
  }

  func printedAll(_ environment: EmulatedEnvironment) {
    environment.lines.finish { self.tell($0, of: environment) }
  }

  private func tell(_ line: UnsafeRawBufferPointer, of environment: EmulatedEnvironment) {
    environment.tail.add(line)
    let text = log.text.append(line)
    let place = log.events.count
    write(.output(.function, text), of: environment)
    // A line may mark something.
    log.readOutput(from: place, isTimed: true)
  }

  func sandboxFailed(_ environment: EmulatedEnvironment, _ why: String) {
    let text = log.catalog.name("env-\(environment.birth): \(why)")
    write(.marker(text), of: environment)
    guard isCurrent(environment) else { return environment.close() }
    // It goes on without processes, so that whoever waits for it is answered, and is given up.
    receive(.sandboxReady, environment)
    receive(.runtimeExited(.sandboxFailure, driver.fleet.generation(of: environment.slot)), environment)
    passTime()
    driver.shutDown(environment.birth, &log)
    settle()
  }
}
