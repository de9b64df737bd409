import LambdaLifecycle
import LanesProgram
import Synchronization

/// A clock that somebody sets.
final class HandClock: Sendable {
  private let now = Mutex<Timestamp>(.seconds(1_000))
  /// The moment when it begins; far from any stream of the tests.
  private static let date: Timestamp = .seconds(1_795_000_000)

  func advance(by length: Nanoseconds) { now.withLock { $0 = $0 &+ length } }

  var time: Timestamp { now.withLock { $0 } }

  /// Both of the program's clocks, which go on alike.
  var clock: ProgramClock {
    ProgramClock(steady: { self.time }, wall: { Self.date &+ self.time })
  }
}
