internal import EventSources
internal import Glibc
internal import LambdaEmulator
internal import LambdaLifecycle

/// The program, settings and surroundings of a function of the user's, as found on this machine: once, however often
/// it is started.
struct FunctionSetup {
  /// The payloads of requests, of which one is in use at a time.
  let events: [EventFile]
  /// Its name, as callers may call it.
  let name: String
  /// The number of environments that are started ahead of requests.
  let provisioned: Int
  /// Payloads, which callers send and get, are written into recordings.
  let recordsPayloads: Bool
  /// Its own modules.
  let code: SourceFiles
  let settings: EmulatorSettings
  private let launch: RuntimeLaunch
  private let optNotes: [String]
  private let credentials: Credentials
  /// Its files lie in it, as long as this is there.
  private let folder: RunFolder

  /// - Parameter events: files that requests send.
  /// - Throws: `Failure`, `Misuse`.
  init(_ wishes: RunWishes, events: [String]) throws {
    self.events = try events.isEmpty ? [EventFile(nil)] : events.map { try EventFile($0) }
    for event in self.events { _ = try event.json() }
    recordsPayloads = wishes.recordsPayloads
    provisioned = wishes.function.provisioned?.environments ?? 0
    folder = try RunFolder()
    let given = try Self.variables(wishes)
    let opt = try Self.opt(wishes, in: folder.path)
    let clients = "\(folder.path)/runtime"
    mkdir(clients, 0o755)
    var found = try Self.launch(
      wishes, folder.path, clients, opt, wrapper: given.last { $0.name == "AWS_LAMBDA_EXEC_WRAPPER" }?.value)
    var user = given
    if let wish = wishes.compiledFiles {
      do {
        let compiled = try CompiledFiles(wish, in: "\(folder.path)/compiled", for: found, clients: clients)
        found = compiled.seen(by: found)
        user += try compiled.variables.map { try VariableSetting($0) }
      } catch { throw Failure(description: "\(error)") }
    }
    let isolation = try Self.isolation(wishes, found, folder.path, clients, opt)
    launch = isolation.inside(found)
    name = wishes.functionName(in: found)
    let region = Region.find()
    credentials = Credentials.find(noAWS: wishes.usesNoAWS)
    var function = wishes.function
    function.name = name
    function.runtime = launch.runtime
    let variables = FunctionEnvironment(
      function: FunctionFacts(name: name, region: region),
      launch: launch, runtimeDirectory: isolation.inside(clients),
      layers: opt.map { [isolation.inside($0.path)] } ?? [], credentials: credentials, user: user,
      inherits: wishes.inheritsVariables,
      hook: wishes.tellsLines
        ? InitHook(
          folder: isolation.inside(InitHook.folder(in: clients)), tellsText: wishes.tellsStatements,
          runtime: launch.runtime)
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
    self.settings = settings
    code = SourceFiles(root: found.directory)
    optNotes = opt?.notes ?? []
  }

  /// The facts found and settings taken, the most important first.
  func notes(_ emulator: Emulator) -> [String] {
    let others =
      emulator.notes + launch.notes.dropFirst() + optNotes + (settings.variables.note.map { [$0] } ?? [])
    let runtime = launch.notes.first ?? launch.runtime
    // A function's acts with credentials that AWS takes are real: that has to be seen on the smallest screen.
    return credentials.areReal
      ? [credentials.note, runtime, emulator.address] + others
      : [runtime, emulator.address] + others + [credentials.note]
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
      case .handler(let handler):
        let launch = try RuntimeLaunch(handler: handler, settings: settings)
        return try wishes.copy.map { try launch.running($0) } ?? launch
      case .command(let words): return try RuntimeLaunch(command: words, settings: settings)
      case .example:
        let code = "\(folder)/example"
        mkdir(code, 0o755)
        return try ExampleFunction.launch(in: code, clients: clients)
      }
    } catch { throw Failure(description: "\(error)") }
  }
}
