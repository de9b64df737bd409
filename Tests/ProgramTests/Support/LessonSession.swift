import Testing

/// A lesson in a terminal, its steps told by their numbers.
struct LessonSession {
  var tmux: TmuxSession
  var count: Int

  /// - Parameters:
  ///   - command: what follows `lanes` in the shell.
  ///   - count: steps of the lesson.
  static func with(
    _ command: String, steps count: Int, columns: Int = 120, rows: Int = 40, directory: String = "/",
    _ body: (LessonSession) async throws -> Void
  ) async throws {
    try await TmuxSession.with(columns: columns, rows: rows, directory: directory) { tmux in
      try await tmux.type("$LANES \(command); echo \"status=$?\"")
      let session = LessonSession(tmux: tmux, count: count)
      try await session.wait(forStep: 1)
      try await body(session)
      try await tmux.send("q")
      try await tmux.wait(for: "status=0")
    }
  }

  /// Waits until the clock holds at a step: its sentence is there, and no clock is said to run.
  @discardableResult
  func wait(
    forStep number: Int, _ text: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> String {
    let place = " \(number) of \(count)  "
    return try await tmux.wait("step \(number), \(text)", sourceLocation: sourceLocation) { screen in
      screen.split(separator: "\n").contains { $0.hasPrefix(place) } && screen.contains("▮ HOLD")
        && !screen.contains("The clock runs to the next step.") && screen.contains(text)
    }
  }

  /// Presses a key, and lets the clock run to the step.
  func press(
    _ key: String, toStep number: Int, _ text: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await tmux.send(key)
    try await wait(forStep: number, text, sourceLocation: sourceLocation)
  }

  /// Presses a key twice: once for the clock to run, once to jump to where it runs to. Both are written at once: the
  /// clock would not wait for a second one.
  func jump(
    _ key: String, toStep number: Int, _ text: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await tmux.send(key, key)
    try await wait(forStep: number, text, sourceLocation: sourceLocation)
  }

  /// Clicks on a text, and lets the clock run to the step.
  func click(
    on text: String, toStep number: Int, _ expected: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await tmux.click(on: text, sourceLocation: sourceLocation)
    try await wait(forStep: number, expected, sourceLocation: sourceLocation)
  }
}
