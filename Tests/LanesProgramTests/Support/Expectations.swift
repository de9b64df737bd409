import Foundation
import SwimlaneUI
import TestSupport
import Testing

extension ProgramShow {
  /// All of these texts are on the screen.
  func expect(_ texts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    for text in texts where !screen.contains(text) {
      Issue.record("expected \(text); found\n\(screen)", sourceLocation: sourceLocation)
    }
  }

  /// None of these texts is on the screen.
  func expectNo(_ texts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
    for text in texts where screen.contains(text) {
      Issue.record("expected no \(text); found\n\(screen)", sourceLocation: sourceLocation)
    }
  }

  /// Compares the screen with Golden/NAME.txt. `UPDATE_GOLDEN=1` writes the file instead, and fails, so that nobody
  /// forgets to look at it.
  func expectScreen(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let file = URL(fileURLWithPath: Repository.path("Tests/LanesProgramTests/Golden/\(name).txt"))
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try Data((screen + "\n").utf8).write(to: file)
      Issue.record("golden screen written, look at it: \(name)", sourceLocation: sourceLocation)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(screen + "\n" == expected, "\(name):\n\(screen)", sourceLocation: sourceLocation)
  }
}
