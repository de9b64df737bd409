import Glibc
import Testing

/// A terminal sends ctrl-C to a group of processes: lanes is to hear of it, and end the others in their order.
@Suite(.serialized, .timeLimit(.minutes(2))) struct TerminalGroupTests {
  @Test("Nothing that lanes has started is in its group")
  func bare() async throws { try await start(isolation: "none") }

  @Test("Bubblewrap neither, which stands before a supervisor", .needsBubblewrap)
  func isolated() async throws { try await start(isolation: "bwrap") }

  private func start(isolation: String) async throws {
    let program = try await RunningProgram.start(
      ["app.py": "def handler(event, context): return 1"], "--isolate", isolation, "app.handler")
    #expect(try await program.call().body == "1")
    let others = program.processes.filter { $0 != program.pid }
    #expect(others.count >= 2)
    for process in others { #expect(getpgid(process) != getpgid(program.pid), "\(process)") }
    try await program.end()
  }
}
