internal import LambdaEventFormats

/// The header fields that a function wants its caller to get.
struct URLFields {
  /// Fields that say how a body is sent, which is ours to say.
  private static let ours: Set<String> = ["content-length", "transfer-encoding", "connection", "keep-alive"]

  private(set) var fields: [(String, String)] = []

  /// Nil where one of them cannot be sent.
  init?(_ told: StructuredAnswer) {
    for (name, value) in told.fields where !Self.ours.contains(name.lowercased()) {
      fields.append((name, value))
    }
    for cookie in told.cookies { fields.append(("Set-Cookie", cookie)) }
    guard fields.allSatisfy({ Self.isName($0.0) && Self.isValue($0.1) }) else { return nil }
    if !fields.contains(where: { $0.0.lowercased() == "content-type" }) {
      fields.append(("Content-Type", "application/json"))
    }
  }

  /// A token (RFC 9110, section 5.6.2).
  private static func isName(_ text: String) -> Bool {
    let others = Set("!#$%&'*+-.^_`|~")
    return !text.isEmpty
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || others.contains($0) }
  }

  private static func isValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
  }
}
