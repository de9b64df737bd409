internal import LambdaLifecycle
internal import SwimlaneUI

/// The verdict on two settings, in words.
struct VerdictWords {
  /// A smaller part of all is not worth a sentence on how a difference could be seen.
  private static let worthwhile = 10

  private let comparison: ColdStartComparison

  init(_ comparison: ColdStartComparison) { self.comparison = comparison }

  /// Of one part: `61 ms slower, 58–64 ms (p < 0.001)`.
  func verdict(_ row: ColdStartDifference) -> String {
    guard let shift = row.shift else { return "" }
    switch row.verdict {
    case .differs:
      let word = shift.value > 0 ? "slower" : "faster"
      let length = SwimlaneUI.text(ofLength: abs(shift.value))
      let (low, high) = shift.value > 0 ? (shift.low, shift.high) : (-shift.high, -shift.low)
      let news = row.first == nil ? "new: " : row.second == nil ? "gone: " : ""
      return "\(news)\(length) \(word), \(ColdStartText.range(low, high)) (\(Self.chance(row.p)))"
    case .tooFew: return "too few rounds to tell"
    case .none(let need):
      // Not asked about.
      guard row.p != nil else { return "" }
      let whole = comparison.whole?.second?.median ?? 0
      let length = max(row.first?.median ?? 0, row.second?.median ?? 0)
      let words = "no difference to be seen"
      guard let need, length >= whole / Nanoseconds(Self.worthwhile), row.name != ColdStartPart.whole else {
        return words
      }
      return "\(words); \(need.percent) % takes about \(need.rounds) rounds"
    }
  }

  /// Of all, behind the table.
  var sentence: String {
    guard let whole = comparison.whole else { return "" }
    switch whole.verdict {
    case .differs:
      guard let shift = whole.shift, let before = whole.first?.median, before > 0 else { return "" }
      let percent = Double(abs(shift.value)) / Double(before)
      return
        "Init of b is \(SwimlaneUI.text(ofLength: abs(shift.value))) (\(SwimlaneUI.text(ofShare: percent))) "
        + "\(shift.value > 0 ? "slower" : "faster") than that of a (\(Self.chance(whole.p))).\n"
    case .tooFew:
      return "There are too few rounds to tell: it takes \(comparison.leastRounds), and 20 see more.\n"
    case .none(let need):
      let more = need.map { ": it would need about \($0.rounds) rounds to see \($0.percent) %" } ?? ""
      return "Init: no difference to be seen\(more).\n"
    }
  }

  private static func chance(_ p: Double?) -> String { (p ?? 1) < 0.001 ? "p < 0.001" : "p < 0.01" }
}
