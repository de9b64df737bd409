/// A name in which `*` stands for any text.
package struct Wildcard: Sendable {
  package let pattern: String

  package init(_ pattern: String) { self.pattern = pattern }

  /// True if the whole of a name is meant.
  package func matches(_ name: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else { return name == pattern }
    guard name.hasPrefix(first), name.count >= first.count + last.count, name.hasSuffix(last) else {
      return false
    }
    // The text between stars is found from the left: the first place leaves the most room for the rest.
    var rest = name.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}
