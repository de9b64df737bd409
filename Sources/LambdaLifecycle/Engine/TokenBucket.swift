/// A rate limit: tokens come back evenly and are not saved up beyond those of one period. In integers, so that it is
/// exact.
struct TokenBucket: Sendable {
  /// Tokens of a whole period, which is also the most there can be.
  private var perPeriod: Int64
  private let period: Nanoseconds
  /// Tokens times `period`: what one nanosecond brings back is then a whole number.
  private var level: Int64
  private var filledAt: Timestamp = 0

  init(_ perPeriod: Int, per period: Nanoseconds) {
    // So that a full bucket fits into 63 bits.
    self.perPeriod = min(max(0, Int64(perPeriod)), .max / max(1, period))
    self.period = max(1, period)
    level = self.perPeriod * self.period
  }

  /// Takes a token.
  /// - Returns: false if there is none.
  @inline(__always)
  mutating func take(at time: Timestamp) -> Bool {
    let missing = perPeriod &* period &- level
    // A long time fills it, whatever there was; this also keeps the product within 63 bits.
    let elapsed = min(time &- filledAt, period)
    level &+= min(missing, elapsed &* perPeriod)
    filledAt = time
    guard level >= period else { return false }
    level &-= period
    return true
  }

  /// Another rate from now on. Tokens that are out stay out.
  mutating func change(to perPeriod: Int, at time: Timestamp) {
    let elapsed = min(time &- filledAt, period)
    let full = self.perPeriod &* period
    let missing = max(0, full &- level &- elapsed &* self.perPeriod)
    self.perPeriod = min(max(0, Int64(perPeriod)), .max / period)
    level = max(0, self.perPeriod &* period &- missing)
    filledAt = time
  }
}
