internal import CNcurses
package import Glibc
internal import Synchronization

/// Puts the terminal back as it was without ncurses, so that a signal handler may do it: bytes made up
/// beforehand, and the modes saved at the start. It lies in memory of its own that never moves.
struct Restoration {
  let descriptor: Int32
  /// The modes before the screen was opened; nil where the device has none.
  var modes: termios?
  let bytes: UnsafeMutableBufferPointer<UInt8>

  /// Takes the bytes from the terminal's description: call it after the terminal has been set up.
  /// - Parameter off: bytes that end the modes unknown to ncurses; they come first.
  init(descriptor: Int32, modes: termios?, off: [UInt8]) {
    self.descriptor = descriptor
    self.modes = modes
    var text = off
    for name in ["sgr0", "op", "rmkx", "cnorm", "rmcup"] {
      if let capability = lanes_capability(name) { text += withoutPadding(String(cString: capability)) }
    }
    // Without a second screen the shell's prompt would land in the middle of the picture.
    if lanes_capability("rmcup") == nil { text += Array("\r\n".utf8) }
    bytes = .allocate(capacity: text.count)
    _ = bytes.initialize(from: text)
  }

  /// Only calls that are safe in a signal handler (signal-safety(7)).
  func perform() {
    writeWhole(UnsafeRawBufferPointer(bytes), to: descriptor)
    if var modes { tcsetattr(descriptor, TCSANOW, &modes) }
  }
}

/// Writes bytes past ncurses; as many as the terminal takes.
func writeWhole(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) {
  var written = 0
  while written < bytes.count, let base = bytes.baseAddress {
    let count = write(descriptor, base + written, bytes.count - written)
    if count < 0 && errno == EINTR { continue }
    guard count > 0 else { return }
    written += count
  }
}

/// A capability without its delays (`$<5>`), which are for terminals made of iron.
private func withoutPadding(_ capability: String) -> [UInt8] {
  var result: [UInt8] = []
  var rest = Substring(capability)
  while let start = rest.range(of: "$<"), let end = rest[start.upperBound...].firstIndex(of: ">") {
    result += Array(rest[..<start.lowerBound].utf8)
    rest = rest[rest.index(after: end)...]
  }
  return result + Array(rest.utf8)
}

extension Substring {
  fileprivate func range(of pattern: String) -> Range<Index>? {
    for start in indices where self[start...].hasPrefix(pattern) {
      return start..<index(start, offsetBy: pattern.count)
    }
    return nil
  }
}

/// The address of the `Restoration` of the open screen, or 0. An atomic number, because handlers read it.
private let armed = Atomic<UInt>(0)
/// The process groups that a trap ends; 0 for a free place.
private let groupsToEnd = GroupsToEnd()

/// A fixed number of places, because a signal handler must not follow a pointer that somebody changes.
private struct GroupsToEnd: ~Copyable, Sendable {
  private let places = InlineArray<16, Atomic<Int32>> { _ in Atomic(0) }

  /// Puts a group into a free place, if there is one.
  func add(_ group: Int32) {
    for place in places.indices {
      let isFree = places[place].compareExchange(
        expected: 0, desired: group, ordering: .sequentiallyConsistent
      ).exchanged
      if isFree { return }
    }
  }

  /// Empties all places.
  func removeAll(_ body: (Int32) -> Void) {
    for place in places.indices {
      let group = places[place].exchange(0, ordering: .sequentiallyConsistent)
      if group > 0 { body(group) }
    }
  }
}

/// Makes a trap and the program's exit restore the terminal this way; nil: there is nothing to restore.
func armRestoration(_ restoration: UnsafeMutablePointer<Restoration>?) {
  armed.store(UInt(bitPattern: restoration), ordering: .sequentiallyConsistent)
}

/// Restores the terminal if a screen is open, once.
private func restoreArmed() {
  let address = armed.exchange(0, ordering: .sequentiallyConsistent)
  UnsafeMutablePointer<Restoration>(bitPattern: address)?.pointee.perform()
}

/// Makes a trap end a process group too (SIGKILL), so that no child outlives the program.
package func endGroupOnTrap(_ processGroup: pid_t) { groupsToEnd.add(processGroup) }

/// The groups that were to be ended on a trap have ended.
package func endNoGroupOnTrap() { groupsToEnd.removeAll { _ in } }

/// Restores the terminal when the program traps or exits with the screen open. Call it once, at the start.
///
/// Neither runs a `deinit`. After a trap the signal takes its usual way, so that the exit status shows it.
package func installTrapRestoration() {
  // A stack that has overflowed cannot carry the handler.
  let stackSize = 64 << 10
  var stack = stack_t(ss_sp: malloc(stackSize), ss_flags: 0, ss_size: stackSize)
  sigaltstack(&stack, nil)

  var action = sigaction()
  action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_NODEFER | SA_ONSTACK
  action.__sigaction_handler.sa_handler = { number in
    restoreArmed()
    groupsToEnd.removeAll { kill(-$0, SIGKILL) }
    // The handler is already back at its default (SA_RESETHAND).
    raise(number)
  }
  for number in [SIGILL, SIGTRAP, SIGSEGV, SIGABRT, SIGBUS, SIGFPE] { sigaction(number, &action, nil) }
  atexit { restoreArmed() }
}
