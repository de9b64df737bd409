import Foundation
import TestSupport
import Testing

extension TerminalTests {
  /// `config.yaml` in the place that the XDG Base Directory Specification names.
  @Suite struct Preferences {
    private func session(
      _ yaml: String?, options: String = "", landmark: String = "q quit",
      _ body: (TmuxSession) async throws -> Void
    ) async throws {
      let scratch = try Scratch()
      if let yaml {
        try FileManager.default.createDirectory(
          atPath: scratch.file("lanes"), withIntermediateDirectories: true)
        try scratch.write(yaml.utf8, to: "lanes/config.yaml")
      }
      try await DemoSession.with(
        columns: 120, rows: 40, environment: ["XDG_CONFIG_HOME": scratch.path],
        options: "--seed 1 --paused \(options)", landmark: landmark
      ) { demo in
        try await body(demo.tmux)
      }
    }

    @Test func theyAreObeyed() async throws {
      try await session("ascii: true\nmouse: false\nbig: true\n") { tmux in
        try await tmux.wait("few keys, in ASCII") {
          $0.contains("idle timeout") && !$0.contains("x shut down")
        }
        #expect(tmux.lastScreen.unicodeScalars.allSatisfy { $0.isASCII })
        #expect(try await tmux.value("#{mouse_any_flag}") == "0")
      }
    }

    @Test func optionsWin() async throws {
      try await session("ascii: true\nmouse: false\nbig: true\n", options: "--no-ascii --mouse --no-big") {
        tmux in
        try await tmux.wait(for: "x shut down", "·")
        #expect(try await tmux.value("#{mouse_button_flag}") == "1")
      }
    }

    @Test func aWrongFileIsToldOfAndLeftAlone() async throws {
      try await session("theme: drk\n", landmark: "Preferences left alone") { tmux in
        // The screen says so at the start, until a key is pressed.
        try await tmux.wait(for: "No environment exists.", "Preferences left alone: config.yaml:1", "drk")
        try await tmux.send("j")
        try await tmux.wait(for: "x shut down")
        try await tmux.send("q")
        let screen = try await tmux.wait(for: "status=0")
        #expect(screen.contains("lanes goes on without your preferences:"))
        #expect(screen.contains("did you mean dark?"))
      }
    }
  }
}
