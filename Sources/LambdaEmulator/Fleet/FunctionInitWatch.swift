internal import CSupervisor
internal import Glibc
internal import LambdaLifecycle
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Sees when the handler's file is opened: there the runtime begins to load the function.
///
/// An opening is known before the program that opened the file goes on: all that there have been by the time
/// the runtime asks for its first event are seen then. The system does not say who opened it. A thread waits
/// for it, so that its time is right while the loop is at work.
final class FunctionInitWatch: Sendable {
  private struct State {
    /// By the system's numbers.
    var folders: [Int32: String] = [:]
    var opened: [Timestamp] = []
  }

  private let descriptor: Int32
  /// Raised to end the thread.
  private let stop: EventDescriptor
  private let watch: HandlerWatch
  private let clock: EmulatorClock
  private let state = Mutex(State())
  private let threads = NIOThreadPool(numberOfThreads: 1)

  /// - Returns: nil where the system has no inotify left.
  init?(_ watch: HandlerWatch, _ clock: EmulatorClock) {
    let descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard descriptor >= 0, let stop = EventDescriptor() else { return nil }
    self.descriptor = descriptor
    self.stop = stop
    self.watch = watch
    self.clock = clock
    state.withLock { addFolders(&$0) }
  }

  /// Calls a closure when there may be something to take; on a thread of its own.
  func listen(_ seen: @escaping @Sendable () -> Void) {
    threads.start()
    threads.submit { [self] _ in
      var descriptors = [
        pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: stop.number, events: Int16(POLLIN), revents: 0),
      ]
      while true {
        poll(&descriptors, 2, -1)
        if descriptors[1].revents != 0 { break }
        if state.withLock({ read(&$0) }) { seen() }
      }
      close(descriptor)
    }
  }

  /// Watches no longer.
  func end() {
    stop.raise()
    threads.shutdownGracefully { _ in }
  }

  /// Returns the moments at which the handler's file was opened, as far as nobody has taken them yet.
  func take() -> [Timestamp] {
    state.withLock { state in
      _ = read(&state)
      defer { state.opened = [] }
      return state.opened
    }
  }

  private func addFolders(_ state: inout State) {
    for folder in watch.folders where !state.folders.values.contains(folder) {
      let number = inotify_add_watch(
        descriptor, folder, UInt32(IN_OPEN) | UInt32(IN_CREATE) | UInt32(IN_ONLYDIR))
      if number >= 0 { state.folders[number] = folder }
    }
  }

  /// - Returns: true where the handler's file has been opened.
  private func read(_ state: inout State) -> Bool {
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    var isOpened = false
    while true {
      let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return isOpened }
      if look(at: bytes[..<count], &state) {
        state.opened.append(clock.now)
        isOpened = true
      }
    }
  }

  private func look(at bytes: ArraySlice<UInt8>, _ state: inout State) -> Bool {
    var isOpened = false
    for record in InotifyRecord.all(in: ByteBuffer(bytes: bytes)) {
      if record.isAny(of: IN_IGNORED) {
        // The folder was removed; it may be made again.
        state.folders[record.number] = nil
      } else if record.isAny(of: IN_ISDIR) {
        // Python makes a __pycache__ when it first imports.
        if record.isAny(of: IN_CREATE) { addFolders(&state) }
      } else if record.isAny(of: IN_OPEN), let folder = state.folders[record.number] {
        if watch.matches(folder: folder, file: record.file) { isOpened = true }
      }
    }
    return isOpened
  }
}

/// Something that a thread can wait for beside others, and that another thread raises once.
private final class EventDescriptor: Sendable {
  let number: Int32
  private let writeEnd: Int32

  init?() {
    var ends: [Int32] = [-1, -1]
    guard lanes_make_pipe(&ends) == 0 else { return nil }
    (number, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(number)
    close(writeEnd)
  }

  func raise() {
    var one: UInt8 = 1
    _ = write(writeEnd, &one, 1)
  }
}
