internal import Glibc

/// Makes interpreters report the cost of each line of a function's modules in init (docs/why.md): files in a private
/// folder, which Python and Node.js find by variables.
package struct InitHook: Sendable {
  /// The folder of its files, absolute, as processes find it.
  private let folder: String
  /// Statements are reported with their texts.
  private let tellsText: Bool
  private let languages: Set<HandlerFile.Language>

  private static let python = "sitecustomize.py"
  private static let node = "lanes_why.cjs"

  /// - Parameters:
  ///   - folder: the one that `write` has filled or will fill, as processes find it.
  ///   - tellsText: true to report statements with their texts, which may have secrets in them.
  ///   - runtime: Lambda's name of it, which gives the language; nil where nobody knows
  ///     which program will be started.
  package init(folder: String, tellsText: Bool, runtime: String? = nil) {
    self.folder = folder
    self.tellsText = tellsText
    // A process of another language should have no variable of ours.
    languages =
      switch runtime {
      case .some(let runtime) where runtime.hasPrefix("python"): [.python]
      case .some(let runtime) where runtime.hasPrefix("nodejs"): [.node]
      default: [.python, .node]
      }
  }

  /// Writes the files into a folder, which is made.
  /// - Throws: `LaunchError.cannotWrite`.
  package static func write(into folder: String) throws(LaunchError) {
    do throws(FileProblem) {
      guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw FileProblem() }
      try Files.write(PackageResources.sitecustomize_py, to: "\(folder)/\(python)", mode: 0o644)
      try Files.write(PackageResources.lanes_why_cjs, to: "\(folder)/\(node)", mode: 0o644)
    } catch {
      throw .cannotWrite(path: folder, reason: error.description)
    }
  }

  /// The folder in which `lanes run` has the hooks, below that of its clients.
  package static func folder(in clients: String) -> String { "\(clients)/why" }

  /// The one for Python there.
  static func pythonFile(in clients: String) -> String { "\(folder(in: clients))/\(python)" }

  /// The variables that make a process report, beside those it has: search paths and options are added to.
  package func variables(beside known: [String: String]) -> [String: String] {
    var variables: [String: String] = [:]
    if languages.contains(.python) {
      // Python runs the first sitecustomize that it finds, and ours runs the next.
      variables["PYTHONPATH"] = known["PYTHONPATH"].map { "\(folder):\($0)" } ?? folder
    }
    if languages.contains(.node) {
      // Node.js takes quotation marks around a path with a blank in it.
      let require = "--require=\"\(folder)/\(Self.node)\""
      variables["NODE_OPTIONS"] = known["NODE_OPTIONS"].map { "\($0) \(require)" } ?? require
    }
    if tellsText { variables["LANES_WHY_TEXT"] = "1" }
    return variables
  }

  /// The moment at which a process is started, for its hook: the monotonic clock's nanoseconds.
  static func startVariable() -> (name: String, value: String) {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return ("LANES_T0", "\(now.tv_sec * 1_000_000_000 + now.tv_nsec)")
  }
}
