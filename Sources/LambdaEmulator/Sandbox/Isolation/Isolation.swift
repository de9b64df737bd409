internal import EventSources

/// The user's choice: environments see their own file system or this machine's.
package enum IsolationWish: String, CaseIterable, Sendable {
  /// By bubblewrap where that is installed and allowed.
  case auto
  case bwrap, none
}

/// The way in which environments are kept from this machine's files, which is found out once, before the
/// first one.
package struct Isolation: Sendable {
  /// For a screen.
  package let notes: [String]
  /// nil: they see this machine's.
  let bubblewrap: Bubblewrap?
  /// The parent of the environments' own folders.
  private let folder: String

  /// Finds out what this machine has, and tries it.
  /// - Parameters:
  ///   - clients: the folder of our own clients.
  ///   - folder: a private folder of the run, in which environments write.
  ///   - layers: one folder with all layers in it.
  ///   - supervisor: its program.
  /// - Throws: `EmulatorError` where bubblewrap is asked for and not to be had.
  package static func find(
    _ wish: IsolationWish, for launch: RuntimeLaunch, clients: String, folder: String, layers: String? = nil,
    supervisor: String = "/proc/self/exe", shell: Shell = .current
  ) throws(EmulatorError) -> Isolation {
    if wish == .none { return Isolation(notes: [bareNote], bubblewrap: nil, folder: folder) }
    let refusal: IsolationRefusal
    switch attempt(launch, clients: clients, folder: folder, layers: layers, supervisor, shell) {
    case .success(let isolation): return isolation
    case .failure(let found): refusal = found
    }
    if wish == .bwrap {
      throw EmulatorError(description: "--isolate bwrap: \(refusal); --isolate none does without")
    }
    return Isolation(notes: ["\(bareNote) (\(refusal))"], bubblewrap: nil, folder: folder)
  }

  static let bareNote = "not isolated: it sees this machine's files"

  private static func attempt(
    _ launch: RuntimeLaunch, clients: String, folder: String, layers: String?, _ supervisor: String,
    _ shell: Shell
  ) -> Result<Isolation, IsolationRefusal> {
    guard let program = shell.program("bwrap") else { return .failure(.notInstalled) }
    guard let supervisor = Files.absolute(supervisor, from: "/"),
      let clients = Files.absolute(clients, from: "/"),
      let own = EnvironmentFolder(in: folder, birth: 0)
    else { return .failure(IsolationRefusal(description: "its folders are not there")) }
    defer { removeTree(own.path) }
    let home = shell.variables["HOME"].flatMap { Files.absolute($0, from: "/") }
    let command = launch.command.first.map { Installation.folders(of: $0, home: home) } ?? []
    let files = launch.command.dropFirst().filter { $0.hasPrefix("/") && Files.isFile($0) }
    let places = shell.path.filter { !Installation.isShared($0, home: home) }
    let moved =
      [launch.directory, clients] + (layers.flatMap { Files.absolute($0, from: "/") }.map { [$0] } ?? [])
    let outside = (launch.installation + command + files + places).filter { path in
      !moved.contains { IsolatedPaths.isSame(path, orBelow: $0) }
    }
    let bubblewrap = Bubblewrap(
      program,
      Bubblewrap.Contents(
        code: launch.directory, clients: clients, layers: layers, needs: outside,
        writable: launch.writable, supervisor: supervisor))
    if let refusal = IsolationRefusal(trying: bubblewrap.program(own) + ["--version"], in: shell) {
      return .failure(refusal)
    }
    return .success(
      Isolation(
        notes: ["isolated by bubblewrap"] + compilingNote(launch), bubblewrap: bubblewrap, folder: folder))
  }

  private static func compilingNote(_ launch: RuntimeLaunch) -> [String] {
    guard launch.keepsCompiledFiles, let watch = launch.watch else { return [] }
    let isCompiled = watch.folders.contains { folder in
      folder.hasSuffix("/__pycache__")
        && Files.names(in: folder).contains { watch.matches(folder: folder, file: $0) }
    }
    return isCompiled ? [] : ["/var/task is read-only: Python compiles at every cold start"]
  }

  /// The launch as its processes see it.
  package func inside(_ launch: RuntimeLaunch) -> RuntimeLaunch {
    guard let paths = bubblewrap?.paths else { return launch }
    var seen = launch
    seen.command = launch.command.map { paths.inside($0) }
    seen.directory = IsolatedPaths.task
    seen.environment = launch.environment.mapValues(paths.inside(list:))
    return seen
  }

  /// A path as processes see it.
  package func inside(_ path: String) -> String { bubblewrap?.paths.inside(path) ?? path }

  /// An environment's own folder; nil where it needs none.
  func environment(_ birth: Int) -> EnvironmentFolder? {
    bubblewrap == nil ? nil : EnvironmentFolder(in: folder, birth: birth)
  }
}
