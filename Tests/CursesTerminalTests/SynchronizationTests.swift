import Foundation
import SwimlaneUI
import Testing

@testable import CursesTerminal

extension CursesTests {
  struct OfSynchronization {
    private static let begin = "\u{1B}[?2026h"
    private static let end = "\u{1B}[?2026l"

    /// Does something with a description of a terminal that can hold back a frame.
    private func withDescription(_ body: (String) throws -> Void) throws {
      let folder = FileManager.default.temporaryDirectory.appending(path: "lanes-terminfo-\(UUID())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let source = folder.appending(path: "source")
      let text = #"""
        lanes-sync|xterm that synchronizes,
        	Sync=\E[?2026%?%p1%{1}%-%tl%eh%;, use=xterm-256color,
        """#
      try Data((text + "\n").utf8).write(to: source)
      let compiler = Process()
      compiler.executableURL = URL(filePath: "/usr/bin/env")
      compiler.arguments = ["tic", "-x", "-o", folder.path, source.path]
      try compiler.run()
      compiler.waitUntilExit()
      try #require(compiler.terminationStatus == 0)
      setenv("TERMINFO", folder.path, 1)
      defer { unsetenv("TERMINFO") }
      try body("lanes-sync")
    }

    @Test func aFrameStandsBetweenBeginAndEnd() throws {
      try withDescription { type in
        let pty = try Pty(columns: 40, rows: 10)
        var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: type)
        var frame = Frame(columns: 40, rows: 10)
        terminal.show(frame)
        _ = pty.output()
        frame.write("order", column: 3, row: 3)
        terminal.show(frame)
        let text = String(decoding: pty.output(), as: UTF8.self)
        #expect(text.hasPrefix(Self.begin) && text.hasSuffix(Self.end) && text.contains("order"))
        #expect(text.components(separatedBy: "2026").count == 3)
        terminal.show(frame)
        #expect(pty.output().isEmpty)
      }
    }

    @Test func aTrapInAFrameEndsIt() throws {
      try withDescription { type in
        let terminal = try CursesTerminal(TerminalOptions(), device: "/dev/null", type: type)
        #expect(terminal.restoration.pointee.bytes.starts(with: Array(Self.end.utf8)))
      }
    }

    @Test func nothingIsWrittenWhereTheTerminalCannot() throws {
      let pty = try Pty(columns: 40, rows: 10)
      do {
        var terminal = try CursesTerminal(TerminalOptions(), device: pty.device, type: "xterm-256color")
        terminal.show(Frame(columns: 40, rows: 10))
      }
      #expect(!pty.output().contains("2026"))
    }
  }
}
