/// The moment we look at, and how it moves. Live, paused and replayed are three ways of moving one number.
package struct Playhead: Equatable, Sendable {
  /// The moment we look at: nothing after it is shown.
  package private(set) var time: Timestamp
  /// Nanoseconds of the session that pass in one nanosecond of the viewer.
  package private(set) var speed = 1.0
  /// Somebody has said how fast time is to pass.
  package private(set) var isSpeedChosen = false
  package var isPlaying: Bool
  /// Time runs backwards while it plays.
  package private(set) var isReversed = false
  /// At the newest moment, and staying there.
  package private(set) var isFollowing: Bool

  package init(time: Timestamp, isPlaying: Bool = true, isFollowing: Bool = true) {
    self.time = time
    self.isPlaying = isPlaying
    self.isFollowing = isFollowing
  }

  /// The speeds that the keys step through; a simulation and a live stream leave the outermost out.
  package static let speeds = [
    0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000,
  ]

  /// The speed at which a length takes at most five minutes, as far as there is such: nobody waits for the end of a day.
  package static func speed(toShow length: Nanoseconds) -> Double {
    let least = max(1, Double(length) / Double(Nanoseconds.seconds(300)))
    return speeds.first { $0 >= least } ?? speeds[speeds.count - 1]
  }

  /// Lets `elapsed` nanoseconds of the viewer pass, within what there is to see.
  package mutating func advance(by elapsed: Nanoseconds, within range: ClosedRange<Timestamp>) {
    guard isPlaying, !isFollowing else { return }
    let step = Double(elapsed) * speed
    let room = isReversed ? time &- range.lowerBound : range.upperBound &- time
    let end = isReversed ? range.lowerBound : range.upperBound
    time = Double(room) <= step ? end : isReversed ? time &- Nanoseconds(step) : time &+ Nanoseconds(step)
  }

  /// Plays the other way from now on.
  package mutating func reverse() { isReversed.toggle() }

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

  /// - Parameter speeds: as far as the keys go here.
  package mutating func faster(within speeds: ClosedRange<Double>) {
    isSpeedChosen = true
    speed = Self.speeds.first { $0 > speed && $0 <= speeds.upperBound } ?? speed
  }

  package mutating func slower(within speeds: ClosedRange<Double>) {
    isSpeedChosen = true
    speed = Self.speeds.last { $0 < speed && $0 >= speeds.lowerBound } ?? speed
  }

  /// Sets the speed itself.
  package mutating func run(at speed: Double) {
    isSpeedChosen = true
    self.speed = speed
  }
}
