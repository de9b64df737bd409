internal import LambdaLifecycle
internal import TimelineExport

/// The last lines that a function has printed, before and after its init was run again.
struct LastWords {
  private static let most = 12

  private var lines: [String] = []
  /// Up to the second init; nil where there is none.
  private var linesOfFirst: [String]?
  private var begun: Set<Phase> = []

  mutating func add(_ text: String) {
    lines += text.split(separator: "\n").map { String($0).printable }
    if lines.count > 10 * Self.most { lines.removeFirst(lines.count - Self.most) }
  }

  mutating func begin(_ phase: Phase) {
    guard phase.isInit, !begun.insert(phase).inserted, linesOfFirst == nil else { return }
    linesOfFirst = lines
    lines = []
  }

  /// - Parameter first: true for those before its init was run again, which says the same once more.
  func text(ofFirst first: Bool) -> String {
    let words = first ? linesOfFirst ?? lines : lines.isEmpty ? linesOfFirst ?? [] : lines
    return words.isEmpty ? "It printed nothing." : words.suffix(Self.most).joined(separator: "\n")
  }
}
