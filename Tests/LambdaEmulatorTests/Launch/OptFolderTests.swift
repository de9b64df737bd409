import Foundation
import TestSupport
import Testing

@testable import LambdaEmulator

/// /opt, out of layers and extensions.
@Suite struct OptFolderTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// Writes a file, and the folders that it lies in.
  private func write(_ text: String, to file: String, isProgram: Bool = false) throws {
    let folder = file.split(separator: "/").dropLast().joined(separator: "/")
    try FileManager.default.createDirectory(
      atPath: scratch.file(folder), withIntermediateDirectories: true)
    try scratch.write(Array(text.utf8), to: file)
    if isProgram { try scratch.makeExecutable(file) }
  }

  private func opt(_ layers: [String], extensions: [String] = [], path: String? = nil) throws -> OptFolder {
    var variables = ProcessInfo.processInfo.environment
    if let path { variables["PATH"] = path }
    return try OptFolder(
      at: scratch.file("opt"), layers: layers, extensions: extensions,
      shell: Shell(variables: variables, folder: scratch.path))
  }

  private func failure(_ layers: [String], extensions: [String] = [], path: String? = nil) -> LaunchError? {
    do {
      _ = try opt(layers, extensions: extensions, path: path)
      return nil
    } catch { return error as? LaunchError }
  }

  private func isExecutable(_ file: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: scratch.file(file))
  }

  private func link(at file: String) throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: scratch.file(file))
  }

  @Test("Layers lie over each other, the last on top")
  func order() throws {
    try write("first", to: "one/python/both")
    try write("only", to: "one/python/only")
    try write("second", to: "two/python/both")
    try write("deep", to: "two/python/a/b/c")
    let opt = try opt(["one", "two"])
    #expect(try scratch.text("opt/python/both") == "second")
    #expect(try scratch.text("opt/python/only") == "only")
    #expect(try scratch.text("opt/python/a/b/c") == "deep")
    #expect(opt.notes == ["2 layers"])
    // The layers that were taken are as they were.
    #expect(try scratch.text("one/python/both") == "first")
  }

  @Test("A folder takes a file's place")
  func folderOverFile() throws {
    try write("file", to: "one/lib/x")
    try write("inside", to: "two/lib/x/y")
    _ = try opt(["one", "two"])
    #expect(try scratch.text("opt/lib/x/y") == "inside")
    #expect(try scratch.text("one/lib/x") == "file")
  }

  @Test("A file takes a folder's place")
  func fileOverFolder() throws {
    try write("inside", to: "one/lib/x/y")
    try write("file", to: "two/lib/x")
    _ = try opt(["one", "two"])
    #expect(try scratch.text("opt/lib/x") == "file")
    #expect(try scratch.text("one/lib/x/y") == "inside")
  }

  @Test("Links stay what they are, and nothing is written through them")
  func links() throws {
    try write("target", to: "one/lib/x.so.1")
    try write("outside", to: "outside/file")
    let manager = FileManager.default
    try manager.createSymbolicLink(atPath: scratch.file("one/lib/x.so"), withDestinationPath: "x.so.1")
    try manager.createSymbolicLink(atPath: scratch.file("one/lib/none"), withDestinationPath: "no-such-file")
    try manager.createSymbolicLink(
      atPath: scratch.file("one/bin"), withDestinationPath: scratch.file("outside"))
    try write("mine", to: "two/bin/file")
    try write("mine", to: "two/lib/none")
    _ = try opt(["one", "two"])
    #expect(try link(at: "opt/lib/x.so") == "x.so.1")
    #expect(try scratch.text("opt/lib/x.so") == "target")
    #expect(try scratch.text("opt/lib/none") == "mine")
    #expect(try scratch.text("opt/bin/file") == "mine")
    #expect(try scratch.text("outside/file") == "outside")
  }

  @Test("Programs stay programs")
  func executable() throws {
    try write("#!/bin/sh\n", to: "one/bin/tool", isProgram: true)
    try write("text", to: "one/bin/text")
    _ = try opt(["one"])
    #expect(isExecutable("opt/bin/tool"))
    #expect(!isExecutable("opt/bin/text"))
  }

  @Test("Extensions are files of the folder extensions, by their names, and those of the user")
  func extensions() throws {
    try write("#!/bin/sh\n", to: "one/extensions/b", isProgram: true)
    try write("#!/bin/sh\n", to: "one/extensions/a", isProgram: true)
    try write("text", to: "one/extensions/folder/c")
    try write("#!/bin/sh\n", to: "own/z", isProgram: true)
    let opt = try opt(["one"], extensions: ["own/z"])
    #expect(
      opt.extensions == [
        ExtensionProgram(name: "a", path: scratch.file("opt/extensions/a")),
        ExtensionProgram(name: "b", path: scratch.file("opt/extensions/b")),
        ExtensionProgram(name: "z", path: scratch.file("own/z")),
      ])
    #expect(opt.notes == ["1 layer", "extensions a, b, z"])
    #expect(isExecutable("opt/extensions/z"))
  }

  @Test("An extension that is a link has the link's name")
  func linkedExtension() throws {
    try write("#!/bin/sh\n", to: "own/real", isProgram: true)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.file("own/called"), withDestinationPath: "real")
    let opt = try opt([], extensions: ["own/called"])
    #expect(opt.extensions == [ExtensionProgram(name: "called", path: scratch.file("own/real"))])
    #expect(opt.notes == ["extension called"])
  }

  @Test("What cannot be taken is named")
  func errors() throws {
    try write("x", to: "own/text")
    try write("#!/bin/sh\n", to: "own/a", isProgram: true)
    try write("#!/bin/sh\n", to: "other/a", isProgram: true)
    try write("#!/bin/sh\n", to: "layer/extensions/a", isProgram: true)
    #expect(failure(["none"]) == .noLayer("none"))
    #expect(failure([], extensions: ["none"]) == .noExtension("none"))
    #expect(failure([], extensions: ["own"]) == .noExtension("own"))
    #expect(failure([], extensions: ["own/text"]) == .extensionNotExecutable("own/text"))
    #expect(failure([], extensions: ["own/a", "other/a"]) == .twoExtensions("a"))
    #expect(failure(["layer"], extensions: ["own/a"]) == .twoExtensions("a"))
  }

  @Test("Ten extensions, and not one more")
  func eleven() throws {
    for number in 10..<20 { try write("#!/bin/sh\n", to: "layer/extensions/e\(number)", isProgram: true) }
    #expect(failure(["layer"]) == nil)
    try write("#!/bin/sh\n", to: "own/more", isProgram: true)
    #expect(
      failure(["layer"], extensions: ["own/more"])
        == .tooManyExtensions((10..<20).map { "e\($0)" } + ["more"]))
  }

  @Test("What Lambda would not take, or nothing would find, is noted")
  func notes() throws {
    for number in 1...6 { try write("x", to: "layer\(number)/python/x") }
    try write("x", to: "strange/x/y")
    let many = try opt((1...6).map { "layer\($0)" })
    #expect(many.notes == ["6 layers", "6 layers: Lambda takes 5"])
    let strange = try opt(["strange"])
    #expect(
      strange.notes == [
        "1 layer",
        "layer strange: no python/, nodejs/, bin/, lib/ or extensions/ at its top: nothing looks into it",
      ])
  }

  @Test("A layer that is larger than Lambda takes is noted")
  func large() throws {
    try write("", to: "layer/lib/large")
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: scratch.file("layer/lib/large")))
    // Nothing is written: the file has a hole.
    try file.truncate(atOffset: 251 << 20)
    try file.close()
    #expect(
      try opt(["layer"]).notes == [
        "1 layer", "layers of 251 MB: Lambda takes 250 MB with the code, unpacked",
      ])
  }

  // MARK: ZIP files

  /// Makes a ZIP file with Python: a program, a text, a link.
  private func zip(_ name: String) async throws {
    let text = """
      import stat, sys, zipfile
      def add(name, text, mode):
          item = zipfile.ZipInfo(name)
          item.create_system = 3
          item.external_attr = mode << 16
          archive.writestr(item, text)
      with zipfile.ZipFile(sys.argv[1], "w") as archive:
          add("extensions/ext", "#!/bin/sh\\n", stat.S_IFREG | 0o755)
          add("python/both", "zip", stat.S_IFREG | 0o644)
          add("lib/link", "../python/both", stat.S_IFLNK | 0o777)
      """
    let path = scratch.file(name)
    let status = try await waiting {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["python3", "-c", text, path]
      try process.run()
      process.waitUntilExit()
      return process.terminationStatus
    }
    try #require(status == 0)
  }

  @Test("A ZIP file: programs and links come out of it, and it takes its place in the order")
  func zipFile() async throws {
    try await zip("layer.zip")
    try write("folder", to: "one/python/both")
    let opt = try opt(["one", "layer.zip"])
    #expect(opt.extensions.map(\.name) == ["ext"])
    #expect(isExecutable("opt/extensions/ext"))
    #expect(try scratch.text("opt/python/both") == "zip")
    #expect(!isExecutable("opt/python/both"))
    #expect(try link(at: "opt/lib/link") == "../python/both")
    let turned = try self.opt(["layer.zip", "one"])
    #expect(turned.extensions.map(\.name) == ["ext"])
    #expect(try scratch.text("opt/python/both") == "folder")
  }

  @Test("Two ZIP files of one name, in two folders, are two layers")
  func sameName() async throws {
    try write("", to: "a/x")
    try write("", to: "b/x")
    try await zip("a/layer.zip")
    let text =
      "import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w') as z: z.writestr('python/other', 'other')"
    let path = scratch.file("b/layer.zip")
    try await waiting {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = ["python3", "-c", text, path]
      try process.run()
      process.waitUntilExit()
    }
    _ = try opt(["a/layer.zip", "b/layer.zip"])
    #expect(try scratch.text("opt/python/other") == "other")
    #expect(try scratch.text("opt/python/both") == "zip")
  }

  @Test("What is no ZIP file, and a machine without unzip")
  func noZip() async throws {
    try write("nonsense", to: "layer.zip")
    guard case .notUnpacked("layer.zip", _) = failure(["layer.zip"]) else {
      return #expect(Bool(false), "\(String(describing: failure(["layer.zip"])))")
    }
    #expect(failure(["layer.zip"], path: "/no/such/folder") == .noUnzip("layer.zip"))
  }
}
