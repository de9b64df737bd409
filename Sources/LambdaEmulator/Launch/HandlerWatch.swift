/// The files whose opening shows that function init begins: the handler's module and the packages it lies in.
package struct HandlerWatch: Equatable, Sendable {
  /// Files of a folder that begin with this name and one of the endings of code.
  struct Place: Equatable, Sendable {
    /// Absolute.
    var folder: String
    var stem: String
  }

  private let places: [Place]
  private let endings: [String]

  /// - Parameters:
  ///   - file: the file that was found for the handler.
  ///   - code: the function's folder, absolute.
  init(_ file: HandlerFile, code: String) {
    let parts = file.path.split(separator: "/").map(String.init)
    let stem = parts.last.map { String($0.prefix { $0 != "." }) } ?? ""
    var places: [Place] = []
    switch file.language {
    case .node:
      endings = ["js", "mjs", "cjs"]
      places.append(Place(folder: ([code] + parts.dropLast()).joined(separator: "/"), stem: stem))
    case .python:
      endings = ["py", "pyc", "so"]
      var folder = code
      for part in parts.dropLast() {
        folder += "/\(part)"
        // Python runs a package before the modules in it.
        places.append(Place(folder: folder, stem: "__init__"))
      }
      if stem != "__init__" { places.append(Place(folder: folder, stem: stem)) }
      places += places.map { Place(folder: "\($0.folder)/__pycache__", stem: $0.stem) }
    }
    self.places = places
  }

  /// The folders they lie in, absolute, each once. Python makes a `__pycache__` when it first imports: it may not be
  /// there yet.
  package var folders: [String] {
    places.reduce(into: []) { if !$0.contains($1.folder) { $0.append($1.folder) } }
  }

  /// - Parameters:
  ///   - folder: one of `folders`.
  ///   - file: the name of a file in it.
  package func matches(folder: String, file: String) -> Bool {
    let parts = file.split(separator: ".")
    // A .pyc that is being written has one more: app.cpython-313.pyc.1234.
    guard parts.count > 1, parts.dropFirst().contains(where: { endings.contains(String($0)) }) else {
      return false
    }
    return places.contains { $0.folder == folder && $0.stem == parts[0] }
  }
}
