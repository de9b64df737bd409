/// What environments here share and in Lambda do not: the ports of localhost. An extension that listens there finds its port
/// taken as soon as there is a second environment; on `sandbox.localdomain` each has its own.
enum SharedPorts {
  static let words =
    "environments here share the ports of localhost, in Lambda each has its own: listen on sandbox.localdomain, or run one environment (--max-environments 1)"

  /// How Python, Go, Node.js and the system itself say that an address is taken.
  private static let signs = ["ddress already in use", "EADDRINUSE"].map { Array($0.utf8) }

  /// Whether a line tells of a port that is taken.
  static func isMissed(in line: UnsafeRawBufferPointer) -> Bool {
    signs.contains { line.firstRange(of: $0) != nil }
  }
}
