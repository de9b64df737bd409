/// The reason why a function cannot be started. The text says what was expected,
/// what was found and what to do.
package enum LaunchError: Error, Equatable, CustomStringConvertible {
  case noFolder(String)
  case badHandler(String)
  /// A file was named where a function of it is expected.
  case fileForHandler(String)
  case noHandler(String, folder: String, looked: [String], similar: [String])
  case twoHandlers(String, folder: String, files: [String])
  case typeScript(handler: String, file: String, built: String)
  case noProgram(String, for: String)
  /// An interpreter that does not answer the question about its version.
  case interpreter(String, reason: String)
  case tooOld(String, found: String, least: String)
  case noCommand
  case noCommandProgram(String, looked: [String])
  case notExecutable(String)
  case noWrapper(String)
  case wrapperNotExecutable(String)
  case cannotWrite(path: String, reason: String)
  case noCompiledFiles(String)
  case noLayer(String)
  case noUnzip(String)
  case notUnpacked(String, reason: String)
  case noExtension(String)
  case extensionNotExecutable(String)
  case twoExtensions(String)
  case tooManyExtensions([String])

  package var description: String {
    switch self {
    case .noFolder(let path):
      "there is no folder \(path). Give --code the folder that your function's handler lies in."
    case .badHandler(let text):
      "\(text) is not a handler: expected FILE.FUNCTION without the file's ending, below the code's folder, for "
        + "example app.handler or src/app.handler. For any other program: lanes run -- ./bootstrap"
    case .fileForHandler(let file):
      "\(file) is a file: expected the function in it too, without the file's ending. "
        + "For example: lanes run \(file.prefix { $0 != "." }).handler"
    case .noHandler(let handler, let folder, let looked, let similar):
      "no file for the handler \(handler) in \(folder): looked for \(Self.list(looked, "and")). "
        + (similar.isEmpty
          ? "Give the folder of your code: lanes run --code FOLDER \(handler)"
          : "Did you mean \(Self.list(similar, "or"))?")
    case .twoHandlers(let handler, let folder, let files):
      "the handler \(handler) may be \(Self.list(files, "or")) in \(folder), and each language looks for its own. "
        + "Rename one, or give a folder that has only one: --code FOLDER"
    case .typeScript(let handler, let file, let built):
      "\(file) is TypeScript, which Lambda does not run: build JavaScript of it first, for example with: "
        + "npx esbuild \(file) --bundle --platform=node --outfile=\(built).js. Then: lanes run \(handler)"
    case .noProgram(let program, let file):
      "\(file) needs \(program), but there is no such program in PATH. Install it, or add its folder to PATH."
    case .interpreter(let program, let reason):
      "\(program) was asked for its version: \(reason). Check that this works: \(program) --version"
    case .tooOld(let program, let found, let least):
      "\(program) is version \(found): expected at least \(least). Install a newer one and put it first in PATH."
    case .noCommand:
      "expected a handler or a command, found nothing. For example: lanes run app.handler, or lanes run -- ./bootstrap"
    case .noCommandProgram(let program, let looked):
      "there is no program \(program): looked in \(Self.list(looked, "and")). "
        + "Check its spelling, or build it first."
    case .notExecutable(let path):
      "\(path) is not executable. If it is your runtime: chmod +x \(path)"
    case .noWrapper(let path):
      "AWS_LAMBDA_EXEC_WRAPPER names \(path), but there is no such file: in Lambda the runtime would end with exit status "
        + "127. Give the script's path here, or the layer that has it."
    case .wrapperNotExecutable(let path):
      "AWS_LAMBDA_EXEC_WRAPPER names \(path), which is not executable: in Lambda the runtime could not start. "
        + (path.hasPrefix("/opt/")
          ? "Make it so in its layer, with chmod +x." : "Make it so: chmod +x \(path)")
    case .cannotWrite(let path, let reason):
      "cannot write \(path): \(reason). Check that its folder is there and that you may write to it."
    case .noCompiledFiles(let runtime):
      "--pyc is about compiled files of Python, and this function runs on \(runtime): leave --pyc out."
    case .noLayer(let path):
      "there is no layer \(path): expected a folder with what is unpacked below /opt (python/, nodejs/, bin/, lib/, "
        + "extensions/), or a ZIP file of it."
    case .noUnzip(let path):
      "\(path) needs unzip or bsdtar, and neither is in PATH. Install one (apt install unzip), or unpack it yourself and "
        + "give the folder."
    case .notUnpacked(let path, let reason):
      "\(path) cannot be unpacked: \(reason). Expected a ZIP file, or a folder."
    case .noExtension(let path):
      "there is no extension \(path): expected a program, as it would lie in /opt/extensions."
    case .extensionNotExecutable(let path):
      "the extension \(path) is not executable: in Lambda it could not start. Make it so: chmod +x \(path)"
    case .twoExtensions(let name):
      "there are two extensions called \(name): expected each once, as they register by their files' names."
    case .tooManyExtensions(let names):
      "there are \(names.count) extensions (\(names.joined(separator: ", "))): Lambda takes 10."
    }
  }

  private static func list(_ words: [String], _ last: String) -> String {
    words.count < 2
      ? words.joined() : words.dropLast().joined(separator: ", ") + " \(last) " + words[words.count - 1]
  }
}
