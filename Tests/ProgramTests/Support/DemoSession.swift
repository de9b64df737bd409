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
      try await tmux.type("$LANES demo \(options); echo \"status=$?\"")
      try await tmux.wait(for: landmark)
      return try await body(DemoSession(tmux: tmux))
    }
  }

  func press(_ keys: String..., times: Int = 1) async throws {
    for key in keys { try await tmux.send(key, times: times) }
  }

  /// Lets the simulation go on from one thing to the next until this is on the screen.
  ///
  /// A key without a meaning is answered with a message, and the next key takes it away: so each step is known to be
  /// done before the next, even if it changes nothing else.
  func step(until text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await step(until: text, sourceLocation: sourceLocation) { $0.contains(text) }
  }

  func step(
    until what: String, sourceLocation: SourceLocation = #_sourceLocation, _ isThere: (String) -> Bool
  ) async throws {
    let answer = "press ? for help"
    try await tmux.send("Z")
    try await tmux.wait(for: answer)
    for _ in 0..<200 {
      try await tmux.send(".")
      let screen = try await tmux.wait("a step", sourceLocation: sourceLocation) { !$0.contains(answer) }
      if isThere(screen) { return }
      try await tmux.send("Z")
      try await tmux.wait(for: answer, sourceLocation: sourceLocation)
    }
    Issue.record("200 steps did not lead to \(what):\n\(tmux.lastScreen)", sourceLocation: sourceLocation)
  }

  /// Quits; the shell must be as it was: what was typed, the status, and a new prompt below.
  func quit(sourceLocation: SourceLocation = #_sourceLocation) async throws {
    try await tmux.send("q")
    let screen = try await tmux.wait("a new prompt", sourceLocation: sourceLocation) { screen in
      screen.split(separator: "\n").suffix(2).map { $0.prefix(8) } == ["status=0", "shell>"]
    }
    #expect(screen.hasPrefix("shell> $LANES demo"), sourceLocation: sourceLocation)
  }
}

extension String {
  /// The screen says this of each of the first five environments.
  func showsFive(_ state: String) -> Bool { (1...5).allSatisfy { contains("env-\($0) \(state)") } }
}
