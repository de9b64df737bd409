/// The ports of localhost, which environments share here and not in Lambda. An extension that listens there
/// finds its port taken as soon as there is a second environment; on `sandbox.localdomain` each has its own.
enum SharedPorts {
  static let words =
    "environments here share the ports of localhost, in Lambda each has its own: listen on sandbox.localdomain, or run one environment (--max-environments 1)"

  /// The words of Python, Go, Node.js and the system itself for an address that is taken.
  private static let signs = ["ddress already in use", "EADDRINUSE"].map { Array($0.utf8) }

  /// True for a line that says that a port is taken.
  static func isMissed(in line: UnsafeRawBufferPointer) -> Bool {
    signs.contains { line.firstRange(of: $0) != nil }
  }
}
