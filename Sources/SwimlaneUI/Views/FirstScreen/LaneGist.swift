internal import LambdaLifecycle

extension EnvironmentRow.Lane {
  /// The gist of the lane, in a few words of every day, for whoever sees it for the first time.
  /// - Parameter runtime: as the function's settings name it, `python3.13`; empty where that is not known.
  func gist(runtime: String) -> String {
    switch self {
    case .create: "a small machine is made"
    case .restore: "its snapshot is loaded"
    case .extensionInit: "agents start"
    case .runtimeInit: "\(Self.language(of: runtime)) starts"
    case .functionInit: "your imports"
    case .invoke, .invocation: "your handler"
    case .marks, .ofExtension, .moreExtensions: ""
    case .frozen: "stands still with its memory"
    case .shutdown: "after minutes unused"
    }
  }

  /// `python` of `python3.13`.
  private static func language(of runtime: String) -> String {
    let letters = runtime.prefix { $0.isLetter }
    switch letters {
    case "nodejs": return "node"
    case "", "provided", "al": return "the runtime"
    default: return String(letters)
    }
  }
}
