internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

// Events for extensions, and calls from them.

extension EmulatedFleet {
  // MARK: Orders

  func startExtensions(_ mask: UInt16, _ generation: Generation, _ member: FleetMember) {
    guard let environment = environments[member.birth] else { return }
    let (programs, variables) = (settings.extensions, settings.variables)
    environment.start(generation, host: "127.0.0.1", extensions: extensionNames, at: driver.now) { address in
      let variables = variables.extensionVariables(
        runtimeAPI: address, memory: environment.memoryMB, type: environment.type)
      return programs.enumerated().filter { mask & 1 << UInt16($0.offset) != 0 }.map { index, program in
        let order = ProcessOrder(
          arguments: [program.path], environment: variables, directory: "/", output: .extensions)
        return (.extension(UInt8(index), generation), order)
      }
    }
    heard[environment.birth] = environment
  }

  func invokeExtensions(
    _ mask: UInt16, _ number: CallNumber, until deadline: Timestamp, _ member: FleetMember
  ) {
    guard let extensions = environments[member.birth]?.api?.extensions, let call = calls[number] else {
      return
    }
    let event = ExtensionEvent.invoke(
      call.id.uuid, arn: call.wishes.arn(region: settings.region), trace: call.trace,
      deadline: wallDeadline(deadline), id: newID())
    extensions.deliver(event, to: mask)
  }

  func shutDownExtensions(
    _ mask: UInt16, _ reason: ShutdownReason, until deadline: Timestamp, _ member: FleetMember
  ) {
    guard let api = environments[member.birth]?.api else { return }
    // The events before the shutdown go first: extensions may end at once.
    handOn()
    api.telemetry.flush()
    api.extensions.deliver(.shutdown(reason, deadline: clock.wall(deadline)), to: mask)
  }

  func killExtensions(_ mask: UInt16, _ generation: Generation, _ member: FleetMember) {
    for index in settings.extensions.indices where mask & 1 << UInt16(index) != 0 {
      environments[member.birth]?.killExtension(EnvironmentProcess.extension(UInt8(index), generation).key)
    }
  }

  /// The time of a reset, which an extension that has said that it fails has to end by itself (Extensions API page); and
  /// that of one that is not told of it: until the runtime's part is over.
  private static let timeToLeave = TimeAmount.milliseconds(2_000)
  private static let timeOfTheDeaf = TimeAmount.milliseconds(300)

  private func extensionName(_ index: UInt8) -> String {
    settings.extensions.indices.contains(Int(index)) ? settings.extensions[Int(index)].name : ""
  }

  /// The names of the extensions, in the order in which they are numbered.
  var extensionNames: [String] { settings.extensions.map(\.name) }

  // MARK: Calls from extensions

  func registrationAnswer(withAccount: Bool) -> String {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    line.add("functionVersion", "$LATEST")
    line.add("functionName", settings.function.name)
    line.add("handler", settings.launch.handler)
    if withAccount { line.add("accountId", CallerWishes.account) }
    line.finish(into: &bytes)
    return String(decoding: bytes.dropLast(), as: UTF8.self)
  }

  func extensionRegisters(
    _ index: UInt8, _ name: String, _ subscriptions: Subscriptions, _ generation: Generation,
    _ environment: EmulatedEnvironment
  ) -> Reception {
    guard isCurrent(environment) else { return .stale }
    passTime()
    driver.nameExtension(index, name.cut(to: 128), in: environment.slot, &log)
    return driver.receive(.extensionRegistered(index, subscriptions, generation), environment.slot, &log)
  }

  func extensionHasNoFile(_ name: String, _ environment: EmulatedEnvironment) {
    // Once the runtime runs, it is an internal one, as a rule.
    guard isCurrent(environment), driver.fleet.state(of: environment.slot) == .extensionInit else { return }
    // Lambda takes it for an internal one, and waits for the other in vain.
    let names = extensionNames.joined(separator: ", ")
    note(
      "\(name.cut(to: 100)) registers and is no file of /opt/extensions: \(names) must register by its file's name",
      environment)
  }

  func extensionAsks(
    _ index: UInt8, _ generation: Generation, _ environment: EmulatedEnvironment
  ) -> Reception {
    guard isCurrent(environment) else { return .stale }
    environment.sandbox.drainOutput()
    extensionsPrintedAll(environment)
    noteMemory(inSlot: environment.slot)
    passTime()
    let reception = driver.receive(.extensionNext(index, generation), environment.slot, &log)
    noteInitEnd(of: environment)
    return reception
  }

