internal import CSupervisor
internal import EventSources
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Sees when the function's code changes; used on the event loop alone.
final class CodeWatch {
  /// Editors and builds write many files at a time: nothing may have come for so long after the last one.
  private static let quiet = TimeAmount.milliseconds(100)
  /// A build that takes longer is not waited for.
  private static let longest = TimeAmount.seconds(2)
  private static let kinds =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF

  private let code: FunctionCode
  private let loop: any EventLoop
  private let descriptor: Int32
  private let changed: ([String]) -> Void
  private var channel: (any Channel)?
  /// By the system's numbers.
  private var folders: [Int32: String] = [:]
  private var files: [String] = []
  private var firstChange = NIODeadline.uptimeNanoseconds(0)
  private var timer: Scheduled<Void>?
  private var isClosed = false

  /// - Parameter changed: called with the names of the changed files, once nothing follows for a moment.
  /// - Returns: nil where the system has no inotify left.
  init?(_ code: FunctionCode, on loop: any EventLoop, changed: @escaping ([String]) -> Void) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    self.code = code
    self.loop = loop
    self.changed = changed
    // The channel closes its own.
    self.descriptor = lanes_duplicate(descriptor)
    watchFolders()
    let this = NIOLoopBound(self, eventLoop: loop)
    NIOPipeBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(PipeReader { this.value.read($0) })
        }
      }
      .takingOwnershipOfDescriptor(input: descriptor)
      .assumeIsolated().whenComplete { result in
        switch result {
        case .success(let channel):
          if self.isClosed { channel.close(promise: nil) } else { self.channel = channel }
        case .failure: Glibc.close(descriptor)
        }
      }
  }

  deinit { Glibc.close(descriptor) }

  /// Watches no longer.
  func close() {
    isClosed = true
    timer?.cancel()
    timer = nil
    channel?.close(promise: nil)
    channel = nil
  }

  /// A folder that is watched already keeps its number.
  private func watchFolders() {
    for folder in code.folders {
      let number = inotify_add_watch(descriptor, folder, UInt32(Self.kinds) | UInt32(IN_ONLYDIR))
      if number >= 0 { folders[number] = folder }
    }
  }

  private func read(_ bytes: ByteBuffer) {
    for record in InotifyRecord.all(in: bytes) {
      // More has come than the system keeps: the names of the changed files are lost.
      if record.isAny(of: IN_Q_OVERFLOW) { note("\(code.folder)/many files") }
      guard let folder = folders[record.number] else { continue }
      let isSelf = record.isAny(of: IN_DELETE_SELF, IN_MOVE_SELF)
      if record.isAny(of: IN_IGNORED) || isSelf { folders[record.number] = nil }
      if isSelf {
        // A build makes the folder anew.
        if folder == code.folder { note(folder) }
      } else if record.isAny(of: IN_ISDIR) {
        // The files in a folder that is moved go with it; those of one that is removed
        // have been reported each.
        if record.isAny(of: IN_MOVED_FROM), !record.file.hasPrefix(".") { note("\(folder)/\(record.file)") }
        // Files in a new folder may have come before it was watched.
        if record.isAny(of: IN_CREATE, IN_MOVED_TO) { plan() }
      } else if !record.isAny(of: IN_CREATE), code.contains(record.file, in: folder) {
        note("\(folder)/\(record.file)")
      }
    }
  }

  private func note(_ path: String) {
    if files.isEmpty { firstChange = .now() }
    let name = path.hasPrefix(code.folder + "/") ? String(path.dropFirst(code.folder.utf8.count + 1)) : path
    if !files.contains(name) { files.append(name) }
    plan()
  }

  private func plan() {
    timer?.cancel()
    let delay = files.isEmpty ? Self.quiet : min(Self.quiet, max(.zero, firstChange + Self.longest - .now()))
    timer = loop.assumeIsolated().scheduleTask(in: delay) { [weak self] in self?.tell() }
  }

  private func tell() {
    timer = nil
    let before = Set(folders.values)
    watchFolders()
    // A folder that has come with files in it, as by a renaming.
    for folder in Set(folders.values).subtracting(before) {
      for file in Files.names(in: folder) where code.contains(file, in: folder) { files.append(file) }
    }
    // A build that replaces the folder has taken it away and not yet put it back.
    guard Files.isFolder(code.folder) else {
      timer = loop.assumeIsolated().scheduleTask(in: Self.quiet) { [weak self] in self?.tell() }
      return
    }
    guard !files.isEmpty else { return }
    let names = files
    files = []
    changed(names)
  }
}
