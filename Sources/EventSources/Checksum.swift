internal import CZlib

/// CRC-32 (ISO 3309) of some bytes, as gzip and AWS's event streams have it.
package func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
  UInt32(
    truncatingIfNeeded: crc32(0, bytes.assumingMemoryBound(to: UInt8.self).baseAddress, UInt32(bytes.count)))
}
