/// The address at which an emulator takes requests.
package struct InvokeURL: Equatable, Sendable, CustomStringConvertible {
  /// The path on which the Runtime Interface Emulator answers.
  package static let defaultPath = path(of: "function")

  /// The path of the Invoke API for a function (Lambda API reference, Invoke).
  static func path(of function: String) -> String { "/2015-03-31/functions/\(function)/invocations" }

  /// The Runtime Interface Emulator's path: in its classic mode it crashes on a second request at once.
  var isRIEs: Bool { path == Self.defaultPath }

  package let host: String
  package let port: Int
  package let path: String

  init(host: String, port: Int, path: String = defaultPath) {
    self.host = host
    self.port = port
    self.path = path
  }

  /// Reads `http://HOST[:PORT][/PATH]`; without a path it is the emulator's.
  /// - Throws: `SourceError.badInvokeURL`.
  package init(_ text: String) throws(SourceError) {
    let scheme = "http://"
    guard text.lowercased().hasPrefix(scheme) else {
      throw .badInvokeURL(text, reason: "it does not begin with http:// (TLS is not supported)")
    }
    let rest = text.dropFirst(scheme.count)
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    guard let (host, port) = Self.address(rest[..<slash], defaultPort: 80), !host.isEmpty else {
      throw .badInvokeURL(text, reason: "\"\(rest[..<slash])\" is not HOST or HOST:PORT, PORT 1 to 65535")
    }
    let path = String(rest[slash...])
    guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw .badInvokeURL(text, reason: "its path has a character that must be escaped with %")
    }
    self.init(host: host, port: port, path: path.isEmpty || path == "/" ? Self.defaultPath : path)
  }

  static func address(
    _ text: Substring, defaultPort: Int, ports: ClosedRange<Int> = 1...65535
  ) -> (host: String, port: Int)? {
    var host = text
    var port = Substring()
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      port = text[text.index(after: end)...]
    } else if let colon = text.firstIndex(of: ":") {
      host = text[..<colon]
      port = text[colon...]
    }
    let isPlain = host.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"@?#\"<>\\".utf8.contains($0) }
    guard isPlain, !(text.first == "[" && host.isEmpty) else { return nil }
    if port.isEmpty { return (String(host), defaultPort) }
    let digits = port.dropFirst()
    guard port.first == ":", digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(digits), ports.contains(number)
    else { return nil }
    return (String(host), number)
  }

  /// HOST:PORT, as in a request's Host field.
  package var authority: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

  package var description: String { "http://\(authority)\(path)" }
}
