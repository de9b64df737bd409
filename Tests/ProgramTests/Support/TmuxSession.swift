import Foundation
import TestSupport
import Testing

/// A terminal with a shell in it, to type into and to read. Every session has a tmux server of its own.
final class TmuxSession {
  private let tmux: String
  private let scratch: Scratch
  private(set) var lastScreen = ""

  /// - Parameters:
  ///   - environment: beside a UTF-8 locale and TERM, for the shell and the commands typed into it.
  ///   - directory: where the shell is.
  static func with<Result>(
    columns: Int, rows: Int, environment: [String: String] = [:], directory: String = "/",
    _ body: (TmuxSession) async throws -> Result
  ) async throws -> Result {
    let session = try await TmuxSession(columns, rows, environment, directory)
    do {
      let result = try await body(session)
      try await session.end()
      return result
    } catch {
      try await session.end()
      throw error
    }
  }

  private init(
    _ columns: Int, _ rows: Int, _ environment: [String: String], _ directory: String
  ) async throws {
    tmux = try Peer.tmux.required()
    scratch = try Scratch()
    var variables = ["LANG": "C.UTF-8", "TERM": "tmux-256color", "PS1": "shell> ", "HOME": scratch.path]
    variables["LANES"] = try Peer.lanes.required()
    variables["PATH"] = ProcessInfo.processInfo.environment["PATH"]
    variables.merge(environment) { $1 }
    // Should nobody be left to end the server, the shell's end does.
    let limited = ["timeout", "--foreground", "300", "sh"]
    let shell = ["env", "-i"] + variables.map { "\($0.key)=\($0.value)" } + limited
    try await command(
      ["new-session", "-d", "-s", "s", "-x", "\(columns)", "-y", "\(rows)", "-c", directory, "--"] + shell)
    // The status line would take a row of the window.
    try await command(["set-option", "-g", "status", "off"])
    try await command(["resize-window", "-t", "s", "-x", "\(columns)", "-y", "\(rows)"])
    try await wait(for: "shell>")
  }

  private func end() async throws { try await command(["kill-server"]) }

  /// Types a line into the shell.
  func type(_ line: String) async throws {
    try await command(["send-keys", "-t", "s", "-l", "--", line])
    try await command(["send-keys", "-t", "s", "Enter"])
  }

  /// Presses keys, by tmux's names: `i`, `Enter`, `Left`, `C-c`.
  func send(_ keys: String..., times: Int = 1) async throws {
    try await command(["send-keys", "-t", "s", "--"] + Array(repeating: keys, count: times).flatMap { $0 })
  }

  /// Writes bytes to the program, each as two hexadecimal digits.
  func send(hex bytes: [String]) async throws {
    try await command(["send-keys", "-t", "s", "-H", "--"] + bytes)
  }

  func resize(columns: Int, rows: Int) async throws {
    try await command(["resize-window", "-t", "s", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// The text on the screen now, without spaces at the ends of lines.
  @discardableResult
  func screen() async throws -> String {
    lastScreen = try await command(["capture-pane", "-p", "-t", "s"])
    return lastScreen
  }

  /// A value that tmux knows, such as `#{pane_title}`.
  func value(_ format: String) async throws -> String {
    try await command(["display-message", "-p", "-t", "s", format]).trimmingCharacters(in: .newlines)
  }

  /// Waits until all of these texts are on the screen.
  @discardableResult
  func wait(for texts: String..., sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
    try await wait(texts.joined(separator: " and "), sourceLocation: sourceLocation) { screen in
      texts.allSatisfy(screen.contains)
    }
  }

  /// Waits until the screen is as it should be.
  @discardableResult
  func wait(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ isThere: (String) -> Bool
  ) async throws -> String {
    try await eventually(what, found: { lastScreen }, sourceLocation: sourceLocation) {
      let screen = try await screen()
      return isThere(screen) ? screen : nil
    }
  }

  @discardableResult
  private func command(_ arguments: [String]) async throws -> String {
    let ending = try await run(
      tmux, ["-u", "-L", "lanes", "-f", "/dev/null"] + arguments,
      environment: ["TMUX_TMPDIR": scratch.path, "TMUX": "", "LC_ALL": "C.UTF-8"])
    let isGone = arguments == ["kill-server"] && ending.errors.contains("no server")
    try #require(ending.status == 0 || isGone, "tmux \(arguments): \(ending.errors)")
    return ending.text
  }
}

/// Everything that has a terminal or the emulator runs one after another: two cores are few, and ports are shared.
@Suite(.serialized, .needs(.lanes, .tmux)) enum TerminalTests {}
