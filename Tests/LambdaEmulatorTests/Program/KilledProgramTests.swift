import Glibc
import TestSupport
import Testing

/// `lanes run` is killed without a warning, while its function is at work.
@Suite(.serialized, .timeLimit(.minutes(4))) struct KilledProgramTests {
  /// Has threads, a child, and a daemon that left its session and its parents.
  private static let python = """
    import os, threading, time
    def work():
        while True: time.sleep(0.001)
    for _ in range(3): threading.Thread(target=work, daemon=True).start()
    if os.fork() == 0: work()
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0: work()
        os._exit(0)
    os.wait()
    def handler(event, context):
        time.sleep(0.003)
        return "done"
    """
  /// The number of the 50 that are under way at once.
  private static let together = 5

  @Test("Nothing is left of it, 50 times", arguments: 0..<50 / together)
  func nothingIsLeft(_ part: Int) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in part * Self.together..<(part + 1) * Self.together {
        group.addTask { try await Self.kill(number) }
      }
      try await group.waitForAll()
    }
  }

  /// Control groups where they are to be had.
  private static let freezing: [String] = {
    var kinds = ["signal", "off", "auto"]
    try? withControlGroups { _ in kinds[2] = "cgroup" }
    return kinds
  }()

  private static func kill(_ number: Int) async throws {
    var random = SeededRandom(UInt64(number))
    let kind = freezing[number % freezing.count]
    let program = try await RunningProgram.start(["app.py": python], "--freeze", kind, "app.handler")
    let address = program.address
    // The requests go on until nobody answers any more.
    let clients = (0..<2).map { _ in
      Task { try await waiting { try calls(address) } }
    }
    // Of the random moment, some lie before the first answer and some within init.
    let answers = Int.random(in: 0...6, using: &random)
    let moment = Duration.microseconds(Int.random(in: 0...20_000, using: &random))
    if answers > 0 { for _ in 0..<answers { _ = try await program.call() } }
    try await Task.sleep(for: moment)
    if answers > 0 {
      // lanes, a supervisor, the runtime, its child and its daemon.
      #expect(program.processes.count >= 5, "\(number), \(kind)")
    }
    Glibc.kill(program.pid, SIGKILL)
    let what = "\(number): \(kind), \(answers) answers, then \(moment)"
    try await waiting { try eventually("nothing left of \(what)") { program.processes.isEmpty } }
    for client in clients { await #expect(throws: SmallClient.Failure.self) { try await client.value } }
  }

  private static func calls(_ address: String) throws {
    let client = try SmallClient(address)
    while true { _ = try client.call("{}") }
  }
}
