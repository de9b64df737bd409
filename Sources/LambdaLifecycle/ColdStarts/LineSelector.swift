/// Statements of a function as conditions name them: by a text in them, with their literals or without, or by their place,
/// `FILE:LINE`.
package struct LineSelector: Equatable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// Their time together in one init; nil where it has none of them.
  /// - Parameter parts: each before those inside of it. Those inside of one of them are in that.
  package func length(in parts: [ColdStart.Part]) -> Nanoseconds? {
    var sum: Nanoseconds?
    var outermost = Int.max
    for part in parts where !part.name.file.isEmpty {
      if part.depth > outermost { continue }
      outermost = .max
      guard selects(part) else { continue }
      outermost = part.depth
      sum = (sum ?? 0) &+ part.length
    }
    return sum
  }

  /// The time of a module before its first statement is none.
  private func selects(_ part: ColdStart.Part) -> Bool {
    part.line > 0
      && (part.text.contains(text) || part.name.text.contains(text)
        || text == "\(part.name.file):\(part.line)")
  }
}
