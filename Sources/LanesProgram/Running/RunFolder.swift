internal import EventSources
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
    for name in names(inFolder: parent) where name.hasPrefix("lanes-run-") {
      guard let pid = pid_t(name.dropFirst(10)), kill(pid, 0) != 0, errno == ESRCH else { continue }
      var status = stat()
      // Somebody else's of that name is not ours to remove.
      if lstat("\(parent)/\(name)", &status) == 0, status.st_uid == getuid() { remove("\(parent)/\(name)") }
    }
  }

  private static func remove(_ folder: String) {
    for name in names(inFolder: folder) {
      let path = "\(folder)/\(name)"
      if unlink(path) != 0 { remove(path) }
    }
    rmdir(folder)
  }
}
