import Foundation
import TestSupport
import Testing

extension TmuxSession {
  /// Waits until the screen is NAME.txt among the screens of `LanesProgramTests`: the terminal shows the text
  /// of the program's frames. With `UPDATE_GOLDEN=1` writes the file, once the screen shows `landmark`, and
  /// fails, so that nobody forgets to look at it.
  func expectScreen(
    _ name: String, landmark: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let path = Repository.path("Tests/LanesProgramTests/Golden/\(name).txt")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try await wait(for: landmark, sourceLocation: sourceLocation)
      try Data(try await stillScreen().utf8).write(to: URL(fileURLWithPath: path))
      Issue.record("golden screen written, look at it: \(path)", sourceLocation: sourceLocation)
      return
    }
    let expected = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    try #require(expected.contains(landmark), "\(name): \(landmark)", sourceLocation: sourceLocation)
    try await wait("the screen \(name):\n\(expected)", sourceLocation: sourceLocation) { $0 == expected }
  }

  /// The screen when it has not changed for a while.
  private func stillScreen() async throws -> String {
    var last = try await screen()
    var same = 0
    while same < 20 {
      let next = try await screen()
      same = next == last ? same + 1 : 0
      last = next
    }
    return last
  }
}

/// Compares a text with Golden/NAME.txt. With `UPDATE_GOLDEN=1` writes the file and fails.
func expectGolden(_ name: String, _ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let file = URL(fileURLWithPath: Repository.path("Tests/ProgramTests/Golden/\(name).txt"))
  if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
    try Data(text.utf8).write(to: file)
    Issue.record("golden text written, look at it: \(file.path)", sourceLocation: sourceLocation)
    return
  }
  #expect(try String(contentsOf: file, encoding: .utf8) == text, sourceLocation: sourceLocation)
}
