/// The answer of a function to a request of HTTP, by format 2.0 of payloads (urls-invocation page).
package enum HTTPAnswer {
  /// It says nothing of HTTP: the value itself is the body.
  case value
  case structured(StructuredAnswer)
  /// It has the form of an answer of HTTP, but not a valid one.
  case malformed

  /// - Parameter isPrelude: it stands in front of a streamed body, and is an answer in any case: 200 where it says no status.
  package init(_ bytes: UnsafeRawBufferPointer, isPrelude: Bool = false) {
    self = isPrelude ? .malformed : .value
    guard JSONText.isValid(bytes) else { return }
    var scanner = JSONScanner(bytes)
    scanner.skipWhitespace()
    guard scanner.peek == UInt8(ascii: "{") else { return }
    var answer = StructuredAnswer()
    var (hasStatus, isSound) = (isPrelude, true)
    scanner.object { scanner, key in
      switch scanner.text(key) {
      case "statusCode":
        hasStatus = true
        let status = scanner.scalar().flatMap { Int($0) } ?? 0
        answer.status = status
        // A status below is no answer yet.
        isSound = isSound && (200...599).contains(status)
      case "headers": isSound = scanner.fields(into: &answer.fields) && isSound
      case "cookies": isSound = scanner.texts(into: &answer.cookies) && isSound
      case "body":
        let isText = scanner.peek == UInt8(ascii: "\"")
        let text = scanner.scalar()
        if isText { answer.body = text ?? "" } else { isSound = text == "null" && isSound }
      case "isBase64Encoded": answer.isBase64 = scanner.scalar() == "true"
      default: scanner.skipValue()
      }
    }
    if hasStatus { self = isSound ? .structured(answer) : .malformed }
  }
}

/// An answer that has the status and headers that HTTP needs.
package struct StructuredAnswer {
  package var status = 200
  package var fields: [(name: String, value: String)] = []
  /// Each as it is set.
  package var cookies: [String] = []
  package var body = ""
  /// The body stands for bytes.
  package var isBase64 = false

  package init() {}
}

extension JSONScanner {
  /// The text at the position, or a number or a word as it is written; nil for an object or array.
  fileprivate mutating func scalar() -> String? {
    if peek == UInt8(ascii: "\"") { return string().map { text($0) } }
    let isWhole = peek != UInt8(ascii: "{") && peek != UInt8(ascii: "[")
    let start = position
    skipValue()
    guard isWhole else { return nil }
    return text(JSONString(start: Int32(start), end: Int32(position), isEscaped: false))
  }

  /// - Returns: false where it is no object of values without parts.
  fileprivate mutating func fields(into fields: inout [(name: String, value: String)]) -> Bool {
    guard peek == UInt8(ascii: "{") else { return scalar() == "null" }
    var (found, isSound) = (fields, true)
    object { scanner, key in
      let name = scanner.text(key)
      if let value = scanner.scalar() { found.append((name, value)) } else { isSound = false }
    }
    fields = found
    return isSound
  }

  /// - Returns: false where it is no array of texts.
  fileprivate mutating func texts(into texts: inout [String]) -> Bool {
    guard peek == UInt8(ascii: "[") else { return scalar() == "null" }
    var (found, isSound) = (texts, true)
    array { scanner in
      if let text = scanner.scalar() { found.append(text) } else { isSound = false }
    }
    texts = found
    return isSound
  }
}
