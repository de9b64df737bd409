package import EventSources
internal import Glibc
internal import LambdaEmulator
package import LambdaLifecycle

/// A function of the user's that runs here: what it was started with, and its emulator.
package struct FunctionRun {
  let emulator: Emulator
  let answers: Answers
  /// What requests send, one of them at a time.
  var events: [EventFile]
  /// What was found and taken, the most important first.
  package let notes: [String]
  /// Its name, as callers may call it.
  let name: String
  /// How many environments are started ahead of requests.
  private let provisioned: Int
  /// What callers send and get is written into recordings.
  let recordsPayloads: Bool
  /// Its own modules.
  let code: SourceFiles
  private let folder: RunFolder

  /// Finds out what the function is started with, and begins to take requests.
  /// - Parameters:
  ///   - events: files that requests send.
  ///   - inputs: get what happens.
  /// - Throws: `Failure`, `Misuse`.
  package init(
    _ wishes: RunWishes, events: [String], into inputs: Inputs, _ log: inout EventLog
  ) throws {
    self.events = try events.isEmpty ? [EventFile(nil)] : events.map { try EventFile($0) }
    for event in self.events { _ = try event.json() }
    recordsPayloads = wishes.recordsPayloads
    provisioned = wishes.function.provisioned?.environments ?? 0
    folder = try RunFolder()
    let user = try Self.variables(wishes)
    let opt = try Self.opt(wishes, in: folder.path)
    let clients = "\(folder.path)/runtime"
    mkdir(clients, 0o755)
    let found = try Self.launch(
      wishes, folder.path, clients, opt, wrapper: user.last { $0.name == "AWS_LAMBDA_EXEC_WRAPPER" }?.value)
    let isolation = try Self.isolation(wishes, found, folder.path, clients, opt)
    let launch = isolation.inside(found)
    name = wishes.functionName(in: found)
    let region = Region.find()
    let credentials = Credentials.find(noAWS: wishes.usesNoAWS)
    var function = wishes.function
    function.name = name
    function.runtime = launch.runtime
    let variables = FunctionEnvironment(
      function: FunctionFacts(name: name, region: region),
      launch: launch, runtimeDirectory: isolation.inside(clients),
      layers: opt.map { [isolation.inside($0.path)] } ?? [], credentials: credentials, user: user,
      inherits: wishes.inheritsVariables,
      hook: wishes.tellsLines
        ? InitHook(folder: isolation.inside(InitHook.folder(in: clients)), tellsText: wishes.tellsStatements)
        : nil)
    var settings = EmulatorSettings(function, launch, variables)
    settings.extensions = opt?.extensions(in: isolation) ?? []
    settings.region = region
    settings.host = wishes.host
    settings.port = wishes.port
    settings.mostEnvironments = wishes.mostEnvironments
    settings.freezing = wishes.freezing
    settings.retries = wishes.retries
    settings.isolation = isolation
    settings.code = wishes.reloads ? FunctionCode(found) : nil
    settings.limitsResources = wishes.limitsResources
    let answers = Answers()
    self.answers = answers
    let code = SourceFiles(root: found.directory)
    self.code = code
    log.statementText = { code.statement($0, $1) }
    let input = inputs.addEventInput("lanes run", in: &log)
    do {
      emulator = try Emulator.start(
        settings, into: input, answered: { answers.add($0) }, codeChanged: { answers.tell($0) })
    } catch { throw Failure(description: "\(error)") }
    let others =
      emulator.notes + launch.notes.dropFirst() + (opt?.notes ?? []) + (variables.note.map { [$0] } ?? [])
    let runtime = launch.notes.first ?? launch.runtime
    // What a function does with credentials that AWS takes is done: that has to be seen on the smallest screen.
    notes =
      credentials.areReal
      ? [credentials.note, runtime, emulator.address] + others
      : [runtime, emulator.address] + others + [credentials.note]
  }

  /// Where it is called.
  package var address: String { emulator.address }

  /// What the emulator obeys, for a session that drives it.
  package var fleet: FleetSettings? { emulator.fleetSettings }

  /// Whether what is started ahead of requests is ready for them, or has failed to be.
  func isReady(_ timeline: borrowing Timeline) -> Bool {
    let over = timeline.tracks.count { $0.isInitialized || $0.gone != .never }
    return over >= provisioned
  }

  /// Ends it, where nobody looks on.
  package func end() { emulator.end() }

  /// The lines of a screen that waits for the first request.
  var waitingLines: [String] {
    [
      "Taken: \(notes.joined(separator: " · "))",
      (provisioned > 0 ? "\(name) is made ready" : "\(name) starts at its first request")
        + ": press i, or type in another terminal",
      "aws lambda invoke --endpoint-url http://\(emulator.address) --function-name \(name) out.json",
      "curl -d '{}' http://\(emulator.address)/2015-03-31/functions/\(name)/invocations",
      "A browser, as the function's URL: http://\(emulator.address)/lambda-url/\(name)",
    ]
  }

  private static func variables(_ wishes: RunWishes) throws -> [VariableSetting] {
    do {
      let file = try wishes.variablesFile.map { try VariablesFile.read($0) } ?? []
      return file + (try wishes.variables.map { try VariableSetting($0) })
    } catch { throw Failure(description: "\(error)") }
  }

  private static func opt(_ wishes: RunWishes, in folder: String) throws -> OptFolder? {
    if wishes.layers.isEmpty, wishes.extensions.isEmpty { return nil }
    do {
      return try OptFolder(at: "\(folder)/opt", layers: wishes.layers, extensions: wishes.extensions)
    } catch { throw Failure(description: "\(error)") }
  }

  private static func isolation(
    _ wishes: RunWishes, _ launch: RuntimeLaunch, _ folder: String, _ clients: String, _ opt: OptFolder?
  ) throws -> Isolation {
    do {
      return try Isolation.find(
        wishes.isolation, for: launch, clients: clients, folder: folder, layers: opt?.path)
    } catch { throw Failure(description: "\(error)") }
  }

  private static func launch(
    _ wishes: RunWishes, _ folder: String, _ clients: String, _ opt: OptFolder?, wrapper: String?
  ) throws -> RuntimeLaunch {
    let layers = opt.map { [$0.path] } ?? []
    let settings = LaunchSettings(code: wishes.code, clients: clients, layers: layers, wrapper: wrapper)
    do {
      try RuntimeClient.write(into: clients)
      try InitHook.write(into: InitHook.folder(in: clients))
      switch wishes.what {
      case .handler(let handler): return try RuntimeLaunch(handler: handler, settings: settings)
      case .command(let words): return try RuntimeLaunch(command: words, settings: settings)
      case .example:
        let code = "\(folder)/example"
        mkdir(code, 0o755)
        return try ExampleFunction.launch(in: code, clients: clients)
      }
    } catch { throw Failure(description: "\(error)") }
  }
}
