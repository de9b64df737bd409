import Glibc
import Testing

@testable import EventSources

@Suite struct ChildProcessTests {
  private func start(_ script: String, into inbox: Inbox) async throws -> ChildProcess {
    try await start(["/bin/sh", "-c", script], into: inbox)
  }

  private func start(_ command: [String], into inbox: Inbox) async throws -> ChildProcess {
    try await onThread { try ChildProcess.start(command, source: 3, into: inbox) }
  }

  private func group(of child: ChildProcess) -> ProcessGroup {
    ProcessGroup(identifier: child.processIdentifier)
  }

  @Test func deliversBothOutputsThenTheStatus() async throws {
    let inbox = try Inbox()
    let child = try await start("echo out; echo err >&2; read x; exit 3", into: inbox)
    let notices = try await inbox.takeUntilEnded()
    #expect(notices.text(.stdout) == "out\n")
    #expect(notices.text(.stderr) == "err\n")
    #expect(notices.suffix(2) == [.childExited(source: 3, .exited(3)), .ended(source: 3)])
    #expect(!child.isRunning)
  }

  @Test func deliversAllOfALargeOutput() async throws {
    let inbox = try Inbox(limit: 100_000)
    let script = "i=0; while [ $i -lt 20000 ]; do echo 0123456789012345678; i=$((i+1)); done"
    _ = try await start(script, into: inbox)
    let notices = try await inbox.takeUntilEnded()
    #expect(notices.text(.stdout).utf8.count == 400_000)
    #expect(notices.exitStatus == .exited(0))
  }

  @Test func startsInAGroupOfItsOwnWithUnblockedSignals() async throws {
    let inbox = try Inbox()
    let child = try await start("grep SigBlk /proc/self/status; read x; kill -TERM $$", into: inbox)
    let notices = try await inbox.takeUntilEnded()
    #expect(notices.text(.stdout).hasSuffix("0000000000000000\n"))
    #expect(notices.exitStatus == .signaled(SIGTERM))
    #expect(child.processIdentifier != getpgrp())
  }

  @Test func terminateAsksTheChildAlone() async throws {
    let inbox = try Inbox()
    let script = "trap 'echo asked; exit 5' TERM; echo ready; while :; do sleep 60 & wait; done"
    let child = try await start(script, into: inbox)
    _ = try await inbox.take(until: "ready", on: .stdout)
    #expect(child.isRunning)
    child.terminate()
    let notices = try await inbox.take {
      if case .childExited = $0 { return true }
      return false
    }
    #expect(notices.text(.stdout) == "asked\n")
    #expect(notices.exitStatus == .exited(5))
    // The sleep it left behind is still of its group, and holds its output open.
    #expect(group(of: child).isAlive)
    try await onThread { child.endGroup() }
    #expect(!group(of: child).isAlive)
    #expect(try await inbox.takeUntilEnded() == [.ended(source: 3)])
  }

  @Test(arguments: [
    ("A=b env | grep ^A=", "A=b\n"), ("cd / && pwd", "/\n"), ("echo a; echo b", "a\nb\n"),
    ("for i in 1 2; do echo $i; done", "1\n2\n"),
  ])
  func aLineForTheShell(line: String, output: String) async throws {
    let inbox = try Inbox()
    let child = try await onThread { try ChildProcess.start(shell: line, source: 3, into: inbox) }
    #expect(try await inbox.takeUntilEnded().text(.stdout) == output)
    #expect(!child.isRunning)
  }

  /// The shell may still be there, or have given its place to the command.
  @Test(arguments: ["echo ready; sleep 600", "echo ready; sleep 600; echo never"])
  func terminateReachesWhatAShellRuns(line: String) async throws {
    let inbox = try Inbox()
    let child = try await onThread { try ChildProcess.start(shell: line, source: 3, into: inbox) }
    _ = try await inbox.take(until: "ready", on: .stdout)
    child.terminate()
    let notices = try await inbox.takeUntilEnded()
    #expect(notices.exitStatus == .signaled(SIGTERM))
    #expect(notices.text(.stdout).isEmpty)
  }

  /// As when we were killed: nobody holds the guard's pipe any more.
  @Test func aGroupEndsWithItsGuard() async throws {
    let inbox = try Inbox()
    var child: ChildProcess? = try await start("sleep 600 & echo ready", into: inbox)
    let group = ProcessGroup(identifier: try #require(child?.processIdentifier))
    _ = try await inbox.take { if case .childExited = $0 { true } else { false } }
    #expect(group.isAlive)
    child = nil
    #expect(child == nil)
    #expect(try await inbox.takeUntilEnded() == [.ended(source: 3)])
  }

  @Test func endGroupKillsWhatDoesNotListen() async throws {
    let inbox = try Inbox()
    let script = "trap '' TERM; (trap '' TERM; sleep 600) & echo ready; sleep 600"
    let child = try await start(script, into: inbox)
    _ = try await inbox.take(until: "ready", on: .stdout)
    try await onThread { child.endGroup(grace: .milliseconds(20)) }
    #expect(!group(of: child).isAlive)
    #expect(try await inbox.takeUntilEnded().exitStatus == .signaled(SIGKILL))
  }

  @Test func endGroupLetsTheChildFinishWhatItWrites() async throws {
    let inbox = try Inbox(limit: 1000)
    let script = """
      trap 'i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done; exit 0' TERM
      echo ready; while :; do sleep 0.01; done
      """
    let child = try await start(script, into: inbox)
    _ = try await inbox.take(until: "ready", on: .stdout)
    var notices = try await onThread {
      var notices: [SourceNotice] = []
      child.endGroup(grace: .seconds(60), drain: { notices += inbox.take(maxBytes: 1 << 20) })
      return notices
    }
    notices += try await inbox.takeUntilEnded()
    #expect(notices.text(.stdout).utf8.count >= 220_000)
    #expect(notices.exitStatus == .exited(0))
  }

  @Test func saysWhyACommandCannotStart() async throws {
    let inbox = try Inbox()
    await #expect(throws: SourceError.commandNotFound("no-such-lambda")) {
      try await start(["no-such-lambda", "x"], into: inbox)
    }
    await #expect(throws: SourceError.commandNotFound("/no/such")) {
      try await start(["/no/such"], into: inbox)
    }
    await #expect(throws: SourceError.emptyCommand) { try await start([], into: inbox) }
    await #expect(throws: SourceError.self) { try await start(["/etc/passwd"], into: inbox) }
    #expect(!inbox.isReadable)
  }
}
