internal import NIOCore

/// Requests of callers that are none: said at once, and then their number at most once a second; used on its loop alone.
final class MalformedRequests {
  private static let pause = TimeAmount.seconds(1)

  private let loop: any EventLoop
  private let tell: (String) -> Void
  private var count = 0
  private var isPausing = false

  /// - Parameter tell: called with a line.
  init(on loop: any EventLoop, _ tell: @escaping (String) -> Void) {
    self.loop = loop
    self.tell = tell
  }

  /// Another one has come.
  func add() {
    count += 1
    if !isPausing { say() }
  }

  private func say() {
    isPausing = count > 0
    guard count > 0 else { return }
    tell("refused: \(count) malformed request\(count == 1 ? "" : "s") from callers")
    count = 0
    loop.assumeIsolated().scheduleTask(in: Self.pause) { [weak self] in self?.say() }
  }
}
