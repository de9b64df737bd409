internal import NIOCore

/// Makes lines of the output of processes. A beginning without an end of line is kept until `finish`.
struct OutputLines {
  /// A longer line is given in pieces.
  private static let longest = 256 << 10
  private var rest: [UInt8] = []

  /// Takes output.
  /// - Parameter tell: gets each line that is complete, without its end.
  mutating func take(_ bytes: UnsafeRawBufferPointer, _ tell: (UnsafeRawBufferPointer) -> Void) {
    var begin = 0
    for place in bytes.indices {
      // Some runtimes end the lines within a message by a carriage return.
      guard bytes[place] == 0x0A || bytes[place] == 0x0D else {
        if place - begin + rest.count >= Self.longest {
          tellLine(bytes[begin...place], tell)
          begin = place + 1
        }
        continue
      }
      if place > begin || !rest.isEmpty { tellLine(bytes[begin..<place], tell) }
      begin = place + 1
    }
    rest += bytes[begin...]
  }

  /// Nothing follows for now: the bytes written last are a line.
  mutating func finish(_ tell: (UnsafeRawBufferPointer) -> Void) {
    guard !rest.isEmpty else { return }
    rest.withUnsafeBytes(tell)
    rest.removeAll(keepingCapacity: true)
  }

  private mutating func tellLine(
    _ bytes: Slice<UnsafeRawBufferPointer>, _ tell: (UnsafeRawBufferPointer) -> Void
  ) {
    guard !rest.isEmpty else { return tell(UnsafeRawBufferPointer(rebasing: bytes)) }
    rest += bytes
    rest.withUnsafeBytes(tell)
    rest.removeAll(keepingCapacity: true)
  }
}
