import TestSupport
import Testing

extension TmuxSession {
  /// Waits until the screen is NAME.txt among the screens of `LanesProgramTests`: the terminal shows the text
  /// of the program's frames. With `UPDATE_GOLDEN=1` writes the file, once the screen shows `landmark`, and
  /// fails, so that nobody forgets to look at it.
  func expectScreen(
    _ name: String, landmark: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let path = Golden.path(name, of: "LanesProgramTests")
    if Golden.isUpdated {
      try await wait(for: landmark, sourceLocation: sourceLocation)
      return try Golden.update(path, with: try await stillScreen(), sourceLocation: sourceLocation)
    }
    let expected = try Golden.text(path)
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
