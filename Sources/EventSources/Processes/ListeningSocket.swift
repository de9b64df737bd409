/// A TCP socket that waits for connections, and the process that has it open. Found in /proc; where there is none,
/// nothing is found.
struct ListeningSocket: Equatable {
  var host: String
  var port: Int
  /// The command line of the process.
  var words: [String]

  /// The sockets of processes, in the processes' order.
  static func all(of processes: [ProcessEntry]) -> [ListeningSocket] {
    let listening = ["tcp", "tcp6"].flatMap { table in
      String(decoding: bytes(ofSmallFile: "/proc/net/\(table)"), as: UTF8.self).split(separator: "\n")
        .compactMap(Line.init)
    }
    return processes.flatMap { process in
      let sockets = process.sockets
      return listening.filter { sockets.contains($0.inode) }.map {
        ListeningSocket(host: $0.host, port: $0.port, words: process.words)
      }
    }
  }

  /// `SL LOCAL REMOTE STATE QUEUES TIMER RETRANSMIT UID TIMEOUT INODE …`, of which LOCAL is ADDRESS:PORT in hexadecimal
  /// digits, and 0A is the state of one that listens (proc(5); include/net/tcp_states.h).
  private struct Line {
    var host: String
    var port: Int
    var inode: Substring

    init?(_ line: Substring) {
      let fields = line.split(separator: " ")
      guard fields.count > 9, fields[3] == "0A" else { return nil }
      let local = fields[1].split(separator: ":")
      guard local.count == 2, let port = Int(local[1], radix: 16) else { return nil }
      self.port = port
      inode = fields[9]
      switch local[0] {
      // "All addresses" is where a server listens, not where a client connects to.
      case "00000000": host = "127.0.0.1"
      case let address where address.allSatisfy({ $0 == "0" }): host = "localhost"
      case let address where address.count == 8: host = Line.dotted(address)
      // IPv4 in IPv6 (RFC 4291, 2.5.5.2), as a JVM listens.
      case let address where address.hasPrefix("0000000000000000FFFF0000"):
        host = Line.dotted(address.suffix(8))
      // The only other one that can be reached from here as a rule.
      default: host = "::1"
      }
    }

    /// Four bytes in the order of a little-endian machine.
    private static func dotted(_ address: Substring) -> String {
      let number = UInt32(address, radix: 16)?.littleEndian ?? 0
      return (0..<4).map { "\(number >> ($0 * 8) & 0xFF)" }.joined(separator: ".")
    }
  }
}
