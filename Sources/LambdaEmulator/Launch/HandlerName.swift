/// A handler as Lambda's settings name it: `app.handler`, `src/app.handler`, `pkg.mod.handler`. Python and Node.js take it
/// apart differently.
struct HandlerName: Equatable {
  let text: String

  /// - Throws: `LaunchError.badHandler` where the text cannot mean a handler.
  init(_ text: String) throws(LaunchError) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count > 1, !text.hasPrefix("/"), !parts.contains(""), parts.last?.contains("/") == false
    else {
      throw .badHandler(text)
    }
    self.text = text
  }

  /// The module's path for Python without an ending, below the code's folder: the text before the last dot, in which
  /// other dots are folders too (python-handler).
  var pythonModule: [String] {
    text.split(separator: ".").dropLast().flatMap { $0.split(separator: "/") }.map(String.init)
  }

  /// The module's path for Node.js without an ending: of the last part of the path the text before its first dot; the
  /// rest may be nested (nodejs-handler).
  var nodeModule: [String] {
    var parts = text.split(separator: "/").map(String.init)
    if let last = parts.popLast() { parts.append(String(last.prefix { $0 != "." })) }
    return parts
  }

  /// The same function in another module.
  func inModule(_ path: String) -> String { "\(path).\(text.split(separator: ".").last ?? "handler")" }
}
