internal import CZlib

/// Unpacks data of `gzip`, piece by piece.
package final class GzipReader {
  /// The first bytes of packed data (RFC 1952).
  static let mark: [UInt8] = [0x1F, 0x8B]

  package enum Problem: Error { case damaged }

  /// On the heap, because zlib keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>
  private var block = [UInt8](repeating: 0, count: 256 << 10)
  /// The data that has come so far is whole; more of it may follow.
  private(set) var isAtEnd = false
  /// The bytes that follow are none of gzip's, and not read: as gzip does.
  private var hasTail = false

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 16: gzip's format, and no other. It fails without memory only; then so does the first `inflate`.
    inflateInit2_(stream, 16 + MAX_WBITS, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  /// Calls `body` with the unpacked bytes of the next piece, a block at a time, until it returns false.
  /// - Throws: `Problem` if it is no packed data; all that came before has been delivered.
  func unpack(_ packed: [UInt8], _ body: ([UInt8]) -> Bool) throws(Problem) {
    var start = 0
    while start < packed.count, !hasTail {
      if isAtEnd {
        // `cat a.gz b.gz` is packed data too.
        guard packed[start] == GzipReader.mark[0] else {
          hasTail = true
          return
        }
        inflateReset(stream)
        isAtEnd = false
      }
      let (used, made, status) = step(packed[start...])
      start += used
      if made > 0, !body(Array(block[..<made])) { return }
      switch status {
      case Z_STREAM_END: isAtEnd = true
      case Z_OK: break
      // Nothing to be done: it waits for more.
      case Z_BUF_ERROR: return
      default: throw .damaged
      }
    }
    // The bytes that did not fit into the last block.
    while !isAtEnd, !hasTail {
      let (_, made, status) = step([])
      if status == Z_STREAM_END { isAtEnd = true }
      if made == 0 || !body(Array(block[..<made])) { return }
    }
  }

  private func step(_ packed: ArraySlice<UInt8>) -> (used: Int, made: Int, status: Int32) {
    packed.withUnsafeBufferPointer { input in
      block.withUnsafeMutableBufferPointer { output in
        // zlib's type is not const, and it does not write there.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(output.count)
        let status = inflate(stream, Z_NO_FLUSH)
        return (
          input.count - Int(stream.pointee.avail_in), output.count - Int(stream.pointee.avail_out), status
        )
      }
    }
  }
}
