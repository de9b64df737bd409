package import EventSources
internal import Glibc
internal import LambdaEmulator

/// Makes the commands that lanes starts, and their children, report the cost of lines
/// of a function's modules in init.
package struct CommandHook {
  /// The function's own modules, as they lie where the commands run.
  package let code: SourceFiles
  /// The hook's files lie in it, as long as this is there.
  private let folder: RunFolder

  /// Sets the variables of this process, which commands get: to be done before there are threads.
  /// - Parameter tellsText: true to report statements with their texts.
  /// - Throws: `Failure`.
  package init(tellsText: Bool) throws {
    folder = try RunFolder()
    let path = "\(folder.path)/why"
    do { try InitHook.write(into: path) } catch { throw Failure(description: "\(error)") }
    let hook = InitHook(folder: path, tellsText: tellsText)
    let known = ["PYTHONPATH", "NODE_OPTIONS"].reduce(into: [String: String]()) { known, name in
      known[name] = getenv(name).map { String(cString: $0) }
    }
    for (name, value) in hook.variables(beside: known) { setenv(name, value, 1) }
    // The hooks name files from there.
    let root = getenv("LAMBDA_TASK_ROOT").map { String(cString: $0) } ?? "."
    code = SourceFiles(root: names(inFolder: root).isEmpty ? "." : root)
  }

  /// The text of a statement, from its file.
  package var statementText: @Sendable (String, Int32) -> String? { { [code] in code.statement($0, $1) } }
}
