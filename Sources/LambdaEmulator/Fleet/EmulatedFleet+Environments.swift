internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

// Environments are made, and their processes started.

extension EmulatedFleet {
  func createSandbox(_ member: FleetMember) {
    let name = log.catalog.name("env-\(member.birth)")
    let sandbox = sandbox(Int(member.birth))
    let bits = ids.next().uuid.filter { $0 != "-" }
    let day = CalendarDate.text(clock.now).prefix(10).replacing("-", with: "/")
    let environment = EmulatedEnvironment(
      member, id: log.catalog.environment(name, of: function), driver.settings.functions[0],
      logStream: "\(day)/[$LATEST]\(bits)", sandbox, owner: self, on: loop)
    keep(environment)
    environment.sandbox.isReadingOutput = !feed.isStalled
    environment.sandbox.open()
    if environment.sandbox.isIsolated, environment.sandbox.address == nil {
      note(
        "env-\(member.birth): no address is free for sandbox.localdomain: other lanes have them", environment)
    }
  }

  private func sandbox(_ birth: Int) -> SandboxSettings {
    let needsGroup = freezing == .controlGroup || resources?.needsControlGroups == true
    let group = needsGroup ? groups?.environment(birth) : nil
    let folder = settings.isolation?.environment(birth)
    return SandboxSettings(
      program: settings.isolation?.bubblewrap?.program(folder) ?? [settings.supervisor], freezing: freezing,
      controlGroup: group,
      limits: resources?.environment(birth, group, megabytes: driver.settings.functions[0].memoryMB),
      folder: folder)
  }

  func startRuntime(_ generation: Generation, _ member: FleetMember) {
    guard let environment = environments[member.birth] else { return }
    // Files opened before now are not this one's beginning.
    lookForFunctionInit()
    let (launch, variables) = (settings.launch, settings.variables)
    let names = extensionNames
    environment.start(generation, host: "127.0.0.1", extensions: names, at: driver.now) { address in
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

  /// Function init begins where the handler's file is opened. Nobody says which environment opened it: of
  /// several it is taken to be the one that has been initializing for longest.
  /// - Parameter known: one that has certainly opened it; nil where nobody knows.
  func lookForFunctionInit(of known: EmulatedEnvironment? = nil) {
    var known = known
    for moment in watch?.take() ?? [] {
      latestOpening = moment
      let loading = loadingEnvironments
      let oldest = loading.filter(\.initialization.awaitsFunction).min { $0.birth < $1.birth }
      guard let environment = known ?? oldest else { continue }
      known = nil
      functionInitBegins(in: environment, at: moment, isInferred: loading.count > 1)
    }
  }

  private var loadingEnvironments: [EmulatedEnvironment] {
    environments.values.filter { $0.initialization.isLoading && !isShuttingDown($0) }
  }

  private func functionInitBegins(
    in environment: EmulatedEnvironment, at moment: Timestamp, isInferred: Bool
  ) {
    environment.initialization.functionIsSeen()
    write(.mark(Mark(.functionInit, .begin, isInferred: isInferred)), of: environment, at: moment)
  }

  /// Function init has begun, for the function prints or asks for its first event. The opening of its file may have
  /// been taken for another environment's.
  func functionHasBegun(in environment: EmulatedEnvironment) {
    lookForFunctionInit(of: environment.initialization.awaitsFunction ? environment : nil)
    guard environment.initialization.awaitsFunction, let latestOpening,
      let begin = environment.initialization.runtimeBegin, latestOpening > begin
    else { return }
    functionInitBegins(in: environment, at: latestOpening, isInferred: true)
  }

  /// Records an event that no signal causes.
  /// - Parameter time: now, where it is nil.
  func write(
    _ kind: LifecycleEvent.Kind, of environment: EmulatedEnvironment, at time: Timestamp? = nil
  ) {
    log.append(
      LifecycleEvent(
        time: time ?? clock.now, function: function, environment: environment.id,
        request: environment.work?.id ?? .none, kind: kind))
  }

  /// Environments with the code of before go, those that are at work after their answer: the next request starts cold.
  func codeHasChanged(_ files: [String]) {
    guard !isEnding else { return }
    let shown =
      files.prefix(3).joined(separator: ", ") + (files.count > 3 ? " and \(files.count - 3) more" : "")
    let words = "code has changed: \(shown.cut(to: 200))"
    log.append(
      LifecycleEvent(time: clock.now, function: function, kind: .marker(log.catalog.name(words))))
    codeChanged(words)
    passTime()
    driver.shutDownAll(&log)
    settle()
  }
}
