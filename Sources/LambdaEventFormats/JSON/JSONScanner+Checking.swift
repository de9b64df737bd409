extension JSONScanner {
  /// Moves over the value at the position and checks all of it, however deep: a value that is handed on must
  /// be JSON to its end (RFC 8259).
  mutating func checkValue() {
    // The bracket that closes each level.
    var levels: [UInt8] = []
    while !failed {
      skipWhitespace()
      if take(UInt8(ascii: "{")) {
        skipWhitespace()
        if peek != UInt8(ascii: "}") {
          checkKey()
          levels.append(UInt8(ascii: "}"))
          continue
        }
        advance()
      } else if take(UInt8(ascii: "[")) {
        skipWhitespace()
        if peek != UInt8(ascii: "]") {
          levels.append(UInt8(ascii: "]"))
          continue
        }
        advance()
      } else {
        skipValue()
      }
      if !closeLevels(&levels) { return }
    }
  }

  /// After a value.
  /// - Returns: true if another one follows.
  private mutating func closeLevels(_ levels: inout [UInt8]) -> Bool {
    while !failed, let closing = levels.last {
      skipWhitespace()
      if take(closing) {
        levels.removeLast()
      } else if take(UInt8(ascii: ",")) {
        skipWhitespace()
        if closing == UInt8(ascii: "}") { checkKey() }
        return true
      } else {
        fail()
      }
    }
    return false
  }

  private mutating func checkKey() {
    guard string() != nil else { return }
    skipWhitespace()
    if !take(UInt8(ascii: ":")) { fail() }
  }
}
