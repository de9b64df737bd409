/// Words for messages.
enum Words {
  /// `a`, `a or b`, `a, b or c`.
  static func listed(_ words: [String], last: String) -> String {
    guard words.count > 1 else { return words.first ?? "nothing" }
    return words.dropLast().joined(separator: ", ") + " \(last) " + words[words.count - 1]
  }
}
