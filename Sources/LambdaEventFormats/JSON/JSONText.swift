/// Some JSON from outside, of which a few texts are wanted.
package struct JSONText {
  /// The texts at the top of the object, by their keys; empty if the text is no object.
  package private(set) var members: [String: String] = [:]

  /// - Parameter keys: those whose texts are wanted.
  package init(_ bytes: UnsafeRawBufferPointer, keys: Set<String>) {
    var scanner = JSONScanner(bytes)
    scanner.skipWhitespace()
    guard scanner.peek == UInt8(ascii: "{") else { return }
    var found: [String: String] = [:]
    scanner.object { scanner, key in
      let key = scanner.text(key)
      guard keys.contains(key) else { return scanner.skipValue() }
      if let text = scanner.stringIfPresent() { found[key] = scanner.text(text) }
    }
    members = found
  }

  /// True if it is one value, and nothing else.
  package static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var scanner = JSONScanner(bytes)
    scanner.checkValue()
    scanner.skipWhitespace()
    return !scanner.failed && scanner.isAtEnd
  }
}
