import Foundation
import Testing

@testable import EventSources

/// The function's own modules as they lie here: nothing else is read, whatever names it.
@Suite struct SourceFilesTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "lanes-source-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder + "/code/sub", withIntermediateDirectories: true)
  }

  private func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  @Test("statements are the first lines, without the blanks around them")
  func statements() throws {
    try write("import a\r\n  x = 1 \n\u{FF}\n", to: "code/app.py")
    try write("y", to: "code/sub/b.py")
    let files = SourceFiles(root: "\(folder)/code")
    #expect(files.lines(of: "app.py")?.count == 4)
    #expect((1...3).map { files.statement("app.py", $0) } == ["import a", "x = 1", "\u{FF}"])
    #expect(files.statement("sub/b.py", 1) == "y")
    #expect(files.statement("app.py", 0) == nil)
    #expect(files.statement("app.py", 5) == nil)
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test("a file that has changed is read again")
  func changes() throws {
    try write("one", to: "code/app.py")
    let files = SourceFiles(root: "\(folder)/code")
    #expect(files.statement("app.py", 1) == "one")
    try write("another", to: "code/app.py")
    #expect(files.statement("app.py", 1) == "another")
    try FileManager.default.removeItem(atPath: folder)
  }

  @Test("nothing outside of the folder, no folder, no pipe")
  func others() throws {
    try write("secret", to: "secret.py")
    let manager = FileManager.default
    try manager.createSymbolicLink(
      atPath: "\(folder)/code/link.py", withDestinationPath: "\(folder)/secret.py")
    mkfifo("\(folder)/code/pipe.py", 0o600)
    let files = SourceFiles(root: "\(folder)/code")
    for name in [
      "../secret.py", "link.py", "/etc/passwd", "sub", "", ".", "pipe.py", "missing.py",
      "sub/../../secret.py",
    ] {
      #expect(files.lines(of: name) == nil, "\(name)")
    }
    try manager.removeItem(atPath: folder)
  }
}
