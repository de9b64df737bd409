/// Bytes as they come, or unpacked if they begin as packed ones do.
package struct Unpacking {
  /// The first bytes, as long as there are too few to decide.
  private var beginning: [UInt8] = []
  private var isDecided = false
  private var gzip: GzipReader?

  package init() {}

  /// Calls `body` with the unpacked bytes of the next piece, until it returns false.
  /// - Throws: `GzipReader.Problem`.
  package mutating func read(_ bytes: [UInt8], _ body: ([UInt8]) -> Bool) throws(GzipReader.Problem) {
    var bytes = bytes
    if !isDecided {
      bytes = beginning + bytes
      if GzipReader.mark.starts(with: bytes), bytes.count < GzipReader.mark.count {
        beginning = bytes
        return
      }
      beginning = []
      isDecided = true
      if bytes.starts(with: GzipReader.mark) { gzip = GzipReader() }
    }
    if let gzip { return try gzip.unpack(bytes, body) }
    _ = body(bytes)
  }

  /// The input has ended: returns the bytes held back, and true if packed data was cut off.
  package func finish() -> (rest: [UInt8], isCutOff: Bool) { (beginning, gzip.map { !$0.isAtEnd } ?? false) }
}
