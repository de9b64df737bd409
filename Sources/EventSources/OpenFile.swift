internal import Glibc

/// An open file, and where it may grow, what tells of that.
struct OpenFile: ~Copyable, Sendable {
  let descriptor: Int32
  /// An inotify descriptor that watches a regular file, or -1.
  private let changes: Int32

  init(path: String, follow: Bool) throws(SourceError) {
    if path == "-" {
      guard isatty(STDIN_FILENO) == 0 else { throw .standardInputIsTerminal }
      descriptor = STDIN_FILENO
      changes = -1
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
      // Before the first read, so that no growth is missed. A deletion shows as a change of attributes.
      guard inotify_add_watch(watching, path, UInt32(IN_MODIFY | IN_ATTRIB)) >= 0 else {
        let reason = String(cString: strerror(errno))
        if watching >= 0 { close(watching) }
        close(opened)
        throw .cannotOpen(path: path, reason: "it cannot be followed, \(reason)")
      }
    }
    descriptor = opened
    changes = watching
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
    if changes >= 0 { close(changes) }
  }

  /// At the end of the file: waits for it to grow.
  /// - Returns: false where it cannot grow (any more) or `stop` became readable.
  func waitForMore(orStop stop: Int32) -> Bool {
    guard changes >= 0 else { return false }
    while true {
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_nlink > 0 else { return false }
      var position = lseek(descriptor, 0, SEEK_CUR)
      // Cut short: its owner has begun it anew.
      if status.st_size < position { position = lseek(descriptor, 0, SEEK_SET) }
      if status.st_size > position { return true }
      if waitUntilReadable([stop, changes])[0] { return false }
      var events = [UInt8](repeating: 0, count: 4096)
      while read(changes, &events, events.count) > 0 {}
    }
  }
}
