internal import Dispatch
internal import Glibc
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// A command that we started, in a process group of its own. Its output is delivered as it comes.
package final class ChildProcess: Sendable {
  /// Also the number of its process group.
  package let processIdentifier: Int32
  private let exit: ChildExit
  /// While it is there, the group ends with us.
  private let orphanGuard: OrphanGuard
  /// A shell that runs a line of the user's; nil for any other program.
  private let shell: [String]?

  private init(processIdentifier: Int32, exit: ChildExit, orphanGuard: OrphanGuard, shell: [String]?) {
    self.processIdentifier = processIdentifier
    self.exit = exit
    self.orphanGuard = orphanGuard
    self.shell = shell
  }

  /// Starts a line of the user's in a shell.
  /// - Throws: `SourceError` if there is no shell.
  package static func start(
    shell line: String, source: Int, into inbox: Inbox
  ) throws(SourceError) -> ChildProcess {
    try start(["/bin/sh", "-c", line], isShell: true, source: source, into: inbox)
  }

  /// Starts a command with our environment, nothing on its standard input, and waits until it runs: call it on
  /// the main thread, not in a task, whose thread may be the one that starts it.
  /// - Parameter command: the program, a name to look up in PATH or a path, and its arguments.
  /// - Throws: `SourceError` if it cannot be started.
  package static func start(
    _ command: [String], source: Int, into inbox: Inbox
  ) throws(SourceError) -> ChildProcess {
    try start(command, isShell: false, source: source, into: inbox)
  }

  private static func start(
    _ command: [String], isShell: Bool, source: Int, into inbox: Inbox
  ) throws(SourceError) -> ChildProcess {
    guard let program = command.first, !program.isEmpty else { throw .emptyCommand }
    let exit = try ChildExit()
    let output = try ChildOutput(source: source, inbox: inbox, exit: exit)
    let orphanGuard = try OrphanGuard()
    let started = Start()
    let writeEnds = output.writeEnds
    Task.detached {
      var options = PlatformOptions()
      options.processGroupID = 0
      do {
        let result = try await run(
          program.contains("/") ? .path(FilePath(program)) : .name(program),
          arguments: Arguments(Array(command.dropFirst())),
          platformOptions: options,
          input: .none,
          output: .fileDescriptor(.init(rawValue: writeEnds.stdout), closeAfterSpawningProcess: true),
          error: .fileDescriptor(.init(rawValue: writeEnds.stderr), closeAfterSpawningProcess: true)
        ) { execution in
          orphanGuard.watch(execution.processIdentifier.value)
          started.finish(.success(execution.processIdentifier.value))
        }
        exit.finish(ChildStatus(result.terminationStatus))
        // Its number may soon be another's; unless a process that it started lives on in its group.
        if let group = try? started.outcome?.get(), !ProcessGroup(identifier: group).isAlive {
          orphanGuard.release()
        }
      } catch {
        started.finish(.failure(SourceError(error, program: program)))
        exit.finish(.unknown("\(error)"))
      }
    }
    guard let result = started.wait() else { throw .cannotStart(command: program, reason: "it was not told") }
    let child = ChildProcess(
      processIdentifier: try result.get(), exit: exit, orphanGuard: orphanGuard,
      shell: isShell ? command : nil)
    DispatchQueue(label: "lanes.child").async { output.run() }
    return child
  }

  /// The child itself has not ended yet.
  package var isRunning: Bool { exit.status == nil }

  /// Asks the child itself (not its group) to end, so that an emulator can shut its function down in order.
  package func terminate() {
    guard isRunning else { return }
    // A shell that waits for its command does not pass signals on.
    let isWaiting =
      shell.map { !ProcessEntry.canTell || ProcessEntry(processIdentifier)?.words == $0 } ?? false
    kill(isWaiting ? -processIdentifier : processIdentifier, SIGTERM)
  }

  /// Asks the child and all it started to end, and does not wait.
  package func terminateGroup() {
    let group = ProcessGroup(identifier: processIdentifier)
    guard group.isAlive else { return }
    group.send(SIGTERM)
    // A stopped process would not see the signal.
    group.send(SIGCONT)
  }

  /// Ends the child and all it started: SIGTERM, and SIGKILL for those left after `grace`. Returns when they
  /// are gone.
  /// - Parameter drain: called while waiting; it should empty the inbox, or a child that writes could not end.
  package func endGroup(grace: Duration = .milliseconds(2500), drain: () -> Void = {}) {
    let group = ProcessGroup(identifier: processIdentifier)
    defer { if !group.isAlive { orphanGuard.release() } }
    guard group.isAlive else { return }
    terminateGroup()
    if group.waitForEnd(atMost: grace, doing: drain) { return }
    group.send(SIGKILL)
    _ = group.waitForEnd(atMost: .milliseconds(500), doing: drain)
  }
}

/// The outcome that `start` waits for: the child's number, or why there is none.
private final class Start: Sendable {
  private let result = Mutex<Result<Int32, SourceError>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  func finish(_ outcome: Result<Int32, SourceError>) {
    result.withLock { $0 = $0 ?? outcome }
    done.signal()
  }

  /// The outcome so far.
  var outcome: Result<Int32, SourceError>? { result.withLock { $0 } }

  func wait() -> Result<Int32, SourceError>? {
    done.wait()
    return outcome
  }
}

extension SourceError {
  fileprivate init(_ error: any Error, program: String) {
    switch error {
    case let error as SubprocessError where error.code == .executableNotFound:
      self = .commandNotFound(program)
    case let error as SubprocessError:
      self = .cannotStart(
        command: program, reason: error.underlyingError.map { "\($0)" } ?? "\(error)")
    default:
      self = .cannotStart(command: program, reason: "\(error)")
    }
  }
}

extension ChildStatus {
  init(_ status: TerminationStatus) {
    switch status {
    case .exited(let code): self = .exited(code)
    case .signaled(let signal): self = .signaled(signal)
    }
  }
}
