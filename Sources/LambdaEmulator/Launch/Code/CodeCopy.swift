internal import Glibc

/// The code of a function in a private folder, as it is in a revision or as it lies in the working folder.
/// Files that git does not track, such as installed packages, are there too. Both are made in the same way,
/// so that nothing differs but the code; and edits meanwhile change neither.
package struct CodeCopy: Sendable {
  /// Absolute.
  package let folder: String
  /// The commit in full; nil for the working folder.
  package let commit: String?
  /// Absolute paths that links lead to.
  let links: [String]

  /// Folders that are made by running code: each copy makes its own.
  private static let made: Set<String> = ["__pycache__"]

  private static let largest = 4 << 20

  /// - Parameters:
  ///   - revision: nil for the working folder as it is now.
  ///   - code: the function's folder.
  ///   - handler: must be there.
  ///   - folder: made; beside it lies a file for git meanwhile.
  /// - Throws: `RevisionError`, `LaunchError.noFolder`.
  package init(
    of revision: String?, code: String, handler: String, into folder: String, shell: Shell = .current
  ) throws {
    guard let code = Files.absolute(code, from: shell.folder), Files.isFolder(code) else {
      throw LaunchError.noFolder(code)
    }
    let repository = try Repository(of: code, shell: shell)
    self.folder = folder
    guard mkdir(folder, 0o755) == 0 else {
      throw RevisionError.cannotCopy(folder, reason: FileProblem().description)
    }
    if let revision {
      let commit = try repository.commit(revision)
      try repository.unpack(commit, named: revision, into: folder, index: "\(folder).index")
      unlink("\(folder).index")
      // Before anything of the working folder is put beside it.
      let name = try HandlerName(handler)
      do { _ = try HandlerFile(name, code: folder) } catch LaunchError.noHandler {
        throw RevisionError.noHandler(handler, revision: revision)
      }
      self.commit = commit
    } else {
      try Self.copy(try repository.trackedFiles(), from: code, to: folder)
      commit = nil
    }
    links = try Self.add(try repository.untracked(), from: code, to: folder)
  }

  private static func copy(_ names: [String], from code: String, to folder: String) throws(RevisionError) {
    for name in names {
      let (source, target) = ("\(code)/\(name)", "\(folder)/\(name)")
      makeFolders(above: name, in: folder)
      if let text = Files.target(ofLink: source) {
        symlink(text, target)
      } else if Files.isFolder(source) {
        // A repository in the repository.
        symlink(source, target)
      } else if Files.isFile(source) {
        try copy(source, to: target)
      }
    }
  }

  private static func copy(_ source: String, to target: String) throws(RevisionError) {
    var facts = stat()
    guard stat(source, &facts) == 0 else { return }
    do { try Files.copy(source, to: target, mode: facts.st_mode & 0o777) } catch {
      throw .cannotCopy(source, reason: error.description)
    }
  }

  /// A model, an archive: nobody's own module.
  private static func isLarge(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG && facts.st_size > largest
  }

  /// Adds the files that git does not track: folders and large files as links, files as copies, where nothing is
  /// in their place.
  /// - Returns: the absolute paths that links lead to.
  private static func add(
    _ names: [String], from code: String, to folder: String
  ) throws(RevisionError) -> [String] {
    var links: [String] = []
    for name in names {
      let parts = name.split(separator: "/").map(String.init)
      guard !parts.isEmpty, parts.allSatisfy({ !made.contains($0) }) else { continue }
      let path = parts.joined(separator: "/")
      let (source, target) = ("\(code)/\(path)", "\(folder)/\(path)")
      guard !Files.exists(target), Files.target(ofLink: target) == nil else { continue }
      makeFolders(above: path, in: folder)
      if Files.isFolder(source) || isLarge(source) {
        guard let place = Files.absolute(source, from: code), symlink(place, target) == 0 else { continue }
        links.append(place)
      } else if Files.isFile(source) {
        try copy(source, to: target)
      }
    }
    return links
  }

  private static func makeFolders(above name: String, in folder: String) {
    var path = folder
    for part in name.split(separator: "/").dropLast() {
      path += "/\(part)"
      mkdir(path, 0o755)
    }
  }
}

extension RuntimeLaunch {
  /// Returns the launch with other code: the interpreter stays that of the working folder.
  /// - Throws: `LaunchError`.
  package func running(_ copy: CodeCopy) throws(LaunchError) -> RuntimeLaunch {
    let file = try HandlerFile(try HandlerName(handler), code: copy.folder)
    var launch = self
    launch.directory = copy.folder
    launch.watch = HandlerWatch(file, code: copy.folder)
    launch.installation += copy.links
    return launch
  }
}
