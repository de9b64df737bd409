/// Which moment we look at, and how it moves. Live, paused and replayed are three ways of moving one number.
package struct Playhead: Equatable, Sendable {
  /// The moment we look at: nothing after it is shown.
  package private(set) var time: Timestamp
  /// Nanoseconds of the session that pass in one nanosecond of the viewer.
  package private(set) var speed = 1.0
  package var isPlaying: Bool
  /// At the newest moment, and staying there.
  package private(set) var isFollowing: Bool

  package init(time: Timestamp, isPlaying: Bool = true, isFollowing: Bool = true) {
    self.time = time
    self.isPlaying = isPlaying
    self.isFollowing = isFollowing
  }

  /// The speeds that the keys step through.
  package static let speeds = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100]

  /// Lets `elapsed` nanoseconds of the viewer pass; `end` is as far as there is anything to see.
  package mutating func advance(by elapsed: Nanoseconds, end: Timestamp) {
    guard isPlaying, !isFollowing else { return }
    let step = Double(elapsed) * speed
    time = Double(end &- time) <= step ? end : time &+ Nanoseconds(step)
  }

  /// Looks at another moment and stays there.
  package mutating func seek(to time: Timestamp) {
    self.time = time
    isFollowing = false
  }

  /// Goes to the newest moment and stays with it as it moves on.
  package mutating func follow(_ end: Timestamp) {
    time = end
    isFollowing = true
    isPlaying = true
  }

  /// The newest moment has moved.
  package mutating func newest(_ end: Timestamp) {
    if isFollowing { time = end }
  }

  /// Stays at the moment we look at while newer ones come.
  package mutating func detach() { isFollowing = false }

  package mutating func faster() { speed = Self.speeds.first { $0 > speed } ?? speed }

  package mutating func slower() { speed = Self.speeds.last { $0 < speed } ?? speed }
}
