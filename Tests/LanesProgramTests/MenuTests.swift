import LambdaLifecycle
import LanesProgram
import SwimlaneUI
import TestSupport
import Testing

/// The menu of lessons.
@Suite struct MenuTests {
  @Test(arguments: [(120, 40), (80, 24)])
  func aLessonIsChosen(columns: Int, rows: Int) throws {
    let show = try ProgramShow(demo: "cold-start", seed: nil, columns: columns, rows: rows)
    let first = show.screen
    show.press("m")
    show.expect("Memory, CPU and cost")
    try show.expectScreen("lessons-\(columns)x\(rows)")
    #expect(show.press(.escape) == first)
    show.press("m", .down, .down, .up, .down, .enter)
    show.expect("Lesson 3 of 13 · Before init")
    try show.quit()
  }

  /// The menu covers the lanes: the clock holds, q closes it, and an unsaved session is asked about.
  @Test func whatItCoversIsNotLost() throws {
    let show = try ProgramShow(demo: "playground", isPaused: true)
    let before = show.press("i")
    show.expect("env-1 ○ creating")
    show.press("m")
    show.expect("Memory, CPU and cost")
    #expect(show.press("q") == before)
    show.press("m", "g", .enter)
    show.expect("This session is not saved:")
    show.press(.escape)
    #expect(show.screen == before)
    show.press("m", "g", .enter, .enter)
    show.expect("Lesson 1 of 13")
    try show.quit()
  }

  /// Nothing happens unseen.
  @Test func theClockHoldsUnderIt() throws {
    let show = try ProgramShow(demo: "playground")
    show.press("i")
    show.wait(.milliseconds(500))
    show.press("m")
    let frames = show.program.terminal.count
    show.wait(.seconds(60))
    #expect(show.program.terminal.count == frames)
    show.press(.escape)
    show.expect("env-1 ◔ initializing", "LIVE")
    try show.quit()
  }

  /// Without a name the menu comes first, and the demo chosen there begins paused.
  @Test func ofAPausedDemo() throws {
    let show = try ProgramShow(demo: "playground", seed: nil, isPaused: true, opensMenu: true)
    show.expect("Memory, CPU and cost")
    show.press("G", .enter)
    show.expect("No environment exists.", "▮ PAUSED · i sends a request")
    show.press("m", "g", .enter)
    show.expect("Lesson 1 of 13", "▮ PAUSED · space goes on")
    show.press("m")
    show.expect("Memory, CPU and cost")
    show.press("q")
    try show.quit()
  }
}
