import Foundation

/// Files of this package.
enum Repository {
  static func path(_ relative: String) -> String {
    URL(fileURLWithPath: #filePath).appendingPathComponent("../../../../\(relative)").standardized.path
  }
}

/// A directory of its own for one test, removed at its end.
final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("lanes-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  /// Adds to a file.
  func append(_ text: String, to name: String) throws {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file(name)))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  /// How many lines a file has.
  func lines(of name: String) throws -> Int {
    try String(contentsOfFile: file(name), encoding: .utf8).split(separator: "\n").count
  }
}
