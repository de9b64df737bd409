/// The end of an invocation's log, as the Invoke API gives it: the last 4 KB (Invoke page).
struct LogTail {
  private static let limit = 4 << 10
  private var bytes: [UInt8] = []

  mutating func begin(_ first: String) {
    bytes = Array(first.utf8)
    bytes.append(0x0A)
  }

  mutating func add(_ line: UnsafeRawBufferPointer) {
    bytes.append(contentsOf: line)
    bytes.append(0x0A)
    if bytes.count > 4 * Self.limit { bytes.removeFirst(bytes.count - Self.limit) }
  }

  mutating func add(_ line: String) {
    var line = line
    line.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// As base64.
  var encoded: String { Base64.text(of: bytes.suffix(Self.limit)) }
}
