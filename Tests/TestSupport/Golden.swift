internal import Foundation
package import SwimlaneUI
package import Testing

/// Texts that tests compare with, in the folder Golden of their target.
package enum Golden {
  /// `UPDATE_GOLDEN` is set: found texts are written instead of compared.
  package static var isUpdated: Bool { ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil }

  /// - Parameters:
  ///   - name: of a file; `.txt` is left out.
  ///   - target: the test target that it belongs to.
  package static func path(_ name: String, of target: String) -> String {
    Repository.path("Tests/\(target)/Golden/\(name)\(name.contains(".") ? "" : ".txt")")
  }

  /// Throws what the file system says.
  package static func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  /// Writes a found text, and fails, so that nobody forgets to read it. Throws what the file system says.
  package static func update(_ path: String, with found: String, sourceLocation: SourceLocation) throws {
    try Data(found.utf8).write(to: URL(fileURLWithPath: path))
    Issue.record("written, read it: \(path)", sourceLocation: sourceLocation)
  }
}

/// Compares a text with a file in the folder Golden of the caller's target. With `UPDATE_GOLDEN=1` the file is written
/// instead. Throws what the file system says.
/// - Parameter name: of the file; `.txt` is left out.
package func expectGolden(
  _ name: String, _ found: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let path = Golden.path(name, of: sourceLocation.moduleName)
  if Golden.isUpdated { return try Golden.update(path, with: found, sourceLocation: sourceLocation) }
  guard let expected = try? Golden.text(path) else {
    Issue.record("there is no \(path); UPDATE_GOLDEN=1 writes it", sourceLocation: sourceLocation)
    return
  }
  guard found != expected else { return }
  let lines = { (text: String) in text.split(separator: "\n", omittingEmptySubsequences: false) }
  for (line, pair) in zip(lines(found), lines(expected)).enumerated() where pair.0 != pair.1 {
    Issue.record(
      "\(name), line \(line + 1)\nexpected \(pair.1)\nfound    \(pair.0)", sourceLocation: sourceLocation)
    return
  }
  Issue.record("\(name): the number of lines differs", sourceLocation: sourceLocation)
}

/// The same for a frame's characters.
package func expectScreen(
  _ name: String, _ frame: Frame, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  try expectGolden(name, frame.text + "\n", sourceLocation: sourceLocation)
}
