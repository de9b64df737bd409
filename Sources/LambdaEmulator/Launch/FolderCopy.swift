internal import Glibc

/// Puts folders over each other in a new one.
struct FolderCopy {
  struct Failure: Error {
    /// Within the new folder.
    var file: String
    var problem: FileProblem
  }

  private let target: String
  /// The sum of all files that were put into it.
  private(set) var bytes = 0

  /// - Parameter target: absolute; made if it is not there.
  init(to target: String) { self.target = target }

  /// Makes a folder in it, and those that it lies in.
  func makeFolder(_ name: String) throws(FileProblem) {
    var path = target
    for part in [""] + name.split(separator: "/").map({ "/\($0)" }) {
      path += part
      // A file of an earlier layer makes room, and so does a link that would lead out of here.
      if !Files.isFolder(path) || !isInside(path) { unlink(path) }
      guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw FileProblem() }
    }
  }

  /// True for a path in the new folder, wherever links lead.
  private func isInside(_ path: String) -> Bool {
    guard let found = Files.absolute(path, from: "/"), let root = Files.absolute(target, from: "/") else {
      return false
    }
    return found == root || found.hasPrefix(root + "/")
  }

  /// Makes room for a file or a link: an earlier layer's file or folder goes.
  private func makeRoom(at path: String) {
    guard unlink(path) != 0, errno == EISDIR else { return }
    for name in Files.names(in: path) { makeRoom(at: "\(path)/\(name)") }
    rmdir(path)
  }

  /// Puts a folder over the files that are there.
  mutating func add(_ folder: String, as name: String = "") throws(Failure) {
    do { try makeFolder(name) } catch { throw Failure(file: name, problem: error) }
    for entry in Files.names(in: folder) {
      let inside = name.isEmpty ? entry : "\(name)/\(entry)"
      var facts = stat()
      guard lstat("\(folder)/\(entry)", &facts) == 0 else { continue }
      switch facts.st_mode & S_IFMT {
      case S_IFDIR: try add("\(folder)/\(entry)", as: inside)
      case S_IFREG: try add(file: "\(folder)/\(entry)", as: inside)
      case S_IFLNK: try add(link: "\(folder)/\(entry)", as: inside)
      // Nothing else can be in a layer.
      default: break
      }
    }
  }

  /// Puts a file into it.
  mutating func add(file: String, as name: String) throws(Failure) {
    let path = "\(target)/\(name)"
    do throws(FileProblem) {
      try makeFolder(name.split(separator: "/").dropLast().joined(separator: "/"))
      makeRoom(at: path)
      var facts = stat()
      guard stat(file, &facts) == 0 else { throw FileProblem() }
      bytes += Int(facts.st_size)
      // No link: the function's writes must not reach the user's file, nor the user's edits the function.
      try Files.copy(file, to: path, mode: facts.st_mode & 0o777)
    } catch { throw Failure(file: name, problem: error) }
  }

  private func add(link: String, as name: String) throws(Failure) {
    let path = "\(target)/\(name)"
    makeRoom(at: path)
    guard let text = Files.target(ofLink: link), symlink(text, path) == 0 else {
      throw Failure(file: name, problem: FileProblem())
    }
  }
}
