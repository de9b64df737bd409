internal import Glibc

/// What makes interpreters tell what each line of a function's modules costs in init (docs/why.md): files in a private folder,
/// which Python and Node.js find by variables.
package struct InitHook: Sendable {
  /// Where its files lie, absolute, as processes find it.
  private let folder: String
  /// Statements are told with their texts.
  private let tellsText: Bool
  private let languages: Set<HandlerFile.Language>

  private static let python = "sitecustomize.py"
  private static let node = "lanes_why.cjs"

  /// - Parameters:
  ///   - folder: the one that `write` has filled or will fill, as processes find it.
  ///   - tellsText: statements are told with their texts, which may have secrets in them.
  ///   - runtime: Lambda's name of it, which says the language; nil where nobody knows what will be started.
  package init(folder: String, tellsText: Bool, runtime: String? = nil) {
    self.folder = folder
    self.tellsText = tellsText
    // What is started beside the function is to have no variable of ours.
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

  /// Where `lanes run` has the hooks, in the folder of its clients.
  package static func folder(in clients: String) -> String { "\(clients)/why" }

  /// The one for Python there.
  static func pythonFile(in clients: String) -> String { "\(folder(in: clients))/\(python)" }

  /// The variables of a process that is to tell, beside those it has: search paths and options are added to.
  package func variables(beside known: [String: String]) -> [String: String] {
    var variables: [String: String] = [:]
    if languages.contains(.python) {
      // Python runs the first sitecustomize that it finds, and ours runs the next.
      variables["PYTHONPATH"] = known["PYTHONPATH"].map { "\(folder):\($0)" } ?? folder
    }
    if languages.contains(.node) {
      // Node.js takes quotation marks around what has a blank in it.
      let require = "--require=\"\(folder)/\(Self.node)\""
      variables["NODE_OPTIONS"] = known["NODE_OPTIONS"].map { "\($0) \(require)" } ?? require
    }
    if tellsText { variables["LANES_WHY_TEXT"] = "1" }
    return variables
  }

  /// When a process is started, for its hook: the monotonic clock's nanoseconds.
  static func startVariable() -> (name: String, value: String) {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return ("LANES_T0", "\(now.tv_sec * 1_000_000_000 + now.tv_nsec)")
  }
}
