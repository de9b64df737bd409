package import CursesTerminal
internal import EventSources
internal import Glibc

// The program in real time: one `poll` over keys, signals and input.

extension Program where Terminal == CursesTerminal {
  /// Opens the terminal of this process.
  /// - Throws: `TerminalError`.
  package convenience init(_ start: ProgramStart, _ settings: ScreenSettings) throws {
    installTrapRestoration()
    self.init(start, settings, on: try CursesTerminal(settings.terminal), .system)
  }

  /// Runs until the user quits, a signal ends it, or the terminal goes away.
  /// - Parameter signals: made before any thread was started.
  /// - Throws: `ProgramEnd` with the status for anything but a normal end.
  package func run(until signals: borrowing SignalDescriptor) throws {
    begin()
    while !isOver {
      draw()
      wait(or: signals)
      turn(terminal.readKeys(), signals: signals.read())
    }
    try end { signals.read().contains(SIGINT) }
  }

  private func wait(or signals: borrowing SignalDescriptor) {
    var descriptors = [
      pollfd(fd: terminal.inputDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    if let inputs = feed?.inputs, !inputs.hasEnded || inputs.reach(nil).hasAddress {
      descriptors.append(pollfd(fd: inputs.descriptor, events: Int16(POLLIN), revents: 0))
    }
    poll(&descriptors, nfds_t(descriptors.count), timeout)
  }
}
