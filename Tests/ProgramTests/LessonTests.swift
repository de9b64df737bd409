import Testing

extension TerminalTests {
  /// Whole lessons, as a learner and a presenter go through them.
  @Suite struct Lessons {
    @Test(arguments: [(120, 40), (80, 24)])
    func coldStartByALearner(columns: Int, rows: Int) async throws {
      let size = "\(columns)x\(rows)"
      try await LessonSession.with("", steps: 13, columns: columns, rows: rows) { lesson in
        let tmux = lesson.tmux
        try await tmux.expectScreen("lesson-\(size)-start", landmark: "to send the first request")
        try await lesson.press("i", toStep: 2, "env-1 ○ creating")
        try await lesson.press("PageDown", toStep: 3)
        try await lesson.press("PageDown", toStep: 4)
        try await lesson.press("n", toStep: 5, "How often will it run for two requests?")
        try await tmux.expectScreen("lesson-\(size)-question", landmark: "twice")
        try await tmux.send("1")
        try await tmux.wait("the question answered") { !$0.contains("twice") }
        try await lesson.press("n", toStep: 6)

        // Back, and on again: nothing is run twice.
        try await lesson.press("PageUp", toStep: 5)
        try await lesson.press("PageDown", toStep: 6)
        try await lesson.press("PageDown", toStep: 7, "1,310 ms")
        try await lesson.press("PageDown", toStep: 8, "env-1 ❄ frozen")
        try await tmux.expectScreen("lesson-\(size)-frozen", landmark: "env-1 ❄ frozen")

        // Off the path, and back to it: what happened there is void.
        try await tmux.send("b")
        try await tmux.wait(for: "You play freely.", "env-2")
        try await lesson.press("n", toStep: 8)
        try await tmux.wait("one environment alone") { !$0.contains("env-2") }

        try await lesson.press("i", toStep: 9, "You said once: right.")
        try await lesson.press("PageDown", toStep: 10)
        try await lesson.press("t", toStep: 11, "env-1 ▚ shutting down")
        try await lesson.press("PageDown", toStep: 12, "env-1 ∅ gone")
        try await tmux.send("2")
        try await tmux.wait("the question answered") { !$0.contains(" 1  cold") }
        try await lesson.press("i", toStep: 13, "You said warm; it is cold.")
        try await tmux.expectScreen("lesson-\(size)-end", landmark: "The end of this lesson.")
        try await tmux.send("PageDown")
        try await tmux.wait(for: "Lesson 2 of 13", "What belongs outside the handler")
      }
    }

    /// A presenter's remote has two keys.
    @Test func failuresByAPresenter() async throws {
      try await LessonSession.with("demo failures", steps: 13) { lesson in
        try await lesson.jump("PageDown", toStep: 2, "What is the environment then?")
        try await lesson.jump("PageDown", toStep: 3, "What is the environment then? Warm.")
        // A step that waits for nothing is there at once.
        try await lesson.press("PageDown", toStep: 4)
        try await lesson.jump("PageDown", toStep: 5, "env-1 ● invoking")
        try await lesson.jump("n", toStep: 6)
        try await lesson.jump("n", toStep: 7)
        try await lesson.jump("PageDown", toStep: 8, "What will the next one meet? Init again.")
        try await lesson.tmux.expectScreen("lesson-120x40-suppressed-init", landmark: "suppressed init")
        try await lesson.jump("PageDown", toStep: 9, "The caller waited 630 ms")
        try await lesson.press("PageDown", toStep: 10)
        try await lesson.jump("PageDown", toStep: 11, "Runtime.ExitError")
        try await lesson.jump("PageDown", toStep: 12)
        try await lesson.jump("PageDown", toStep: 13, "a third connection")
        try await lesson.tmux.expectScreen("lesson-120x40-failures", landmark: "connection #3")
        try await lesson.tmux.send("PageDown")
        try await lesson.tmux.wait(for: "Lesson 9 of 13", "Throttling")
      }
    }

