internal import Glibc

/// An open file, and the notice of the system where it may go on.
struct OpenFile: ~Copyable, Sendable {
  /// Stays the same when another file takes the place of this one.
  let descriptor: Int32
  private let path: String
  /// An inotify descriptor that watches a regular file and its directory, or -1.
  private let changes: Int32
  /// A FIFO with a name of its own, whose writers may come and go.
  private let isFollowedFIFO: Bool

  init(path: String, follow: Bool) throws(SourceError) {
    self.path = path
    if path == "-" {
      guard isatty(STDIN_FILENO) == 0 else { throw .standardInputIsTerminal }
      descriptor = STDIN_FILENO
      changes = -1
      isFollowedFIFO = false
      return
    }
    // Not blocking, or opening a FIFO would wait for its writer.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw .cannotOpen(path: path, reason: String(cString: strerror(errno))) }
    var status = stat()
    fstat(opened, &status)
    guard status.st_mode & S_IFMT != S_IFDIR else {
      close(opened)
      throw .isDirectory(path: path)
    }
    var watching: Int32 = -1
    if follow && status.st_mode & S_IFMT == S_IFREG {
      watching = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
      // Before the first read, so that no growth is missed.
      guard Self.watch(path, with: watching) else {
        let reason = String(cString: strerror(errno))
        if watching >= 0 { close(watching) }
        close(opened)
        throw .cannotOpen(path: path, reason: "it cannot be followed, \(reason)")
      }
      // Another file that takes its place shows in the directory; where that cannot be watched, only growth is seen.
      inotify_add_watch(watching, Self.directory(of: path), UInt32(IN_CREATE | IN_MOVED_TO))
    }
    // The name that a shell's <(COMMAND) gives is a link to a pipe, which ends with its writer.
    var named = stat()
    isFollowedFIFO = follow && lstat(path, &named) == 0 && named.st_mode & S_IFMT == S_IFIFO
    descriptor = opened
    changes = watching
  }

  /// Bytes read, and bytes in the file; nil if it is no regular file.
  var progress: (read: Int, size: Int)? {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return (lseek(descriptor, 0, SEEK_CUR), status.st_size)
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
    if changes >= 0 { close(changes) }
  }

  /// The way on after its end.
  enum Continuation: Equatable {
    case more
    /// From the beginning; why, for people, where it is worth a word.
    case anew(String?)
    case ended
  }

  /// At the end of the file: waits for it to grow, to be cut short, or for another to take its place.
  /// - Parameter stop: a descriptor that becomes readable when nobody wants more.
  func waitForMore(orStop stop: Int32) -> Continuation {
    if isFollowedFIFO { return replace() ? .anew(nil) : .ended }
    guard changes >= 0 else { return .ended }
    while true {
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { return .ended }
      let position = lseek(descriptor, 0, SEEK_CUR)
      if status.st_size > position { return .more }
      if status.st_size < position {
        lseek(descriptor, 0, SEEK_SET)
        return .anew("it was cut short, and is read again from its beginning")
      }
      var named = stat()
      if stat(path, &named) == 0 {
        if (named.st_ino, named.st_dev) != (status.st_ino, status.st_dev), replace() {
          return .anew("another file has taken its place, and is read from its beginning")
        }
      } else if status.st_nlink == 0 {
        return .ended
      }
      if waitUntilReadable([stop, changes])[0] { return .ended }
      var events = [UInt8](repeating: 0, count: 4096)
      while read(changes, &events, events.count) > 0 {}
    }
  }

  /// Opens the file that has the name now in place of the open one. A FIFO is so rid of a writer that is
  /// gone; bytes that the next one has written already are not lost, as it is open all the time.
  private func replace() -> Bool {
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { return false }
    defer { close(opened) }
    var status = stat()
    fstat(opened, &status)
    guard status.st_mode & S_IFMT == (isFollowedFIFO ? S_IFIFO : S_IFREG) else { return false }
    guard dup2(opened, descriptor) >= 0 else { return false }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return isFollowedFIFO || Self.watch(path, with: changes)
  }

  /// A deletion shows as a change of attributes.
  private static func watch(_ path: String, with changes: Int32) -> Bool {
    inotify_add_watch(changes, path, UInt32(IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF)) >= 0
  }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
