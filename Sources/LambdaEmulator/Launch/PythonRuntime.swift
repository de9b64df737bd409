/// Python as it was found for a function: the interpreter and AWS's runtime interface client, or ours instead.
struct PythonRuntime: LanguageRuntime {
  let runtime: String
  let notes: [String]
  let environment: [String: String]
  let installation: [String]
  private let executable: String
  private let hasAWSClient: Bool

  /// - Throws: `LaunchError` where there is no Python, it does not answer or is too old.
  /// - Parameter hook: the file of `InitHook` for Python, which is compiled once, and not at each start; it need not be there.
  init(
    file: String, code: String, layers: [String], hook: String, shell: Shell
  ) throws(LaunchError) {
    let interpreter = try PythonInterpreter(file: file, code: code, shell: shell)
    let facts = try Self.ask(interpreter.path, code: code, layers: layers, hook: hook, shell: shell)
    guard (facts.version.major, facts.version.minor) >= (3, 9) else {
      throw .tooOld(interpreter.path, found: facts.version.description, least: "3.9")
    }
    runtime = "python\(facts.version)"
    executable = facts.executable
    let client: String
    switch facts.client {
    case .installed(let version): (client, hasAWSClient) = ("awslambdaric \(version)", true)
    case .missing:
      (client, hasAWSClient) = ("own client (no awslambdaric)", false)
    case .broken(let reason):
      (client, hasAWSClient) = (
        "own client (awslambdaric cannot be imported: \(reason))", false
      )
    }
    let origin = interpreter.origin.isEmpty ? "" : " (\(interpreter.origin))"
    notes = ["python\(facts.version)\(origin)", client] + interpreter.troubles
    environment = Self.environment(layers: layers, version: facts.version)
    installation = facts.folders
  }

  func command(handler: String, clients: String) -> [String] {
    // The handler at the end is for people who look at the process; the runtime goes by _HANDLER.
    [executable, "\(clients)/\(hasAWSClient ? RuntimeClient.awsPython : RuntimeClient.python)", handler]
  }

  /// The variable by which Python finds a layer's packages where Lambda's runtime
  /// looks for them (packaging-layers).
  private static func environment(layers: [String], version: Version) -> [String: String] {
    let folders = layers.reversed().flatMap {
      ["\($0)/python/lib/python\(version)/site-packages", "\($0)/python"]
    }
    return folders.isEmpty ? [:] : ["PYTHONPATH": folders.joined(separator: ":")]
  }

  struct Version: CustomStringConvertible {
    var major: Int
    var minor: Int
    var description: String { "\(major).\(minor)" }
  }

  private enum Client {
    case installed(String)
    case missing
    case broken(String)
  }

  private struct Facts {
    var version: Version
    /// The program itself, not a version manager's in front of it, which costs a
    /// tenth of a second at each start.
    var executable: String
    var client: Client
    /// The folders it is installed in, and those it looks for packages in.
    var folders: [String]
  }

  private static let question = String(decoding: PackageResources.ask_python_py, as: UTF8.self)

  private static func ask(
    _ path: String, code: String, layers: [String], hook: String, shell: Shell
  ) throws(LaunchError) -> Facts {
    var asking = shell
    for name in ["PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP"] { asking.variables[name] = nil }
    asking.variables["PYTHONDONTWRITEBYTECODE"] = "1"
    // Only the folder of a layer without a version: the version is still unknown.
    if !layers.isEmpty {
      asking.variables["PYTHONPATH"] = layers.map { "\($0)/python" }.joined(separator: ":")
    }
    let result: ForeignCommand.Result
    do {
      result = try ForeignCommand.run([path, "-c", question, hook], in: asking, folder: code)
    } catch {
      throw .interpreter(path, reason: error.description)
    }
    if let failure = result.failure { throw .interpreter(path, reason: failure) }
    var answers: [Substring: [Substring]] = [:]
    var folders: [String] = []
    for line in result.output.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 1, words[0] == "lanes" else { continue }
      answers[words[1]] = Array(words.dropFirst(2))
      if words[1] == "folder" { folders.append(words.dropFirst(2).joined(separator: " ")) }
    }
    let numbers = answers["version"]?.compactMap { Int($0) } ?? []
    guard numbers.count == 2, let executable = answers["executable"], !executable.isEmpty else {
      throw .interpreter(path, reason: "it did not say it")
    }
    let client: Client =
      if let version = answers["client"] {
        .installed(version.joined(separator: " "))
      } else if let reason = answers["broken"] { .broken(reason.joined(separator: " ")) } else { .missing }
    return Facts(
      version: Version(major: numbers[0], minor: numbers[1]), executable: executable.joined(separator: " "),
      client: client, folders: folders)
  }
}
