import Testing

/// The demo in a terminal, driven by keys. Paused, with a seed, so that every screen is the same every time.
struct DemoSession {
  var tmux: TmuxSession

  /// Starts the demo from the shell and waits for its first screen.
  static func with<Result>(
    columns: Int, rows: Int, environment: [String: String] = [:], options: String = "--seed 1 --paused",
    landmark: String = "No environment exists.", _ body: (DemoSession) async throws -> Result
  ) async throws -> Result {
    try await TmuxSession.with(columns: columns, rows: rows, environment: environment) { tmux in
      try await tmux.type("$LANES demo playground \(options); echo \"status=$?\"")
      try await tmux.wait(for: landmark)
      return try await body(DemoSession(tmux: tmux))
    }
  }

  func press(_ keys: String..., times: Int = 1) async throws {
    for key in keys { try await tmux.send(key, times: times) }
  }

  /// Lets the simulation go on from one thing to the next until this is on the screen.
  ///
  /// After each step a filter is begun, which shows in the footer: so the step is known to be done, even if it changes
  /// nothing.
  func step(until text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await step(until: text, sourceLocation: sourceLocation) { $0.contains(text) }
  }

  func step(
    until what: String, sourceLocation: SourceLocation = #_sourceLocation, _ isThere: (String) -> Bool
  ) async throws {
    for _ in 0..<200 {
      try await tmux.send(".", "/")
      let isThere = isThere(try await tmux.wait(for: "filter: _", sourceLocation: sourceLocation))
      try await tmux.send("Escape")
      try await tmux.wait("no filter", sourceLocation: sourceLocation) { !$0.contains("filter: _") }
      if isThere { return }
    }
    Issue.record("200 steps did not lead to \(what):\n\(tmux.lastScreen)", sourceLocation: sourceLocation)
  }

  /// Quits; the shell must be as it was: the command typed, the status, and a new prompt below.
  func quit(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await tmux.send("q")
    let screen = try await tmux.wait("a new prompt", sourceLocation: sourceLocation) { screen in
      screen.split(separator: "\n").suffix(2).map { $0.prefix(8) } == ["status=0", "shell>"]
    }
    #expect(screen.hasPrefix("shell> $LANES demo"), sourceLocation: sourceLocation)
  }
}
