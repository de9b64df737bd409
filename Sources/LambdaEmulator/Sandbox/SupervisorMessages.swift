internal import CSupervisor
internal import NIOCore

/// A command to a supervisor, as bytes.
struct SupervisorCommand {
  let bytes: ByteBuffer

  /// A command that is only its kind, and perhaps the key of a process.
  init(_ kind: lanes_command_kind, _ key: ProcessKey = 0, number: Int32 = 0) {
    var command = lanes_command()
    command.length = UInt32(MemoryLayout<lanes_command>.size)
    command.kind = kind.rawValue
    command.key = key
    command.number = number
    bytes = withUnsafeBytes(of: command) { ByteBuffer(bytes: $0) }
  }

  /// A command to start a process.
  /// - Returns: nil where it is longer than a supervisor takes, or holds a byte that no argument can.
  init?(starting order: ProcessOrder, as key: ProcessKey) {
    let words = [order.directory] + order.arguments + order.environment
    let length = MemoryLayout<lanes_command>.size + words.reduce(0) { $0 + $1.utf8.count + 1 }
    // LANES_LONGEST_COMMAND, which Swift cannot read.
    guard length <= 1 << 20, !order.arguments.isEmpty, !words.contains(where: { $0.utf8.contains(0) }) else {
      return nil
    }
    var command = lanes_command()
    command.length = UInt32(length)
    command.kind = LANES_START.rawValue
    command.key = key
    command.number = order.output == .function ? 1 : 2
    command.arguments = UInt32(order.arguments.count)
    var bytes = ByteBuffer()
    bytes.reserveCapacity(length)
    _ = withUnsafeBytes(of: command) { bytes.writeBytes($0) }
    for word in words {
      bytes.writeString(word)
      bytes.writeInteger(UInt8(0))
    }
    self.bytes = bytes
  }
}

/// Reports of a supervisor, from bytes that come in pieces of any length.
struct SupervisorReports {
  private var bytes = ByteBuffer()

  mutating func append(_ more: inout ByteBuffer) { bytes.writeBuffer(&more) }

  /// The next one that is complete.
  mutating func next() -> lanes_report? {
    let size = MemoryLayout<lanes_report>.size
    guard let report = bytes.readSlice(length: size) else { return nil }
    if bytes.readableBytes == 0 { bytes.clear() }
    return report.withUnsafeReadableBytes { $0.loadUnaligned(as: lanes_report.self) }
  }
}
