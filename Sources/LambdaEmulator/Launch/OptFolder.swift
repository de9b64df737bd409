internal import EventSources
internal import Glibc

/// The folder that is /opt in Lambda: the layers, unpacked over each other in their order, and extensions
/// (packaging-layers, runtimes-extensions-api). Here it is a folder of the run's own.
package struct OptFolder {
  /// Lambda's limits (gettingstarted-limits).
  private static let mostLayers = 5
  private static let mostBytes = 250 << 20
  private static let mostExtensions = 10
  /// The folders that Lambda's runtimes look into (packaging-layers).
  private static let knownFolders: Set<String> = [
    "extensions", "python", "nodejs", "java", "ruby", "bin", "lib", "dotnet",
  ]

  /// Absolute.
  package let path: String
  package let extensions: [ExtensionProgram]
  /// Remarks for a header: the layers and extensions taken, and those that Lambda would not take.
  package private(set) var notes: [String] = []

  /// - Parameters:
  ///   - path: the folder to make; nothing is there yet.
  ///   - layers: folders or ZIP files, the last over the first.
  ///   - programs: the user's own extensions, which lie in no layer.
  /// - Throws: `LaunchError`.
  package init(
    at path: String, layers: [String], extensions programs: [String], shell: Shell = .current
  ) throws(LaunchError) {
    self.path = path
    var tree = FolderCopy(to: path)
    do { try tree.makeFolder("") } catch { throw .cannotWrite(path: path, reason: error.description) }
    for (number, layer) in layers.enumerated() {
      let folder = try Self.folder(of: layer, unpackedAt: "\(path)-layer-\(number + 1)", shell: shell)
      // A program at the top is a wrapper that a variable names.
      let isOfUse = Files.names(in: folder).contains {
        Self.knownFolders.contains($0) || Files.isProgram("\(folder)/\($0)")
      }
      if !isOfUse {
        notes.append(
          "layer \(layer): no python/, nodejs/, bin/, lib/ or extensions/ at its top: nothing looks into it")
      }
      do { try tree.add(folder) } catch {
        throw .cannotWrite(path: "\(path)/\(error.file)", reason: error.problem.description)
      }
    }
    let inLayers = Files.names(in: "\(path)/extensions").filter { Files.isFile("\(path)/extensions/\($0)") }
    var found = inLayers.map { ExtensionProgram(name: $0, path: "\(path)/extensions/\($0)") }
    for program in programs {
      let own = try Self.program(program, shell: shell)
      guard !found.contains(where: { $0.name == own.name }) else { throw .twoExtensions(own.name) }
      found.append(own)
      do { try tree.add(file: own.path, as: "extensions/\(own.name)") } catch {
        throw .cannotWrite(path: "\(path)/\(error.file)", reason: error.problem.description)
      }
    }
    guard found.count <= Self.mostExtensions else { throw .tooManyExtensions(found.map(\.name)) }
    extensions = found
    tell(layers: layers.count, bytes: tree.bytes)
  }

  /// Extensions as environments find them: in their own /opt, or at the user's path.
  package func extensions(in isolation: Isolation) -> [ExtensionProgram] {
    extensions.map { program in
      let copy = "\(path)/extensions/\(program.name)"
      let inside = isolation.inside(copy)
      return inside == copy ? program : ExtensionProgram(name: program.name, path: inside)
    }
  }

  private mutating func tell(layers: Int, bytes: Int) {
    var taken: [String] = []
    if layers > 0 { taken.append(layers == 1 ? "1 layer" : "\(layers) layers") }
    if !extensions.isEmpty {
      let names = extensions.map { String($0.name.prefix(40)) }.joined(separator: ", ")
      taken.append("\(extensions.count == 1 ? "extension" : "extensions") \(names)")
    }
    notes = taken + notes
    for program in extensions where !Files.isProgram(program.path) {
      notes.append(
        "extension \(program.name.prefix(40)) is not executable: it cannot start, in Lambda neither")
    }
    if layers > Self.mostLayers { notes.append("\(layers) layers: Lambda takes \(Self.mostLayers)") }
    if bytes > Self.mostBytes {
      notes.append("layers of \(bytes >> 20) MB: Lambda takes 250 MB with the code, unpacked")
    }
  }

  /// The user's own. Without isolation it is started where it lies, and finds the files beside it; with
  /// isolation, as in Lambda, it stands alone in /opt/extensions.
  private static func program(_ path: String, shell: Shell) throws(LaunchError) -> ExtensionProgram {
    guard let found = Files.absolute(path, from: shell.folder), Files.isFile(found) else {
      throw .noExtension(path)
    }
    guard Files.isProgram(found) else { throw .extensionNotExecutable(path) }
    // A link gives its own name, not its target's.
    return ExtensionProgram(name: Files.lastPart(path), path: found)
  }

  // MARK: ZIP files

  private static func folder(
    of layer: String, unpackedAt folder: String, shell: Shell
  ) throws(LaunchError) -> String {
    guard let found = Files.absolute(layer, from: shell.folder) else { throw .noLayer(layer) }
    if Files.isFolder(found) { return found }
    let command: [String]
    if let unzip = shell.program("unzip") {
      command = [unzip, "-q", "-o", found, "-d", folder]
    } else if let tar = shell.program("bsdtar") {
      command = [tar, "-x", "-f", found, "-C", folder]
    } else {
      throw .noUnzip(layer)
    }
    mkdir(folder, 0o755)
    let result: ForeignCommand.Result
    do { result = try ForeignCommand.run(command, in: shell, seconds: 120) } catch {
      throw .notUnpacked(layer, reason: error.description)
    }
    // Exit status 1 of unzip is only a warning.
    if result.status != .exited(1), let failure = result.failure {
      // Its words for that are longer than a line and name other files.
      let isNoZip = result.status == .exited(9)
      throw .notUnpacked(layer, reason: isNoZip ? "it is no ZIP file" : failure)
    }
    return folder
  }
}
