/// Cuts a stream of bytes into lines. A line that lies whole inside a chunk is not copied.
struct LineSplitter: Sendable {
  /// A longer line is cut there: a stream without newlines must not fill the memory.
  static let maximumLength = 1 << 20

  private var partial: [UInt8] = []
  /// The partial line has gone beyond the maximum; the rest of it is not kept.
  private var isTooLong = false

  /// A line has begun and not ended.
  var isInside: Bool { !partial.isEmpty || isTooLong }

  /// Calls `body` with every line that `bytes` completes; `isTooLong` if it is only the beginning of one.
  @inline(__always)
  mutating func split(
    _ bytes: UnsafeRawBufferPointer, _ body: (_ line: UnsafeRawBufferPointer, _ isTooLong: Bool) -> Void
  ) {
    var start = 0
    while start < bytes.count {
      guard let end = bytes.firstIndex(ofByte: UInt8(ascii: "\n"), from: start) else {
        keep(bytes.slice(from: start))
        return
      }
      let line = bytes.slice(start, end)
      start = end &+ 1
      if partial.isEmpty, !isTooLong {
        let isTooLong = line.count > LineSplitter.maximumLength
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
}
