internal import Glibc

/// The private folder of one `lanes run`: clients that we bring along, the example. It goes with the run.
final class RunFolder {
  let path: String

  /// Makes it, and removes those of earlier runs that were killed.
  /// - Throws: `Failure`.
  init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    Self.removeStale(in: parent)
    path = "\(parent)/lanes-run-\(getpid())"
    Self.remove(path)
    guard mkdir(path, 0o755) == 0 else {
      throw Failure(
        description:
          "lanes run needs a folder of its own, and cannot make \(path): \(String(cString: strerror(errno)))")
    }
  }

  deinit { Self.remove(path) }

  private static func removeStale(in parent: String) {
    for name in names(in: parent) where name.hasPrefix("lanes-run-") {
      guard let pid = pid_t(name.dropFirst(10)), kill(pid, 0) != 0, errno == ESRCH else { continue }
      var status = stat()
      // Somebody else's of that name is not ours to remove.
      if lstat("\(parent)/\(name)", &status) == 0, status.st_uid == getuid() { remove("\(parent)/\(name)") }
    }
  }

  private static func remove(_ folder: String) {
    for name in names(in: folder) {
      let path = "\(folder)/\(name)"
      if unlink(path) != 0 { remove(path) }
    }
    rmdir(folder)
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
