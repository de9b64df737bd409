internal import EventSources
internal import Glibc

/// The private folder of one `lanes run`: clients that we bring along, the example, layers, the environments' own
/// folders. It goes with the run.
final class RunFolder {
  private static let prefix = "lanes-run-"

  let path: String
  /// Locked as long as we live: so others see that the folder is in use, whatever numbers
  /// processes have where they look.
  private let lock: Int32

  /// Makes it, and removes those of earlier runs that were killed.
  /// - Throws: `Failure`.
  init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    Self.removeStale(in: parent)
    var template = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
    // Nobody else can have made it, nor a link in its place.
    guard mkdtemp(&template) != nil else {
      throw Failure(
        description:
          "lanes run needs a folder of its own, and cannot make one in \(parent): \(String(cString: strerror(errno)))"
      )
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // The function may run as somebody else.
    chmod(path, 0o755)
    lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    flock(lock, LOCK_EX | LOCK_NB)
  }

  deinit {
    removeTree(path)
    close(lock)
  }

  private static func removeStale(in parent: String) {
    for name in names(inFolder: parent) where name.hasPrefix(prefix) {
      let folder = "\(parent)/\(name)"
      var status = stat()
      // Another user's folder is not ours to remove, nor the target of a link.
      guard lstat(folder, &status) == 0, status.st_uid == getuid(), status.st_mode & S_IFMT == S_IFDIR else {
        continue
      }
      let file = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard file >= 0 else { continue }
      defer { close(file) }
      // A folder that is being made is not locked yet.
      let isNew = time(nil) - status.st_ctim.tv_sec < 10
      if !isNew, flock(file, LOCK_EX | LOCK_NB) == 0 { removeTree(folder) }
    }
  }
}
