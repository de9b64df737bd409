/// A small document of JSON as a whole, such as a request to an API. Logs are read without making one.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// As it is written: no digit of it is lost.
  case number(String)
  case text(String)
  case array([JSONValue])
  /// Of a key that stands twice, the last counts.
  case object([String: JSONValue])

  /// - Returns: nil where it is no JSON (RFC 8259), something stands behind it, or it is nested too deeply.
  package init?(_ bytes: UnsafeRawBufferPointer) {
    guard JSONText.isValid(bytes) else { return nil }
    var scanner = JSONScanner(bytes)
    self = Self.read(&scanner, depth: 0)
    if scanner.failed { return nil }
  }

  private static func read(_ scanner: inout JSONScanner, depth: Int) -> JSONValue {
    scanner.skipWhitespace()
    guard depth < JSONScanner.maximumDepth else {
      scanner.fail()
      return .null
    }
    switch scanner.peek {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      scanner.object { scanner, key in
        let key = scanner.text(key)
        members[key] = read(&scanner, depth: depth + 1)
      }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      scanner.array { elements.append(read(&$0, depth: depth + 1)) }
      return .array(elements)
    case UInt8(ascii: "\""): return .text(scanner.string().map { scanner.text($0) } ?? "")
    default: return word(&scanner)
    }
  }

  private static func word(_ scanner: inout JSONScanner) -> JSONValue {
    let start = scanner.position
    scanner.skipValue()
    let text = String(decoding: scanner.bytes[start..<scanner.position], as: UTF8.self)
    switch text {
    case "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    default: return .number(text)
    }
  }

  /// A member of an object; nil if this is no object, or has no such member.
  package subscript(key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The words of a text; nil for anything else.
  package var string: String? { if case .text(let text) = self { text } else { nil } }

  /// A whole number; nil for anything else.
  package var integer: Int? { if case .number(let text) = self { Int(text) } else { nil } }

  /// The elements of an array; nil for anything else.
  package var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
}
