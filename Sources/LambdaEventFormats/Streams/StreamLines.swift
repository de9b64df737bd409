/// Cuts bytes into lines, without the parts that belong to bytes alone: UTF-16 and byte order marks, carriage
/// returns.
struct StreamLines: Sendable {
  private var encoding = TextEncoding()
  private var splitter = LineSplitter()
  /// The bytes of the line that is not whole yet, or those after them, hold an escape character.
  private var hasEscape = false

  /// Calls `body` with every line that `bytes` completes; `isTooLong` if it is only the beginning of one,
  /// `hasEscape` where it may hold colours.
  @inline(__always)
  mutating func read(
    _ bytes: UnsafeRawBufferPointer,
    _ body: (_ line: UnsafeRawBufferPointer, _ isTooLong: Bool, _ hasEscape: Bool) -> Void
  ) {
    guard encoding.isUTF8 else { return readEncoded(bytes, body) }
    split(bytes, body)
  }

  /// Calls `body` with the line that no newline has ended.
  mutating func finish(_ body: (UnsafeRawBufferPointer, Bool, Bool) -> Void) {
    var rest: [UInt8] = []
    encoding.finish { rest += $0 }
    rest.withUnsafeBytes { split($0, body) }
    let hasEscape = hasEscape
    splitter.finish { body(StreamLines.bare($0), $1, hasEscape) }
  }

  @inline(never)
  private mutating func readEncoded(
    _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Bool, Bool) -> Void
  ) {
    // Taken out for the time being, so that the closure may change the rest.
    var encoding = encoding
    encoding.read(bytes) { split($0, body) }
    self.encoding = encoding
  }

  @inline(__always)
  private mutating func split(
    _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Bool, Bool) -> Void
  ) {
    // One search for all lines.
    hasEscape = (hasEscape && splitter.isInside) || bytes.firstIndex(ofByte: 0x1B, from: 0) != nil
    let hasEscape = hasEscape
    splitter.split(bytes) { body(StreamLines.bare($0), $1, hasEscape) }
  }

  /// Files that were put together have a mark at the beginning of each.
  @inline(__always)
  private static func bare(_ line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    let line = line.withoutCarriageReturn
    return line.first == 0xEF && line.hasPrefix("\u{FEFF}") ? line.slice(from: 3) : line
  }
}
