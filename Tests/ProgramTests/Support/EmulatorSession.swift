import Foundation
import TestSupport
import Testing

/// `lanes watch` in a terminal, with the real emulator and the real Python runtime as its child.
struct EmulatorSession {
  var tmux: TmuxSession
  /// The folder of the function; it goes on when files appear here.
  var scratch: Scratch
  var port: UInt16

  static func with(
    options: String = "", files: [String: String] = [:], _ body: (EmulatorSession) async throws -> Void
  ) async throws {
    let scratch = try Scratch()
    let app = URL(fileURLWithPath: Repository.path("Tests/ProgramTests/Fixtures/app.py"))
    try scratch.write(try Data(contentsOf: app), to: "app.py")
    for (name, text) in files { try scratch.write(Array(text.utf8), to: name) }
    let ports = try Loopback.freePorts(2)
    let environment = ["RIE": try Peer.emulator.required(), "PYTHON": try Peer.python.required()]
    try await TmuxSession.with(columns: 120, rows: 40, environment: environment, directory: scratch.path) {
      tmux in
      // The shell expands the variables, so that the line fits.
      try await tmux.type(
        "$LANES watch --record session.jsonl \(options) --"
          + " $RIE --runtime-interface-emulator-address 127.0.0.1:\(ports[0])"
          + " --runtime-api-address 127.0.0.1:\(ports[1]) --log-level info"
          + " $PYTHON -m awslambdaric app.handler; echo \"status=$?\"")
      try await tmux.wait(for: "to send a request", "LIVE")
      try await body(EmulatorSession(tmux: tmux, scratch: scratch, port: ports[0]))
    }
  }

  /// Lets the function go on that waits for this file.
  func allow(_ name: String) throws { try scratch.write([], to: name) }

  /// lanes itself, the shell that guards it, the emulator and the runtime.
  func processes() async throws -> [ProcessEntry] {
    try await eventually("lanes, the emulator and the runtime as processes") {
      let lanes = ProcessEntry.all().first { entry in
        entry.command.contains("127.0.0.1:\(port)") && entry.command.contains(" watch --record ")
      }
      let family = lanes?.family() ?? []
      return family.count >= 4 ? family : nil
    }
  }

  /// Waits until none of them runs any more, and nothing else of their groups either.
  func expectEnd(
    of processes: [ProcessEntry], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let groups = Set(processes.map(\.group))
    var left: [ProcessEntry] = []
    try await eventually(
      "no process to be left", found: { left.map(\.command).joined(separator: "\n") },
      sourceLocation: sourceLocation
    ) {
      left = ProcessEntry.all().filter { groups.contains($0.group) } + processes.filter(\.isRunning)
      return left.isEmpty ? true : nil
    }
  }
}
