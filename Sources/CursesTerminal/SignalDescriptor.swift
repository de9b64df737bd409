internal import Glibc
internal import Synchronization

/// The signals that end, stop, continue or resize the program, read like input instead of interrupting it.
///
/// Handlers write each signal's number into a pipe. Blocking the signals and reading a signalfd would not do: a
/// library's thread that waits with signals let through (epoll_pwait with an empty mask, as swift-subprocess has one)
/// would take them. Our handlers also keep ncurses from installing its own.
package struct SignalDescriptor: ~Copyable {
  package static let signals = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP, SIGCONT]

  /// Readable when a signal has come: for `poll`.
  package let descriptor: Int32

  /// Call it before the screen is opened, once.
  /// - Throws: `TerminalError.noTerminal` where the system gives no pipe.
  package init() throws(TerminalError) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw .noTerminal(device: "pipe", reason: String(cString: strerror(errno)))
    }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    descriptor = ends[0]
    signalPipe.store(ends[1], ordering: .sequentiallyConsistent)
    var action = sigaction()
    action.sa_flags = SA_RESTART
    action.__sigaction_handler.sa_handler = { number in
      let before = errno
      var byte = UInt8(truncatingIfNeeded: number)
      // A full pipe holds signals enough to be woken by.
      _ = write(signalPipe.load(ordering: .sequentiallyConsistent), &byte, 1)
      errno = before
    }
    // The program that started us may have blocked them: nobody could end us then.
    var unblocked = sigset_t()
    sigemptyset(&unblocked)
    for number in Self.signals {
      sigaction(number, &action, nil)
      sigaddset(&unblocked, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &unblocked, nil)
  }

  deinit {
    for number in Self.signals { signal(number, SIG_DFL) }
    close(signalPipe.exchange(-1, ordering: .sequentiallyConsistent))
    close(descriptor)
  }

  /// The numbers of the signals that came since the last call, in their order.
  package func read() -> [Int32] {
    var numbers: [Int32] = []
    var bytes = [UInt8](repeating: 0, count: 64)
    while true {
      let count = Glibc.read(descriptor, &bytes, bytes.count)
      guard count > 0 else { return numbers }
      numbers += bytes.prefix(count).map(Int32.init)
    }
  }
}

/// The end of the pipe that handlers write to, or -1.
private let signalPipe = Atomic<Int32>(-1)
