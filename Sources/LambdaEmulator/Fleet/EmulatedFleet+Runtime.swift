internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

// Reports from environments.

extension EmulatedFleet: EnvironmentOwner {
  /// The environment is the one in its slot.
  func isCurrent(_ environment: EmulatedEnvironment) -> Bool {
    driver.fleet.birth(of: environment.slot) == environment.birth
  }

  func receive(_ signal: Signal, _ environment: EmulatedEnvironment) {
    guard isCurrent(environment) else { return }
    passTime()
    noteMemory(inSlot: environment.slot)
    driver.receive(signal, environment.slot, &log)
    settle()
  }

  /// Takes note of the memory that an environment has used, for the report that may follow.
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
    if environment.initialization.isLoading {
      // The handler's file was opened, and lines were printed, before this.
      initEnds(of: environment)
      environment.sandbox.drainOutput()
      printedAll(environment)
    } else {
      // The caller has its answer: nobody waits for this.
      noteMemory(inSlot: environment.slot)
    }
    passTime()
    let reception = driver.receive(.runtimeNext(generation), environment.slot, &log)
    if reception == .accepted {
      noteInitEnd(of: environment)
      accepted()
      settle()
    }
    return reception
  }

  /// Init ends when the last of runtime and extensions has asked for its first event.
  func noteInitEnd(of environment: EmulatedEnvironment) {
    let state = driver.fleet.state(of: environment.slot)
    guard environment.initialization.isUnderWay, state == .ready || state == .invoking else { return }
    environment.sandbox.initHasEnded()
    // The moment that the engine uses, so that both lengths agree.
    environment.initialization.ends(at: driver.now)
    environment.api?.telemetry.initEnds(at: driver.now)
  }

  func initEnds(of environment: EmulatedEnvironment) {
    functionHasBegun(in: environment)
    environment.initialization.runtimeHasLoaded()
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
    if reception == .accepted {
      calls[work.call]?.result = answer
      let reading = answer.begun.map { (NIODeadline.now() - $0).nanoseconds } ?? 0
      environment.api?.telemetry.answered(
        bytes: answer.errorType == nil ? answer.bytes : 0, reading: reading, at: clock.now)
    }
    return reception
  }

  func runtimeStreams(
    _ contentType: String, _ work: EmulatedEnvironment.Work, _ environment: EmulatedEnvironment
  ) -> (any CallerStream)? {
    guard isCurrent(environment), let call = calls[work.call], call.result == nil else { return nil }
    let facts = AnswerFacts(request: call.id, version: call.wishes.version)
    return call.caller?.stream(contentType: contentType, facts)
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
    // With its answer a call is gone, unless it is an event of the queue.
    case .invoking where environment.work.map { hasAnswer($0.call) } ?? false:
      "RuntimeResponseSentState"
    case .invoking: "Running"
    case .ready: "Ready"
    default: environment.initFailure == nil ? "Started" : "InitError"
    }
  }

  /// Its caller has been answered and its runtime has asked for more: extensions are at work.
  func isWorkingAfterAnswer(_ environment: EmulatedEnvironment) -> Bool {
    driver.fleet.state(of: environment.slot) == .invoking && environment.work == nil
  }

  func hasAnswer(_ number: CallNumber) -> Bool {
    calls[number].map { $0.isAnswered || $0.result != nil } ?? true
  }

  // MARK: Output

  func printed(_ bytes: ByteBuffer, _ environment: EmulatedEnvironment) {
    // Lines printed while the function loads come after the beginning of its init.
    if environment.initialization.awaitsFunction { functionHasBegun(in: environment) }
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
    environment.api?.telemetry.printed(.function, line, at: clock.now)
    // A line may mark something.
    log.readOutput(from: place, isTimed: true)
  }

  func sandboxFailed(_ environment: EmulatedEnvironment, _ why: String) {
    note("env-\(environment.birth): \(why)", environment)
    guard isCurrent(environment) else { return environment.close() }
    // It goes on without processes, so that requests that wait for it are answered, and is given up.
    receive(.sandboxReady, environment)
    // The first failure is reported; the engine only has to know of the other ends.
    let processes = environment.takeRunning()
    for case .extension(let index, let generation) in processes.prefix(1) {
      receive(.extensionFailed(index, .sandboxFailure, generation), environment)
    }
    for process in processes {
      switch process {
      case .runtime(let generation): receive(.runtimeExited(.sandboxFailure, generation), environment)
      case .extension(let index, let generation): receive(.extensionExited(index, generation), environment)
      }
    }
    passTime()
    driver.shutDown(environment.birth, because: .none, &log)
    settle()
  }
}
