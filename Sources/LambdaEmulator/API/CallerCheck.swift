internal import NIOHTTP1

/// Checks that a caller may call: anybody who reaches us by a name of this machine, and by any address where
/// the user has named a host. Any web page can have a browser post to localhost, by its name or by one of its
/// own that resolves to this machine; a browser says so by Origin, or at least by Host and Referer.
struct CallerCheck {
  /// The host that the user has named, in lower case; nil where we listen on this machine alone.
  private let host: String?

  init(host: String?) { self.host = host?.lowercased() }

  /// The reason why a request is refused; nil where it is not.
  func objection(to head: HTTPRequestHead) -> String? {
    if let name = head.headers.first(name: "Host"), !isOurs(Self.name(in: name)) {
      return "The header Host names \(name.cut(to: 100)), which is not this machine"
        + (host == nil ? "" : ": call it by its address, or give that name by --host")
    }
    for field in ["Origin", "Referer"] {
      if let page = head.headers.first(name: field), !isOurs(pageAt: page) {
        return "A web page of \(page.cut(to: 100)) may not call functions here"
      }
    }
    if head.headers.first(name: "Sec-Fetch-Site") == "cross-site" {
      return "A web page of another site may not call functions here"
    }
    return nil
  }

  private func isOurs(pageAt address: String) -> Bool {
    let rest = address.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: true).last ?? ""
    let authority = rest.drop { $0 == "/" }.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    return address.hasPrefix("http") && isOurs(Self.name(in: String(authority)))
  }

  private func isOurs(_ name: String) -> Bool {
    if let host { return name == host || Self.isLoopback(name) || Self.isAddress(name) }
    return Self.isLoopback(name)
  }

  static func isLoopback(_ name: String) -> Bool {
    name == "localhost" || name.hasSuffix(".localhost") || name == "::1"
      || (name.hasPrefix("127.") && isAddress(name))
  }

  private static func isAddress(_ name: String) -> Bool {
    name.contains(":")
      || name.split(separator: ".", omittingEmptySubsequences: false).count == 4
        && name.utf8.allSatisfy {
          $0 == UInt8(ascii: ".") || $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9")
        }
  }

  /// The host of `host:port`, `[::1]:port` or a host alone, in lower case.
  private static func name(in authority: String) -> String {
    let text = authority.lowercased()
    if text.hasPrefix("[") { return String(text.dropFirst().prefix { $0 != "]" }) }
    return String(text.prefix { $0 != ":" })
  }
}
