internal import Glibc

/// The address that an environment's processes know as `sandbox.localdomain`: each has its own, so that extensions of many
/// environments, of this lanes and of others on this machine, can listen on the same port.
///
/// It is claimed by a socket with an abstract name, which the system takes away with the process that holds it, and which
/// is the same for all users who share the network.
final class SandboxAddress: CustomStringConvertible, Sendable {
  /// The addresses that there are: 127.0.1.1 to 127.0.254.254.
  static let count = 254 * 254
  /// Further addresses are not looked at: each is a call of the system.
  private static let mostTried = 4_096

  let description: String
  private let claim: Int32

  /// Claims one.
  /// - Parameter birth: a number that no other environment of the run has, from which the search begins.
  /// - Returns: nil where none is free.
  init?(birth: Int) {
    let first = max(0, birth - 1)
    for place in first..<first + Self.mostTried {
      let text = Self.text(place)
      guard let claim = Self.claim(text) else { continue }
      description = text
      self.claim = claim
      return
    }
    return nil
  }

  deinit { close(claim) }

  /// 127.0.1.1 to 127.0.1.254, then 127.0.2.1 and so on.
  /// - Parameter place: from 0; behind the last one the first follows.
  static func text(_ place: Int) -> String {
    "127.0.\(place % count / 254 + 1).\(place % 254 + 1)"
  }

  /// - Returns: a socket that nobody else has; nil where somebody has it.
  private static func claim(_ text: String) -> Int32? {
    let end = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard end >= 0 else { return nil }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    // A name that begins with a zero is no file's (unix(7)).
    let name = [0] + Array("lanes sandbox \(text)".utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
    let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(end, $0, length) }
    }
    guard result == 0 else {
      close(end)
      return nil
    }
    return end
  }
}
