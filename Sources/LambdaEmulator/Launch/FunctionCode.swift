internal import EventSources
internal import Glibc

/// The files that are the function's code: a change to one of them is one to the function.
package struct FunctionCode: Equatable, Sendable {
  /// Files that are read, not run, belong to it too; files that functions write, such as logs, do not.
  private static let endings: Set<String> = [
    "py", "js", "mjs", "cjs", "json", "yaml", "yml", "toml", "sh", "rb", "php", "so", "node",
  ]
  /// Folders of installed packages.
  private static let foreign: Set<String> = ["node_modules", "__pycache__", "site-packages"]
  /// Files that mark a folder as built or installed: virtual environments, and caches with a CACHEDIR.TAG.
  private static let marks = ["pyvenv.cfg", "CACHEDIR.TAG"]
  /// Each is watched: the system has no endless number of watches.
  private static let mostFolders = 2_000

  /// Absolute.
  let folder: String
  /// The program, where it is the function itself.
  let program: String?

  /// - Parameters:
  ///   - launch: as it was found on this machine.
  package init(_ launch: RuntimeLaunch) {
    folder = launch.directory
    let command = launch.watch == nil ? launch.command.first : nil
    let system = ["/usr/", "/bin/", "/sbin/", "/lib/"]
    program = command.flatMap { path in system.contains { path.hasPrefix($0) } ? nil : path }
  }

  /// Returns true for a file that is part of it.
  /// - Parameters:
  ///   - folder: one of `folders`.
  ///   - file: its name in there.
  func contains(_ file: String, in folder: String) -> Bool {
    if "\(folder)/\(file)" == program { return true }
    // Editors write beside a file first.
    guard !file.hasPrefix("."), !file.hasPrefix("#"), isInside(folder) else { return false }
    guard let dot = file.lastIndex(of: ".") else { return false }
    return Self.endings.contains(String(file[file.index(after: dot)...]))
  }

  private func isInside(_ folder: String) -> Bool {
    folder == self.folder || folder.hasPrefix(self.folder == "/" ? "/" : self.folder + "/")
  }

  /// All folders that files of it may lie in, those that are installed aside; as many as are watched.
  var folders: [String] {
    var found: [String] = []
    var rest = [folder]
    while let next = rest.popLast(), found.count < Self.mostFolders {
      let names = Files.names(in: next)
      guard !names.contains(where: Self.marks.contains) || next == folder else { continue }
      found.append(next)
      for name in names where !name.hasPrefix(".") && !Self.foreign.contains(name) {
        let path = "\(next)/\(name)"
        if Files.isFolder(path), Files.target(ofLink: path) == nil { rest.append(path) }
      }
    }
    if let program, !found.contains(Files.parent(program)) { found.append(Files.parent(program)) }
    return found
  }
}
