package import LambdaLifecycle

/// Decides when a frame is due, and how long may be waited for it. It has no clock: the time is a parameter.
package struct FramePacing: Sendable {
  /// The way in which a picture changes by itself.
  package enum Motion: Sendable {
    case still
    /// It plays.
    case playing
    /// Its clock goes on, and events come when they come.
    case following
  }

  /// Between two frames while events arrive, where they change little.
  private static let shortest: Nanoseconds = .milliseconds(33)
  /// Between two frames however much they change.
  private static let longest: Nanoseconds = .milliseconds(900)
  /// The share of the way to the terminal, which may be long and narrow, that frames may take in a second.
  private static let bytesPerSecond: Int64 = 7_000
  /// Between two frames of a picture that moves by itself.
  private static let animation: Nanoseconds = .milliseconds(100)
  /// The same for a stream on which nothing has come for a while: its clock is all that moves.
  private static let quiet: Nanoseconds = .seconds(1)
  /// The while.
  private static let quietAfter: Nanoseconds = .seconds(10)

  /// Something has changed since the last frame.
  package private(set) var isWanted = true
  /// nil where the next frame need not wait for the time between two.
  private var lastFrame: Timestamp?
  private var lastEvent: Timestamp?
  /// Bytes of frames that the way to the terminal still has to carry, as of the last frame.
  private var owed: Int64 = 0
  private var counted: Timestamp?
  private var pause = shortest

  package init() {}

  /// Something has changed.
  package mutating func want() { isWanted = true }

  /// Something has changed that the user waits for: the answer to a key, or a new size.
  package mutating func wantAtOnce() {
    isWanted = true
    lastFrame = nil
  }

  /// Events have come.
  package mutating func noteEvents(at now: Timestamp) {
    isWanted = true
    lastEvent = now
  }

  /// Notes that a frame is drawn.
  /// - Parameter bytes: about how many it takes to show it.
  package mutating func noteFrame(at now: Timestamp, bytes: Int = 0) {
    isWanted = false
    // A frame that a key has asked for is no traffic.
    let bytes = lastFrame == nil ? 0 : bytes
    lastFrame = now
    // Two seconds' worth may come at once: only what goes on for longer is slowed down.
    let elapsed = counted.map { min(.seconds(10), now &- $0) } ?? 0
    counted = now
    owed = max(0, owed - elapsed / 1_000_000 * Self.bytesPerSecond / 1_000) + min(1 << 20, Int64(bytes))
    owed = min(owed, 4 * Self.bytesPerSecond)
    let excess = max(0, owed - 2 * Self.bytesPerSecond)
    pause = min(Self.longest, max(Self.shortest, excess * 1_000 / Self.bytesPerSecond * 1_000_000))
  }

  /// A frame is to be drawn now. Events that pour in are drawn up to thirty times a second, not each by itself; less often
  /// where each frame changes much.
  package func isDue(at now: Timestamp) -> Bool {
    guard isWanted, let lastFrame else { return isWanted }
    return now &- lastFrame >= pause
  }

  /// Wants a frame where the picture has moved for long enough.
  package mutating func tick(_ motion: Motion, at now: Timestamp) {
    guard let interval = interval(motion, at: now) else { return }
    // Waiting ends up to a millisecond early.
    if lastFrame.map({ now &- $0 >= interval &- .milliseconds(1) }) ?? true { isWanted = true }
  }

  /// The time that may be waited, in milliseconds; -1 for as long as nothing comes.
  /// - Parameter next: when something else is to be done while the picture stands still; `.never` for nothing.
  package func wait(_ motion: Motion, at now: Timestamp, until next: Timestamp) -> Int32 {
    if let interval = isWanted ? pause : interval(motion, at: now) {
      guard let lastFrame else { return 0 }
      return Int32(clamping: max(0, (lastFrame &+ interval &- now &+ 999_999) / 1_000_000))
    }
    guard next != .never else { return -1 }
    return Int32(clamping: max(0, (next &- now) / 1_000_000) + 1)
  }

  /// Between two frames of a picture that moves so; nil where it stands still.
  private func interval(_ motion: Motion, at now: Timestamp) -> Nanoseconds? {
    switch motion {
    case .still: nil
    case .playing: max(Self.animation, pause)
    case .following:
      lastEvent.map { now &- $0 < Self.quietAfter } ?? true ? max(Self.animation, pause) : Self.quiet
    }
  }
}
