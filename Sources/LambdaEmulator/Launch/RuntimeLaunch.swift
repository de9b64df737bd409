/// A function's command and surroundings, as found on this machine.
package struct RuntimeLaunch: Sendable {
  /// The program's path and its arguments, the exec wrapper in front.
  package var command: [String]
  /// The function's folder, absolute: LAMBDA_TASK_ROOT and the working directory.
  package var directory: String
  /// `_HANDLER`.
  package var handler: String
  /// As Lambda names it: python3.13, nodejs20.x, provided.al2023.
  package var runtime: String
  /// Facts for the header, in order.
  package var notes: [String]
  /// Nil for a compiled program, which opens no file by which its init could be seen.
  package var watch: HandlerWatch?
  /// The variables that the process needs beyond Lambda's.
  package var environment: [String: String]
  /// Folders of this machine without which its language does not run, absolute; they may lie anywhere, or not be there.
  package var installation: [String] = []
  /// Folders that it may write to, at their own paths wherever it runs, absolute.
  package var writable: [String] = []

  /// True where its language compiles modules, and keeps the results in files.
  package var keepsCompiledFiles: Bool { runtime.hasPrefix("python") }
}

/// The settings of a launch beside the handler or the command.
package struct LaunchSettings: Sendable {
  /// The function's folder, absolute or from the shell's.
  package var code: String
  /// The private folder that `RuntimeClient.write` has filled or will fill, absolute.
  package var clients: String
  /// Folders of unpacked layers, which are /opt in Lambda; the last goes over the first.
  package var layers: [String]
  /// AWS_LAMBDA_EXEC_WRAPPER of the function's variables.
  package var wrapper: String?

  package init(code: String, clients: String, layers: [String] = [], wrapper: String? = nil) {
    self.code = code
    self.clients = clients
    self.layers = layers
    self.wrapper = wrapper
  }
}

extension RuntimeLaunch {
  /// A function in Python or Node.js, by the file that is there. Asks the interpreter for its version.
  /// - Throws: `LaunchError`.
  package init(
    handler text: String, settings: LaunchSettings, shell: Shell = .current
  ) throws(LaunchError) {
    let name = try HandlerName(text)
    let code = try Self.folder(settings.code, shell: shell)
    let file = try HandlerFile(name, code: code)
    let language: any LanguageRuntime =
      switch file.language {
      case .python:
        try PythonRuntime(
          file: file.path, code: code, layers: settings.layers,
          hook: InitHook.pythonFile(in: settings.clients), shell: shell)
      case .node: try NodeRuntime(file: file.path, code: code, layers: settings.layers, shell: shell)
      }
    let wrapper = try ExecWrapper.command(settings.wrapper, code: code, layers: settings.layers)
    self.init(
      command: wrapper + language.command(handler: text, clients: settings.clients), directory: code,
      handler: text,
      runtime: language.runtime, notes: language.notes, watch: HandlerWatch(file, code: code),
      environment: language.environment, installation: language.installation)
  }

  /// Any other program, which Lambda would start as `bootstrap` of an OS-only runtime.
  /// - Parameter handler: `_HANDLER`; in Lambda the setting of the function, and for compiled programs by custom
  ///   `bootstrap` (rust-package, golang-package).
  /// - Throws: `LaunchError`.
  package init(
    command: [String], handler: String = "bootstrap", settings: LaunchSettings, shell: Shell = .current
  ) throws(LaunchError) {
    let code = try Self.folder(settings.code, shell: shell)
    guard let program = command.first, !program.isEmpty else { throw .noCommand }
    let path = try Self.program(program, code: code, shell: shell)
    // An OS-only runtime starts no wrapper: a bootstrap that wants one starts it itself (runtimes-modify).
    let isIgnored = settings.wrapper != nil
    self.init(
      command: [path] + command.dropFirst(), directory: code, handler: handler, runtime: "provided.al2023",
      notes: [program]
        + (isIgnored ? ["AWS_LAMBDA_EXEC_WRAPPER not run: Lambda runs none for OS-only runtimes"] : []),
      watch: nil, environment: [:])
  }

  private static func folder(_ path: String, shell: Shell) throws(LaunchError) -> String {
    guard let code = Files.absolute(path, from: shell.folder), Files.isFolder(code) else {
      throw .noFolder(path)
    }
    return code
  }

  /// A path is one from the shell's folder, as a shell takes it, or else from the code's folder; a name
  /// is one in PATH, or else a file of the code's folder. Links stay: the name of a virtual
  /// environment's Python decides what it imports.
  private static func program(_ name: String, code: String, shell: Shell) throws(LaunchError) -> String {
    let paths: [String]
    if name.hasPrefix("/") {
      paths = [name]
    } else if name.contains("/") {
      let path = name.hasPrefix("./") ? name.dropFirst(2) : name[...]
      paths = ["\(shell.folder)/\(path)", "\(code)/\(path)"]
    } else {
      if let found = shell.program(name) { return found }
      paths = ["\(code)/\(name)"]
    }
    if let found = paths.first(where: Files.isProgram) { return found }
    if let file = paths.first(where: Files.isFile) { throw .notExecutable(file) }
    let folders = paths.map(Files.parent).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    throw .noCommandProgram(name, looked: (name.contains("/") ? [] : ["PATH"]) + folders)
  }
}

/// A language that Lambda has a managed runtime for, as it was found here.
protocol LanguageRuntime {
  /// Lambda's name of it.
  var runtime: String { get }
  /// Facts for the header.
  var notes: [String] { get }
  /// The variables that the process needs beyond Lambda's.
  var environment: [String: String] { get }
  /// The folders it is installed in.
  var installation: [String] { get }
  /// The whole command.
  func command(handler: String, clients: String) -> [String]
}
