import Glibc
import SwimlaneUI
import Testing

@testable import CursesTerminal

extension CursesTests {
  /// Each runs in a process of its own, which dies with the screen open; a file stands in for the terminal.
  struct EndsBadly {
    private static func path() throws -> String {
      var template = Array("/tmp/lanes-trap-XXXXXX".utf8CString)
      let descriptor = mkstemp(&template)
      try #require(descriptor >= 0)
      close(descriptor)
      return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func openScreen(_ path: String) throws -> CursesTerminal {
      installTrapRestoration()
      var terminal = try CursesTerminal(TerminalOptions(), device: path, type: "xterm-256color")
      terminal.show(Frame(columns: 20, rows: 5))
      return terminal
    }

    private func isRestored(_ path: String) -> Bool {
      guard let file = fopen(path, "r") else { return false }
      defer {
        fclose(file)
        unlink(path)
      }
      var bytes = [UInt8](repeating: 0, count: 65536)
      let count = fread(&bytes, 1, bytes.count, file)
      // A file keeps its bytes where newer ones do not overwrite them; written text only grows here.
      let end = Array(bytes[..<count].suffix(96))
      return end.contains("\u{1B}[?25h\u{1B}[?1049l") && end.contains(MouseReports.off)
    }

    @Test func aTrapRestoresTheTerminal() async throws {
      let path = try Self.path()
      await #expect(processExitsWith: .failure) { [path = path as String] in
        let terminal = try Self.openScreen(path)
        precondition(terminal.size.columns < 0, "ends here")
      }
      #expect(isRestored(path))
    }

    @Test func aTrapKeepsItsSignal() async throws {
      let path = try Self.path()
      await #expect(processExitsWith: .signal(SIGABRT)) { [path = path as String] in
        let terminal = try Self.openScreen(path)
        if terminal.size.columns > 0 { abort() }
      }
      #expect(isRestored(path))
    }

    @Test func exitRestoresTheTerminal() async throws {
      let path = try Self.path()
      await #expect(processExitsWith: .exitCode(3)) { [path = path as String] in
        let terminal = try Self.openScreen(path)
        if terminal.size.columns > 0 { exit(3) }
      }
      #expect(isRestored(path))
    }
  }

  @Test func signalsAreReadLikeInput() async {
    await #expect(processExitsWith: .exitCode(0)) {
      let signals = try SignalDescriptor()
      guard signals.read().isEmpty else { exit(1) }
      // A test runs on a thread that blocks signals; the program's loop runs on one that does not.
      var none = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, nil)
      pthread_kill(pthread_self(), SIGWINCH)
      pthread_kill(pthread_self(), SIGTERM)
      waitForInput(signals.descriptor)
      exit(Set(signals.read()) == [SIGTERM, SIGWINCH] ? 0 : 2)
    }
  }
}
