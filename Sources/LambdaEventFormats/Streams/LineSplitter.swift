#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Cuts a stream of bytes into lines. A line that lies whole inside a chunk is not copied.
struct LineSplitter: Sendable {
  /// A longer line is cut there: a stream without newlines must not fill the memory.
  static let maximumLength = 1 << 20

  private var partial: [UInt8] = []
  /// The partial line has gone beyond the maximum; what follows of it is not kept.
  private var isTooLong = false

  /// Calls `body` with every line that `bytes` completes; `isTooLong` if it is only the beginning of one.
  @inline(__always)
  mutating func split(
    _ bytes: UnsafeRawBufferPointer, _ body: (_ line: UnsafeRawBufferPointer, _ isTooLong: Bool) -> Void
  ) {
    var start = 0
    while start < bytes.count {
      let rest = bytes.slice(from: start)
      guard let end = LineSplitter.newline(in: rest) else {
        keep(rest)
        return
      }
      start &+= end &+ 1
      let line = rest.slice(0, end)
      if partial.isEmpty, !isTooLong {
        let isTooLong = end > LineSplitter.maximumLength
        body(isTooLong ? line.slice(0, LineSplitter.maximumLength) : line, isTooLong)
      } else {
        keep(line)
        flush(body)
      }
    }
  }

  /// Calls `body` with the line that no newline has ended.
  mutating func finish(_ body: (_ line: UnsafeRawBufferPointer, _ isTooLong: Bool) -> Void) {
    if !partial.isEmpty { flush(body) }
  }

  private mutating func flush(_ body: (UnsafeRawBufferPointer, Bool) -> Void) {
    partial.withUnsafeBytes { body($0, isTooLong) }
    partial.removeAll(keepingCapacity: partial.count < 1 << 16)
    isTooLong = false
  }

  private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
    let room = LineSplitter.maximumLength - partial.count
    if bytes.count > room { isTooLong = true }
    partial.append(contentsOf: bytes.slice(0, room))
  }

  @inline(__always)
  private static func newline(in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base, 0x0A, bytes.count) else { return nil }
    return UnsafeRawPointer(found) - base
  }
}
