/// The Python that a function is run by: its developer's.
struct PythonInterpreter: Equatable {
  /// A path, perhaps a link: the name of a virtual environment's Python decides what it imports.
  var path: String
  /// The place where it was found, for the header; empty for the one in PATH.
  var origin: String
  /// Failures on the way, for the header.
  var troubles: [String] = []

  /// The active virtual environment, else one beside the handler, else uv's or Poetry's, else `python3`.
  /// - Parameters:
  ///   - file: the handler's, below `code`.
  ///   - code: absolute.
  /// - Throws: `LaunchError.noProgram` where there is no Python at all.
  init(file: String, code: String, shell: Shell) throws(LaunchError) {
    if let active = shell.variables["VIRTUAL_ENV"], let found = Self.python(in: active) {
      self.init(path: found, origin: Files.lastPart(active))
      return
    }
    let folders =
      Files.folders(from: Files.parent("\(code)/\(file)"), upTo: code).dropLast()
      + Files.folders(from: code, upTo: shell.folder)
    for folder in folders {
      for name in [".venv", "venv"] {
        guard let found = Self.python(in: "\(folder)/\(name)") else { continue }
        self.init(path: found, origin: name)
        return
      }
    }
    var troubles: [String] = []
    for folder in folders {
      for tool in Self.tools where tool.isUsed(folder) {
        switch tool.ask(in: folder, shell: shell) {
        case .found(let path):
          self.init(path: path, origin: tool.name, troubles: troubles)
          return
        case .trouble(let reason): troubles.append(reason)
        }
      }
    }
    guard let path = shell.program("python3") ?? shell.program("python") else {
      throw .noProgram("python3", for: file)
    }
    self.init(path: path, origin: "", troubles: troubles)
  }

  private init(path: String, origin: String, troubles: [String] = []) {
    self.path = path
    self.origin = origin
    self.troubles = troubles
  }

  private static func python(in environment: String) -> String? {
    ["python3", "python"].map { "\(environment)/bin/\($0)" }.first(where: Files.isProgram)
  }

  private static let tools = [
    PythonTool(
      name: "uv", lock: "uv.lock", section: "[tool.uv",
      question: ["run", "--no-sync", "python", "-c", "import sys; print(sys.executable)"]),
    PythonTool(
      name: "poetry", lock: "poetry.lock", section: "[tool.poetry", question: ["env", "info", "-e"]),
  ]
}

/// A tool that keeps virtual environments somewhere of its own choice and says where.
struct PythonTool {
  var name: String
  var lock: String
  /// The beginning of its part of pyproject.toml.
  var section: String
  var question: [String]

  enum Answer {
    case found(String)
    /// It could not say, for this reason.
    case trouble(String)
  }

  func isUsed(_ folder: String) -> Bool {
    if Files.isFile("\(folder)/\(lock)") { return true }
    guard let project = try? Files.read("\(folder)/pyproject.toml") else { return false }
    return String(decoding: project, as: UTF8.self).split(separator: "\n").contains { $0.hasPrefix(section) }
  }

  func ask(in folder: String, shell: Shell) -> Answer {
    guard let program = shell.program(name) else {
      return .trouble("\(name)'s Python not used: no \(name) in PATH")
    }
    do {
      let result = try ForeignCommand.run([program] + question, in: shell, folder: folder)
      let path = result.output.split(separator: "\n").last.map(String.init) ?? ""
      if result.failure == nil, Files.isProgram(path) { return .found(path) }
      return .trouble("\(name)'s Python not used: \(result.failure ?? "it named no program")")
    } catch {
      return .trouble("\(name)'s Python not used: \(error)")
    }
  }
}
