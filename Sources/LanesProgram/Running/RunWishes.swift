package import LambdaEmulator
package import LambdaLifecycle

/// The wishes on the command line of `lanes run`.
package struct RunWishes {
  /// The program to run.
  package enum What {
    case handler(String)
    case command([String])
    /// The function that lanes brings along.
    case example
  }

  package var what: What
  /// The function's folder.
  package var code = "."
  /// nil for a name that follows from the program.
  package var name: String?
  /// Folders or ZIP files, the last over the first.
  package var layers: [String] = []
  /// Programs, beside those in layers.
  package var extensions: [String] = []
  /// Each `NAME=VALUE`.
  package var variables: [String] = []
  package var variablesFile: String?
  package var inheritsVariables = false
  package var usesNoAWS = false
  /// Memory, timeout, idle timeout, concurrency; its name is set here.
  package var function = FunctionScenario()
  package var host: String?
  package var port = 9000
  package var mostEnvironments = 10
  package var freezing = FreezingWish.auto
  /// The waits before an event that nobody waits for is tried again.
  package var retries = RetryPolicy()
  package var isolation = IsolationWish.auto
  /// Memory and processor time are limited as in Lambda, where this machine can.
  package var limitsResources = true
  /// A change of its code replaces environments.
  package var reloads = true
  /// The cost of each line of the function's modules in init is reported.
  package var tellsLines = true
  /// Statements are reported with their texts.
  package var tellsStatements = false
  /// The code that runs in place of that in its folder.
  package var copy: CodeCopy?
  /// The choice of compiled files for Python; nil for those that are there.
  package var compiledFiles: CompiledFilesWish?
  /// Payloads, which callers send and get, are written into recordings.
  package var recordsPayloads = false

  package init(_ what: What) { self.what = what }

  /// The name where none was given: the command's, or the folder's.
  func functionName(in launch: RuntimeLaunch) -> String {
    if let name { return name }
    let folder = launch.directory.split(separator: "/").last.map(String.init) ?? ""
    let text =
      switch what {
      case .handler: folder
      case .command(let words): words.first?.split(separator: "/").last.map(String.init) ?? folder
      case .example: "example"
      }
    // The characters and the length that a function's name may have (API_CreateFunction page).
    let allowed = text.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    return allowed.isEmpty ? "function" : String(allowed.prefix(64))
  }
}