    @Test func oneRequestAtATimeByMouse() async throws {
      try await LessonSession.with("demo one-at-a-time", steps: 13) { lesson in
        try await lesson.tmux.click(on: "3  five")
        try await lesson.tmux.wait(for: "Your prediction: five.")
        try await lesson.click(on: "b  to send five", toStep: 2, "You said five: right.")
        try await lesson.click(on: "PgDn go on", toStep: 3)
        try await lesson.click(on: "PgUp back", toStep: 2)
        try await lesson.click(on: "PgDn go on", toStep: 3)
        try await lesson.click(on: "PgDn go on", toStep: 4, "env-5 ❄ frozen")
        try await lesson.click(on: "PgDn go on", toStep: 5)
        try await lesson.click(on: "n  goes on", toStep: 6)
        try await lesson.click(on: "X  to shut", toStep: 7, "env-5 ∅ gone")
        try await lesson.tmux.click(on: "2  two")
        try await lesson.tmux.wait(for: "Your prediction: two.")
        try await lesson.click(on: "i request", toStep: 8, "You said two; it is one.")
        try await lesson.click(on: "PgDn go on", toStep: 9)
        try await lesson.click(on: "PgDn go on", toStep: 10, "Is the later one cold? Yes.")
        try await lesson.click(on: "PgDn go on", toStep: 11)
        try await lesson.click(on: "R  to start", toStep: 12)
        try await lesson.click(on: "PgDn go on", toStep: 13, "The end of this lesson.")
        try await lesson.tmux.expectScreen("lesson-120x40-by-mouse", landmark: "The end of this lesson.")
        try await lesson.tmux.click(on: "PgDn go on")
        try await lesson.tmux.wait(for: "Lesson 5 of 13", "Freeze and thaw")
        try await lesson.tmux.click(on: "m lessons")
        try await lesson.tmux.click(on: "Extensions  ")
        try await lesson.tmux.wait(for: "Lesson 6 of 13", "Two extensions work beside this function.")
      }
    }

    @Test(arguments: [(120, 40), (80, 24)])
    func theMenu(columns: Int, rows: Int) async throws {
      try await LessonSession.with("", steps: 13, columns: columns, rows: rows) { lesson in
        let tmux = lesson.tmux
        let first = tmux.lastScreen
        try await tmux.send("m")
        try await tmux.expectScreen("lessons-\(columns)x\(rows)", landmark: "Memory, CPU and cost")
        try await tmux.send("Escape")
        try await tmux.wait("the lesson again") { $0 == first }
        try await tmux.send("m", "Down", "Down", "Up", "Down", "Enter")
        try await tmux.wait(for: "Lesson 3 of 13 · Before init")
      }
    }

    /// The menu covers the lanes: the clock holds, q closes it, and what is not saved is asked for.
    @Test func whatTheMenuCoversIsNotLost() async throws {
      try await DemoSession.with(columns: 120, rows: 40) { demo in
        try await demo.press("i")
        // Drawing follows the request, and the frame after that its function.
        var last = ""
        let before = try await demo.tmux.wait("a screen that stays") { screen in
          defer { last = screen }
          return screen == last && screen.contains("env-1 ○ creating")
        }
        try await demo.press("m")
        try await demo.tmux.wait(for: "Memory, CPU and cost")
        try await demo.press("q")
        try await demo.tmux.wait("the session again") { $0 == before }
        try await demo.press("m", "Enter")
        try await demo.tmux.wait(for: "This session is not saved:")
        try await demo.press("Escape")
        try await demo.tmux.wait("the session again") { $0 == before }
        try await demo.press("m", "Enter", "Enter")
        try await demo.tmux.wait(for: "Lesson 1 of 13")
      }
    }

    /// Without a name the menu comes first, and what is chosen there begins paused.
    @Test func theMenuOfAPausedDemo() async throws {
      try await TmuxSession.with(columns: 120, rows: 40) { tmux in
        try await tmux.type("$LANES demo --paused; echo \"status=$?\"")
        try await tmux.wait(for: "Memory, CPU and cost")
        try await tmux.send("G", "Enter")
        try await tmux.wait(for: "No environment exists.", "PAUSED")
        try await tmux.send("m", "Enter")
        try await tmux.wait(for: "Lesson 1 of 13", "HOLD")
        try await tmux.send("m")
        try await tmux.wait(for: "Memory, CPU and cost")
        try await tmux.send("q", "q")
        try await tmux.wait(for: "status=0")
      }
      try await TmuxSession.with(columns: 120, rows: 40) { tmux in
        try await tmux.type("$LANES demo; echo \"status=$?\"")
        try await tmux.wait(for: "Memory, CPU and cost")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }

    @Test func aLessonOfOnesOwn() async throws {
      let scratch = try Scratch()
      let yaml = """
        title: My own
        functions:
          mine: {create: 100 ms, runtimeInit: 100 ms, functionInit: 300 ms, handler: 50 ms}
        steps:
          - {text: Nothing is here., do: request}
          - {when: frozen begins, text: It is frozen.}
        """
      try scratch.write(yaml.utf8, to: "mine.yaml")
      try await LessonSession.with("demo mine.yaml", steps: 2, directory: scratch.path) { lesson in
        #expect(lesson.tmux.lastScreen.contains("Nothing is here."))
        try await lesson.press("i", toStep: 2, "It is frozen.")
        #expect(lesson.tmux.lastScreen.contains("env-1 ❄ frozen"))
        // No lesson comes after it: the menu does.
        try await lesson.tmux.send("n")
        try await lesson.tmux.wait(for: "↑ ↓ choose", "Cold start and reuse", "Playground")
        // To quit, the menu is closed first.
        try await lesson.tmux.send("Escape")
        try await lesson.tmux.wait("no menu") { !$0.contains("Cold start and reuse") }
      }
    }
  }
}
