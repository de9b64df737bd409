import Testing

@testable import LambdaEmulator

@Suite struct HandlerFileTests {
  let driver: RuntimeDriver

  init() throws { driver = try RuntimeDriver() }

  private func file(_ handler: String) throws -> HandlerFile {
    try HandlerFile(HandlerName(handler), code: driver.code)
  }

  private func failure(_ handler: String) -> String? {
    do {
      let name = try HandlerName(handler)
      _ = try HandlerFile(name, code: driver.code)
      return nil
    } catch {
      return "\(error)".replacing(driver.code, with: "TASK")
    }
  }

  @Test(
    "Each language takes a handler apart in its way",
    arguments: [
      ("app.handler", ["app"], ["app"]), ("src/app.handler", ["src", "app"], ["src", "app"]),
      ("pkg.mod.handler", ["pkg", "mod"], ["pkg"]), ("src/app.a.b", ["src", "app", "a"], ["src", "app"]),
    ])
  func names(text: String, python: [String], node: [String]) throws {
    let name = try HandlerName(text)
    #expect(name.pythonModule == python)
    #expect(name.nodeModule == node)
  }

  @Test(
    "The file decides the language",
    arguments: [
      ("app.py", "app.handler", HandlerFile.Language.python), ("app/__init__.py", "app.handler", .python),
      ("pkg/mod.py", "pkg.mod.handler", .python), ("app.js", "app.handler", .node),
      ("src/app.mjs", "src/app.handler", .node), ("src/app.cjs", "src/app.api.handler", .node),
    ])
  func languages(path: String, handler: String, language: HandlerFile.Language) throws {
    try driver.write(path, "")
    let file = try file(handler)
    #expect(file.language == language)
    #expect(file.path == path)
  }

  @Test("What is no handler says what one is")
  func noHandlers() throws {
    let text =
      "is not a handler: expected FILE.FUNCTION without the file's ending, below the code's folder, for example "
      + "app.handler or src/app.handler. For any other program: lanes run -- ./bootstrap"
    for handler in ["app", "/app.handler", "../app.handler", "app.", ".handler", "src.d/app"] {
      #expect(failure(handler) == "\(handler) \(text)")
    }
  }

  @Test("What was looked for, and what may have been meant")
  func similar() throws {
    #expect(
      failure("app.handler")
        == "no file for the handler app.handler in TASK: looked for app.py, app/__init__.py, app.js, app.mjs and app.cjs. "
        + "Give the folder of your code: lanes run --code FOLDER app.handler")
    try driver.write("lib/app.py", "")
    try driver.write("apq.js", "")
    try driver.write("node_modules/app.js", "")
    try driver.write("quite_another.py", "")
    #expect(failure("app.handler")?.hasSuffix("Did you mean lib/app.handler or apq.handler?") == true)
    try driver.write("file.py", "")
    #expect(
      failure("file.py")
        == "file.py is a file: expected the function in it too, without the file's ending. "
        + "For example: lanes run file.handler")
  }

  @Test("Two languages, and one that Lambda does not run")
  func others() throws {
    try driver.write("app.py", "")
    try driver.write("app.js", "")
    #expect(
      failure("app.handler")
        == "the handler app.handler may be app.py or app.js in TASK, and each language looks for its own. Rename one, or "
        + "give a folder that has only one: --code FOLDER")
    try driver.write("src/api.ts", "")
    #expect(
      failure("src/api.handler")
        == "src/api.ts is TypeScript, which Lambda does not run: build JavaScript of it first, for example with: npx "
        + "esbuild src/api.ts --bundle --platform=node --outfile=src/api.js. Then: lanes run src/api.handler")
  }

  @Test("Function init is seen by the handler's own files and its packages'")
  func watch() throws {
    try driver.write("pkg/mod.py", "")
    let python = HandlerWatch(try file("pkg.mod.handler"), code: "/code")
    #expect(python.folders == ["/code/pkg", "/code/pkg/__pycache__"])
    for name in ["mod.py", "__init__.py", "mod.abi3.so"] {
      #expect(python.matches(folder: "/code/pkg", file: name))
    }
    for name in ["mod.cpython-313.pyc", "mod.cpython-313.opt-1.pyc", "__init__.cpython-313.pyc.140"] {
      #expect(python.matches(folder: "/code/pkg/__pycache__", file: name))
    }
    for name in ["mod.json", "mod", "model.py", "other.py"] {
      #expect(!python.matches(folder: "/code/pkg", file: name))
    }
    #expect(!python.matches(folder: "/code", file: "mod.py"))
    try driver.write("app.js", "")
    let node = HandlerWatch(try file("app.api.handler"), code: "/code")
    #expect(node.folders == ["/code"])
    #expect(node.matches(folder: "/code", file: "app.js"))
    #expect(!node.matches(folder: "/code", file: "package.json"))
  }
}
