/// How many of something there are as time goes by: now, the most at once, and the mean over time.
///
/// The sum of all ends less the sum of all begins is the time of what is over; what is still there counts up to the
/// moment that is asked for. 128 bits, because 100 million requests of minutes each are more nanoseconds than 64 hold.
package struct Level: Equatable, Sendable {
  package private(set) var count = 0
  /// The most that there have been at once.
  package private(set) var peak = 0
  private var sum: Int128 = 0

  package init() {}

  /// Starts from counts made elsewhere.
  /// - Parameter sum: of all ends, less the sum of all begins.
  init(count: Int, peak: Int, sum: Int128) {
    self.count = count
    self.peak = max(peak, count)
    self.sum = sum
  }

  /// One more, from now on.
  @inline(__always)
  package mutating func rise(at time: Timestamp) {
    count += 1
    sum &-= Int128(time)
    if count > peak { peak = count }
  }

  /// One fewer. Nothing happens if there is none.
  @inline(__always)
  package mutating func fall(at time: Timestamp) {
    guard count > 0 else { return }
    count -= 1
    sum &+= Int128(time)
  }

  /// Leaves out the time before `begin`, when it was `before`.
  mutating func leaveOut(_ before: Level, upTo begin: Timestamp) { sum &-= before.total(until: begin) }

  /// Nanoseconds of all of them together, up to `end`.
  package func total(until end: Timestamp) -> Int128 { sum &+ Int128(count) &* Int128(end) }

  /// How many there were on average between two moments; everything must lie between them. 0 for no time at all.
  package func mean(from begin: Timestamp, until end: Timestamp) -> Double {
    let length = Int128(end) - Int128(begin)
    return length > 0 ? Double(total(until: end)) / Double(length) : 0
  }
}
