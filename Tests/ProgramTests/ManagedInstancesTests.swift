import Foundation
import TestSupport
import Testing

extension TerminalTests {
  /// The extension of demos/, inside the real emulator's Managed Instances mode, which has a real Telemetry API.
  @Suite(.needs(.emulator, .python), .enabled("mount namespaces need root") { geteuid() == 0 })
  struct ManagedInstances {
    private static let app = """
      def handler(event, context):
          print("question", event["question"], flush=True)
          return {"answer": event["question"]}
      """

    @Test func theExtensionSendsItsTelemetryHere() async throws {
      let scratch = try Scratch()
      try scratch.write(Self.app.utf8, to: "app.py")
      let ports = try Loopback.freePorts(4)
      let script = Repository.path("Tests/ProgramTests/Fixtures/managed-instances.sh")
      let emulator = [
        "unshare --mount sh \(script) \(scratch.path) \(try Peer.emulator.required())",
        "\(try Peer.python.required()) \(Repository.path("demos/extension/lanes-extension"))",
        "http://127.0.0.1:\(ports[0])/hello \(ports[1]) \(ports[2]) \(ports[3])",
      ].joined(separator: " ")
      try scratch.write("exec \(emulator) > emulator.log 2>&1\n".utf8, to: "start.sh")
      try await TmuxSession.with(columns: 120, rows: 40, directory: scratch.path) { tmux in
        try await tmux.type("$LANES watch --listen \(ports[0]) --also 'sh start.sh'; echo \"status=$?\"")
        try await tmux.wait(for: "hello-1 ◇ idle")
        for question in ["first", "second"] {
          let answer = try await Loopback.invoke(port: ports[1], #"{"question": "\#(question)"}"#)
          #expect(answer.hasSuffix(#"{"answer": "\#(question)"}"#))
        }
        try await tmux.wait(for: "requests 2")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }
  }
}
