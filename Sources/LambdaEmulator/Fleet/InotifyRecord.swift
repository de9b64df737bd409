internal import Glibc
internal import NIOCore

/// The system's report of a change in a folder that is watched (inotify(7)).
struct InotifyRecord {
  /// The number of the folder, as `inotify_add_watch` gave it.
  let number: Int32
  private let mask: UInt32
  /// In the folder; empty where it is about the folder itself.
  let file: String

  /// True for one of these kinds: IN_OPEN and others.
  func isAny(of kinds: Int32...) -> Bool { kinds.contains { mask & UInt32(bitPattern: $0) != 0 } }

  /// All that were read at once.
  static func all(in buffer: ByteBuffer) -> [InotifyRecord] {
    var buffer = buffer
    var records: [InotifyRecord] = []
    while let number = buffer.readInteger(endianness: .host, as: Int32.self),
      let mask = buffer.readInteger(endianness: .host, as: UInt32.self),
      // The cookie that pairs the two ends of a renaming.
      buffer.readInteger(as: UInt32.self) != nil,
      let length = buffer.readInteger(endianness: .host, as: UInt32.self),
      let padded = buffer.readBytes(length: Int(length))
    {
      records.append(
        InotifyRecord(
          number: number, mask: mask, file: String(decoding: padded.prefix { $0 != 0 }, as: UTF8.self)))
    }
    return records
  }
}
