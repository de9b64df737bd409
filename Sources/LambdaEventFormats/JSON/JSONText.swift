/// Some JSON from outside, of which a few texts are wanted.
package struct JSONText {
  /// The texts at the top of the object, by their keys; empty where it is none.
  package private(set) var members: [String: String] = [:]
  /// It can be read to its end as one value.
  package private(set) var isWhole = false

  /// - Parameter keys: those whose texts are wanted.
  package init(_ bytes: UnsafeRawBufferPointer, keys: Set<String> = []) {
    var scanner = JSONScanner(bytes)
    scanner.skipWhitespace()
    var found: [String: String] = [:]
    if scanner.peek == UInt8(ascii: "{") {
      scanner.object { scanner, key in
        let key = scanner.text(key)
        guard keys.contains(key) else { return scanner.skipValue() }
        if let text = scanner.stringIfPresent() { found[key] = scanner.text(text) }
      }
    } else {
      scanner.skipValue()
    }
    scanner.skipWhitespace()
    isWhole = !scanner.failed && scanner.isAtEnd
    members = found
  }
}
