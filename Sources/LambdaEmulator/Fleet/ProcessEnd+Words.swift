internal import Glibc

extension ProcessEnd {
  /// The end of a runtime in Lambda's words (handlers.go of the emulator).
  var words: String {
    switch self {
    case .exited(0): "Runtime exited without providing a reason"
    default: "Runtime exited with error: \(text)"
    }
  }

  /// The end of an extension in Lambda's words.
  var wordsOfExtension: String { self == .exited(0) ? "exit code 0" : text }

  private var text: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .signaled(let number): "signal: \(String(cString: strsignal(number)).lowercased())"
    }
  }
}
