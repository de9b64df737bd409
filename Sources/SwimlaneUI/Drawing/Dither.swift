/// Decides in which of many cells a rare kind is painted, so that as large a part of the cells shows it as it is a part
/// of what the cells stand for. One that stands alone is always painted.
struct Dither {
  private var carry = 0.0
  private var last = Int.min / 2
  /// Cells without any after which the next one is one that stands alone.
  private static let gap = 8

  /// - Parameter share: the kind's part of a cell, 0 to 1.
  mutating func paints(_ share: Double, at column: Int) -> Bool {
    guard share > 0 else { return false }
    if column - last > Self.gap { carry = 1 - share }
    last = column
    carry += share
    guard carry >= 1 else { return false }
    carry -= 1
    return true
  }
}
