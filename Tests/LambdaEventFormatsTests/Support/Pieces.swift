import LambdaEventFormats
import LambdaLifecycle

extension StreamReader {
  /// Reads a whole stream that comes in pieces of a size, wherever they cut it.
  mutating func read(_ bytes: [UInt8], inPiecesOf size: Int) -> EventLog {
    var log = EventLog()
    for start in stride(from: 0, to: bytes.count, by: size) {
      bytes[start..<min(start + size, bytes.count)].withUnsafeBytes {
        read($0, stream: nil, arrival: nil, into: &log)
      }
    }
    finish(into: &log)
    return log
  }
}
