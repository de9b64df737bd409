/// A guess at the word that was meant by one that is none of the known words.
package enum NearestWord {
  /// Goes on after "found …": `, did you mean memory?`, or `;` where no word is near.
  package static func question(_ word: String, among words: some Sequence<String>) -> String {
    to(word, among: words).map { ", did you mean \($0)?" } ?? ";"
  }

  /// The nearest, if any is near: few letters differ, or one begins with the other.
  private static func to(_ word: String, among words: some Sequence<String>) -> String? {
    let plain = simplified(word)
    guard (2...64).contains(plain.count) else { return nil }
    var best: (word: String, distance: Int)?
    for candidate in words {
      let other = simplified(candidate)
      let isBegin = other.starts(with: plain) || plain.starts(with: other)
      let distance = isBegin ? min(1, abs(other.count - plain.count)) : editDistance(plain, other)
      if distance <= max(1, plain.count / 3), distance < best?.distance ?? .max {
        best = (candidate, distance)
      }
    }
    return best?.word
  }

  /// Makes `idle-timeout`, `idle_timeout` and `IdleTimeout` near to `idleTimeout`.
  private static func simplified(_ word: String) -> [Character] {
    word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
  }

  /// Insertions, deletions and replacements (Levenshtein).
  private static func editDistance(_ one: [Character], _ other: [Character]) -> Int {
    var row = Array(0...other.count)
    for (index, character) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let replaced = diagonal + (character == other[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
      }
    }
    return row[other.count]
  }
}
