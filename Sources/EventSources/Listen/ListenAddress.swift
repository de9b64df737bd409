/// An address to listen on for events: `[HOST:]PORT`.
package struct ListenAddress: Equatable, Sendable, CustomStringConvertible {
  package let host: String
  /// 0 lets the system choose.
  package let port: Int

  /// Without a host it is the loopback: an address that anybody may post to must be asked for.
  /// - Throws: `SourceError.badListenAddress`.
  package init(_ text: String) throws(SourceError) {
    let isPort = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    let authority = isPort ? "127.0.0.1:\(text)" : text.hasPrefix(":") ? "127.0.0.1\(text)" : text
    guard let (host, port) = InvokeURL.address(authority[...], defaultPort: -1, ports: 0...65535), port >= 0,
      !host.isEmpty
    else { throw .badListenAddress(text) }
    self.host = host
    self.port = port
  }

  init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  package var description: String { "http://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
