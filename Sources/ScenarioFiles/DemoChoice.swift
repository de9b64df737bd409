/// The meaning of a name for `lanes demo`.
package enum DemoChoice: Equatable, Sendable {
  /// The place of a lesson of the library.
  case lesson(Int)
  /// A scenario or a lesson of the user's.
  case file(String)

  /// A name that means nothing.
  package struct Mistake: Error, Equatable, CustomStringConvertible {
    package var description: String
  }

  /// - Parameters:
  ///   - lessons: the names of the library.
  ///   - commands: other words that may have been meant.
  ///   - exists: there is such a file.
  /// - Throws: `Mistake` with what was expected, and what to do.
  package init(_ name: String, lessons: [String], commands: [String], exists: Bool) throws(Mistake) {
    if let place = lessons.firstIndex(of: name) {
      self = .lesson(place)
      return
    }
    guard name.contains("/") || name.contains(".") || exists else {
      let near = NearestWord.question(name, among: lessons + commands)
      throw Mistake(
        description:
          "found no lesson and no file \(name)\(near) expected a lesson that lanes demo --list names, a scenario in YAML,"
          + " or a recording after lanes play")
    }
    if FileName.isStream(name) {
      throw Mistake(
        description: "\(name) looks like a recording or a log. Use lanes play \(name) to play it.")
    }
    self = .file(name)
  }
}

/// The kind of a file, by its name.
package enum FileName {
  /// A recording, or a log.
  package static func isStream(_ name: String) -> Bool {
    [".jsonl", ".log", ".gz"].contains(where: name.hasSuffix)
  }

  package static func isScenario(_ name: String) -> Bool {
    [".yaml", ".yml"].contains(where: name.hasSuffix)
  }
}
