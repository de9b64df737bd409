import Foundation
import TestSupport
import Testing

@testable import LambdaEmulator

@Suite struct FunctionCodeTests {
  private func launch(_ folder: String, program: String = "/usr/bin/python3") -> RuntimeLaunch {
    RuntimeLaunch(
      command: [program], directory: folder, handler: "app.handler", runtime: "provided.al2023", notes: [],
      watch: nil, environment: [:])
  }

  @Test("Code is what is written, not what is installed, compiled or logged")
  func contains() {
    let code = FunctionCode(launch("/code", program: "/code/target/bootstrap"))
    for file in ["app.py", "index.mjs", "settings.json", "template.yaml"] {
      #expect(code.contains(file, in: "/code"), "\(file)")
      #expect(code.contains(file, in: "/code/src"), "\(file)")
    }
    for file in ["app.pyc", "log.txt", "notes", ".app.py.swp", "#app.py#", "app.py~"] {
      #expect(!code.contains(file, in: "/code"), "\(file)")
    }
    #expect(code.contains("bootstrap", in: "/code/target"))
    #expect(!code.contains("bootstrap", in: "/code"))
    // The program's folder may lie elsewhere; other files in there are not the function's.
    #expect(!code.contains("other.py", in: "/elsewhere"))
    #expect(!code.contains("other.py", in: "/code2"))
  }

  @Test("Virtual environments, packages, caches and hidden folders are not looked into")
  func folders() throws {
    let scratch = try Scratch()
    for folder in ["src/deep", "node_modules/a", ".git/objects", "env", "target/debug", "__pycache__"] {
      try FileManager.default.createDirectory(
        atPath: scratch.file(folder), withIntermediateDirectories: true)
    }
    try scratch.write([], to: "env/pyvenv.cfg")
    try scratch.write([], to: "target/CACHEDIR.TAG")
    let program = scratch.file("target/debug/bootstrap")
    let code = FunctionCode(launch(scratch.path, program: program))
    #expect(
      Set(code.folders) == [
        scratch.path, scratch.file("src"), scratch.file("src/deep"), scratch.file("target/debug"),
      ])
  }

  @Test("A program of the system's is not the function")
  func system() {
    #expect(FunctionCode(launch("/code")).program == nil)
    #expect(FunctionCode(launch("/code", program: "/elsewhere/bootstrap")).program == "/elsewhere/bootstrap")
  }
}
