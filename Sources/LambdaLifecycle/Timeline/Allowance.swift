/// How many bytes, as they are reckoned, may be kept so that the program takes no more than it may.
///
/// The whole program's memory is measured; that of a part can only be reckoned. So the reckoning is held
/// against the measure: when the program has come near its limit, and whenever it goes beyond it once more.
struct Allowance: Sendable {
  private var bytes: Int?
  /// The most that was measured beyond the limit: memory that was given up is not always given back, so that a measure that
  /// stays as it was says nothing new.
  private var highest = 0

  /// - Parameters:
  ///   - reckoned: the memory of the program, in bytes, as it is reckoned.
  ///   - measured: the memory it really takes, in bytes; nil where nobody can measure it.
  /// - Returns: nil as long as there is room for more.
  mutating func bytes(reckoned: Int, measured: Int?, limit: Int) -> Int? {
    guard let measured else { return limit }
    if bytes == nil {
      guard measured >= limit / 16 * 15 else { return nil }
      bytes = reckoned
    }
    if measured > max(limit, highest) {
      bytes = bytes.map { Int(Double($0) * Double(max(limit, highest)) / Double(measured)) }
      highest = measured
    }
    return bytes
  }
}
