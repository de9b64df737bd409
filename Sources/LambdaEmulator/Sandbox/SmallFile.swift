internal import EventSources
internal import Glibc

/// The text of a file of /proc or of a control group; empty where it cannot be read.
func smallFile(_ path: String) -> String { String(decoding: bytes(ofSmallFile: path), as: UTF8.self) }

/// Writes to such a file.
/// - Returns: true where the system took it.
@discardableResult
func writeSmallFile(_ path: String, _ text: String) -> Bool {
  let file = open(path, O_WRONLY | O_CLOEXEC)
  guard file >= 0 else { return false }
  defer { close(file) }
  return write(file, text, text.utf8.count) == text.utf8.count
}

/// Such a file that is written often; it is open as long as this lives.
final class KeptFile: Sendable {
  private let descriptor: Int32

  /// - Returns: nil where it cannot be opened.
  init?(_ path: String) {
    descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// - Returns: true where the system took it.
  func write(_ text: StaticString) -> Bool {
    pwrite(descriptor, text.utf8Start, text.utf8CodeUnitCount, 0) == text.utf8CodeUnitCount
  }
}

/// Such a file that is read often; it is open as long as this lives.
final class KeptReading: Sendable {
  private let descriptor: Int32

  /// - Returns: nil where it cannot be opened.
  init?(_ path: String) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
  }

  deinit { close(descriptor) }

  /// The number that it begins with.
  var firstNumber: Int64? { read { number(at: 0, in: $0) } }

  /// The number after a word.
  func number(after word: StaticString) -> Int64? {
    read { bytes in
      let length = word.utf8CodeUnitCount
      for start in bytes.indices where start + length < bytes.count {
        // At the begin of a line: another name may end with this one.
        guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n"),
          (0..<length).allSatisfy({ bytes[start + $0] == word.utf8Start[$0] })
        else { continue }
        return number(at: start + length, in: bytes)
      }
      return nil
    }
  }

  private func read(_ work: (UnsafeMutableRawBufferPointer) -> Int64?) -> Int64? {
    withUnsafeTemporaryAllocation(byteCount: 4 << 10, alignment: 1) { buffer in
      let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
      return count > 0 ? work(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])) : nil
    }
  }

  /// - Parameter start: the place of its first digit, or of spaces before it.
  private func number(at start: Int, in bytes: UnsafeMutableRawBufferPointer) -> Int64? {
    var number: Int64?
    for byte in bytes[start...] {
      if number == nil, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { continue }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
      number = (number ?? 0) &* 10 &+ Int64(byte - UInt8(ascii: "0"))
    }
    return number
  }
}
