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

  /// Compares the screen with Golden/NAME.txt.
  func expectScreen(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    try expectGolden(name, screen + "\n", sourceLocation: sourceLocation)
  }
}
