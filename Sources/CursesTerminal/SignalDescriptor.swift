internal import CNcurses
internal import Glibc

/// The signals that end, stop, continue or resize the program, read like input instead of interrupting it.
///
/// They are blocked, so neither their default actions nor ncurses' own handlers (SIGINT, SIGTERM, SIGTSTP,
/// SIGWINCH) run: the program's loop reads them and does what is due. A thread inherits the mask of the thread
/// that starts it, so this must be made before any other thread is.
package struct SignalDescriptor: ~Copyable {
  package static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT]

  /// Readable when a signal has come: for `poll`.
  package let descriptor: Int32

  /// - Throws: `TerminalError.noTerminal` where the system gives no descriptor.
  package init() throws(TerminalError) {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in Self.signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    descriptor = lanes_signalfd(&set)
    guard descriptor >= 0 else {
      throw .noTerminal(device: "signalfd", reason: String(cString: strerror(errno)))
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The numbers of the signals that came since the last call, in the order the system tells them.
  package func read() -> [Int32] {
    var numbers: [Int32] = []
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    while Glibc.read(descriptor, &info, size) == size { numbers.append(Int32(bitPattern: info.ssi_signo)) }
    return numbers
  }
}
