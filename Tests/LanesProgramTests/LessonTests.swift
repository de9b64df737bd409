import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

/// Whole lessons, as a learner and a presenter go through them. Their time is given.
@Suite struct LessonTests {
  @Test(arguments: [(120, 40), (80, 24)])
  func coldStartByALearner(columns: Int, rows: Int) throws {
    let size = "\(columns)x\(rows)"
    let show = try ProgramShow(demo: "cold-start", seed: nil, columns: columns, rows: rows)
    let lesson = LessonShow(show, steps: 14)
    lesson.wait(forStep: 1)
    show.expect("to send the first request")
    try show.expectScreen("lesson-\(size)-start")
    lesson.press("i", toStep: 2, "env-1 ○ creating")
    lesson.press(.pageDown, toStep: 3)
    lesson.press(.pageDown, toStep: 4)
    lesson.press("n", toStep: 5, "How often will it run for two requests?")
    try show.expectScreen("lesson-\(size)-question")
    show.expect("twice")
    show.press("3")
    show.expect("the choices are 1 to 2")
    show.press("1")
    show.expectNo("twice")
    lesson.press(" ", toStep: 6)

    // Back, and on again: nothing is run twice.
    lesson.press(.pageUp, toStep: 5)
    lesson.press(.pageDown, toStep: 6)
    lesson.press(.pageDown, toStep: 7, "1,310 ms")
    lesson.press(.pageDown, toStep: 8, "env-1 ❄ frozen")
    try show.expectScreen("lesson-\(size)-frozen")

    // Off the path, and back to it: the events there are void.
    show.press("b")
    show.expect("You play freely.", "env-2")
    lesson.press("n", toStep: 8)
    show.expectNo("env-2")

    lesson.press("i", toStep: 9, "You said once: right.")
    lesson.press(.pageDown, toStep: 10)
    lesson.press("t", toStep: 11, "env-1 ▚ shutting down")
    lesson.press(.pageDown, toStep: 12, "env-1 ∅ gone")
    show.press("2")
    show.expectNo(" 1  cold")
    lesson.press("i", toStep: 13, "You said warm; it is cold.")
    lesson.press(.pageDown, toStep: 14, "To take home:")
    show.expect("The end of this lesson.")
    try show.expectScreen("lesson-\(size)-end")
    show.press(" ")
    show.expect("Lesson 2 of 13", "What belongs outside the handler")
    try show.quit()
  }

  /// A presenter's remote has two keys.
  @Test func failuresByAPresenter() throws {
    let show = try ProgramShow(demo: "failures", seed: nil)
    let lesson = LessonShow(show, steps: 14)
    lesson.wait(forStep: 1)
    lesson.jump(.pageDown, toStep: 2, "What is the environment then?")
    lesson.jump(.pageDown, toStep: 3, "What is the environment then? Answer: warm.")
    // A step that waits for nothing is there at once.
    lesson.press(.pageDown, toStep: 4)
    lesson.jump(.pageDown, toStep: 5, "env-1 ● invoking")
    lesson.jump("n", toStep: 6)
    lesson.jump("n", toStep: 7)
    lesson.jump(.pageDown, toStep: 8, "What will the next request meet? Answer: a second init.")
    show.expect("suppressed init")
    try show.expectScreen("lesson-120x40-suppressed-init")
    lesson.jump(.pageDown, toStep: 9, "The caller waited 630 ms")
    lesson.press(.pageDown, toStep: 10)
    lesson.jump(.pageDown, toStep: 11, "Runtime.ExitError")
    lesson.jump(.pageDown, toStep: 12)
    lesson.jump(.pageDown, toStep: 13, "a third connection")
    show.expect("connection #3")
    try show.expectScreen("lesson-120x40-failures")
    lesson.press(.pageDown, toStep: 14, "To take home:")
    show.press(.pageDown)
    show.expect("Lesson 9 of 13", "Throttling")
    try show.quit()
  }

  @Test func oneRequestAtATimeByMouse() throws {
    let show = try ProgramShow(demo: "one-at-a-time", seed: nil)
    let lesson = LessonShow(show, steps: 14)
    lesson.wait(forStep: 1)
    try show.click(on: "3  five")
    show.expect("Your prediction: five.")
    try lesson.click(on: "b  to send five", toStep: 2, "You said five: right.")
    try lesson.click(on: "PgDn space", toStep: 3)
    try lesson.click(on: "PgUp back", toStep: 2)
    try lesson.click(on: "PgDn space", toStep: 3)
    try lesson.click(on: "PgDn space", toStep: 4, "env-5 ❄ frozen")
    try lesson.click(on: "PgDn space", toStep: 5)
    try lesson.click(on: "space  or", toStep: 6)
    try lesson.click(on: "X  to shut", toStep: 7, "env-5 ∅ gone")
    try show.click(on: "2  two")
    show.expect("Your prediction: two.")
    try lesson.click(on: "i request", toStep: 8, "You said two; it is one.")
    try lesson.click(on: "PgDn space", toStep: 9)
    try lesson.click(on: "PgDn space", toStep: 10, "Will the later one be cold or warm? Answer: cold.")
    try lesson.click(on: "PgDn space", toStep: 11)
    try lesson.click(on: "R  to start", toStep: 12)
    try lesson.click(on: "PgDn space", toStep: 13)
    try lesson.click(on: "PgDn space", toStep: 14, "The end of this lesson.")
    try show.expectScreen("lesson-120x40-by-mouse")
    try show.click(on: "PgDn space")
    show.expect("Lesson 5 of 13", "Freeze and thaw")
    try show.click(on: "m lessons")
    try show.click(on: "Extensions  ")
    show.expect("Lesson 6 of 13", "Two extensions work beside this function; ten may.")
    try show.quit()
  }

  @Test func aLessonOfOnesOwn() throws {
    let scratch = try Scratch()
    let yaml = """
      title: My own
      functions:
        mine: {create: 100 ms, runtimeInit: 100 ms, functionInit: 300 ms, handler: 50 ms}
      steps:
        - {text: Nothing is here., do: request}
        - {when: frozen begins, text: It is frozen.}
      """
    let show = try ProgramShow(demo: scratch.write(yaml.utf8, to: "mine.yaml"), seed: nil)
    let lesson = LessonShow(show, steps: 2)
    lesson.wait(forStep: 1)
    show.expect("Nothing is here.")
    lesson.press("i", toStep: 2, "It is frozen.")
    show.expect("env-1 ❄ frozen")
    // No lesson comes after it: the menu does.
    show.press("n")
    show.expect("↑ ↓ choose", "Cold start and reuse", "Playground")
    // To quit, the menu is closed first.
    show.press(.escape)
    show.expectNo("Cold start and reuse")
    try show.quit()
  }
}
