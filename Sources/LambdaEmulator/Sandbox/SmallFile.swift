internal import EventSources
internal import Glibc

/// What is in a file of /proc or of a control group; empty where it cannot be read.
func smallFile(_ path: String) -> String { String(decoding: bytes(ofSmallFile: path), as: UTF8.self) }

/// Writes to such a file.
/// - Returns: whether it was taken.
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

  /// - Returns: whether it was taken.
  func write(_ text: StaticString) -> Bool {
    pwrite(descriptor, text.utf8Start, text.utf8CodeUnitCount, 0) == text.utf8CodeUnitCount
  }
}