  func extensionFails(
    _ index: UInt8, _ name: String, _ error: ErrorType, told: ExtensionFailure, _ generation: Generation,
    _ environment: EmulatedEnvironment
  ) {
    guard isCurrent(environment) else { return }
    environment.sandbox.drainOutput()
    extensionsPrintedAll(environment)
    note("extension \(name.cut(to: 100)): \(told.words)", environment)
    // Its end, or the deadline, says how its shutdown went (shutdown.go of the emulator).
    if isShuttingDown(environment) { return }
    noteMemory(inSlot: environment.slot)
    passTime()
    environment.leaving[EnvironmentProcess.extension(index, generation).key] =
      environment.api?.extensions.hearsShutdown(index) == true ? Self.timeToLeave : Self.timeOfTheDeaf
    driver.receive(.extensionFailed(index, error, generation), environment.slot, &log)
  }

  func extensionNotStarted(
    _ index: UInt8, _ why: String, _ generation: Generation, _ environment: EmulatedEnvironment
  ) {
    note("extension \(extensionName(index)): not started: \(why)", environment)
    receive(.extensionFailed(index, .extensionLaunchError, generation), environment)
  }

  func extensionEnded(
    _ index: UInt8, _ end: ProcessEnd, _ generation: Generation, _ environment: EmulatedEnvironment
  ) {
    guard isCurrent(environment) else { return }
    noteMemory(inSlot: environment.slot)
    passTime()
    // In a shutdown an exit is no failure, unless its status says so (shutdown.go of the emulator).
    if isUp(environment) {
      note("extension \(extensionName(index)) has ended: \(end.wordsOfExtension)", environment)
    } else if isShuttingDown(environment), end != .exited(0),
      driver.receive(.extensionFailed(index, .extensionCrash, generation), environment.slot, &log)
        == .accepted
    {
      note("extension \(extensionName(index)) has ended: \(end.wordsOfExtension)", environment)
    }
    driver.receive(.extensionExited(index, generation), environment.slot, &log)
    settle()
  }

  /// Its processes run, and nobody has asked them to end.
  private func isUp(_ environment: EmulatedEnvironment) -> Bool {
    switch driver.fleet.state(of: environment.slot) {
    case .extensionInit, .runtimeInit, .functionInit, .ready, .invoking: true
    case .creating, .restoring, .runtimeShutdown, .extensionShutdown, .reset, .gone: false
    }
  }

  func isShuttingDown(_ environment: EmulatedEnvironment) -> Bool {
    let state = driver.fleet.state(of: environment.slot)
    return state == .runtimeShutdown || state == .extensionShutdown
  }

  // MARK: Output

  func extensionsPrinted(_ bytes: ByteBuffer, _ environment: EmulatedEnvironment) {
    bytes.withUnsafeReadableBytes { bytes in
      environment.extensionLines.take(bytes) { self.tellExtensions($0, of: environment) }
    }
    settle()
  }

  func extensionsPrintedAll(_ environment: EmulatedEnvironment) {
    environment.extensionLines.finish { self.tellExtensions($0, of: environment) }
  }

  private func tellExtensions(_ line: UnsafeRawBufferPointer, of environment: EmulatedEnvironment) {
    let text = log.text.append(line)
    write(.output(.extension, text), of: environment)
    if environments.count > 1, !hasToldOfPorts, SharedPorts.isMissed(in: line) {
      hasToldOfPorts = true
      note(SharedPorts.words, environment)
    }
    environment.api?.telemetry.printed(.extension, line, at: clock.now)
  }

  // MARK: Beside the lifecycle

  func note(_ words: String, _ environment: EmulatedEnvironment) {
    write(.marker(log.catalog.name(words)), of: environment)
  }

  /// A remark that is about no environment.
  func note(_ words: String) {
    guard !isEnding else { return }
    log.append(LifecycleEvent(time: clock.now, function: function, kind: .marker(log.catalog.name(words))))
    handOn()
  }

  func telemetryLost(_ count: Int, _ why: String, _ environment: EmulatedEnvironment) {
    // Nothing of the picture is missing: the extension misses it.
    note("\(count) event\(count == 1 ? "" : "s") lost: \(why)", environment)
    settle()
  }
}
