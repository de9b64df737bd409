extension UnsafeRawBufferPointer {
  /// Calls `body` with the line without the sequences that set colours on a terminal (`ESC [ … m`), or clear
  /// the rest of a line (`ESC [ … K`), as GitLab's runner does. It is copied only if there are some.
  @inline(__always)
  func withoutColours(_ body: (UnsafeRawBufferPointer) -> Void) {
    guard firstIndex(ofByte: 0x1B, from: 0) != nil else { return body(self) }
    coloursRemoved().withUnsafeBytes(body)
  }

  private func coloursRemoved() -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(count)
    var start = 0
    while let escape = firstIndex(ofByte: 0x1B, from: start) {
      plain.append(contentsOf: slice(start, escape))
      start = colourEnd(from: escape) ?? escape + 1
      // Any other sequence stays: it is somebody's output.
      if start == escape + 1 { plain.append(0x1B) }
    }
    plain.append(contentsOf: slice(from: start))
    return plain
  }

  /// Behind the sequence that begins at `start`, if it sets colours.
  private func colourEnd(from start: Int) -> Int? {
    guard hasPrefix("\u{1B}[", at: start) else { return nil }
    var index = start + 2
    while index < count, (0x30...0x3B).contains(self[index]) { index += 1 }
    return index < count && (self[index] == UInt8(ascii: "m") || self[index] == UInt8(ascii: "K"))
      ? index + 1 : nil
  }
}
