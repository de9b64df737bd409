/// The file of a handler, found in the code's folder, and by it the language.
struct HandlerFile: Equatable {
  enum Language: Equatable { case python, node }

  var language: Language
  /// Below the code's folder, with the ending; of a Python package its `__init__.py`.
  var path: String

  /// - Throws: `LaunchError` where there is none, or one for each language.
  init(_ name: HandlerName, code: String) throws(LaunchError) {
    // A function `py` in app.py would be named so too; nobody has one.
    let isCode = [".py", ".js", ".mjs", ".cjs"].contains { name.text.hasSuffix($0) }
    if isCode, Files.isFile("\(code)/\(name.text)") { throw .fileForHandler(name.text) }
    let python = name.pythonModule.joined(separator: "/")
    let node = name.nodeModule.joined(separator: "/")
    // Lambda's runtimes look in this order.
    let pythonPaths = ["\(python)/__init__.py", "\(python).py"]
    let nodePaths = ["js", "mjs", "cjs"].map { "\(node).\($0)" }
    let forPython = pythonPaths.first { Files.isFile("\(code)/\($0)") }
    let forNode = nodePaths.first { Files.isFile("\(code)/\($0)") }
    switch (forPython, forNode) {
    case (let path?, nil): (language, self.path) = (.python, path)
    case (nil, let path?): (language, self.path) = (.node, path)
    case (let first?, let second?): throw .twoHandlers(name.text, folder: code, files: [first, second])
    case (nil, nil):
      if let file = ["ts", "mts", "cts", "tsx"].map({ "\(node).\($0)" }).first(where: {
        Files.isFile("\(code)/\($0)")
      }) {
        throw .typeScript(handler: name.text, file: file, built: node)
      }
      throw .noHandler(
        name.text, folder: code, looked: pythonPaths.reversed() + nodePaths,
        similar: SimilarFiles.handlers(like: name, code: code))
    }
  }
}
