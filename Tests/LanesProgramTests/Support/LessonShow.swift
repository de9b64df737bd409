import LambdaLifecycle
import SwimlaneUI
import Testing

/// A lesson whose steps are known by their numbers.
struct LessonShow {
  private let show: ProgramShow
  private let count: Int

  init(_ show: ProgramShow, steps count: Int) {
    self.show = show
    self.count = count
  }

  /// Lets the clock run until it holds at a step: its sentence is there, and no clock is said to run.
  func wait(forStep number: Int, _ text: String = "", sourceLocation: SourceLocation = #_sourceLocation) {
    let place = " \(number) of \(count)  "
    show.wait(until: "step \(number), \(text)", sourceLocation: sourceLocation) { screen in
      screen.split(separator: "\n").contains { $0.hasPrefix(place) } && screen.contains("▮ PAUSED")
        && !screen.contains("The clock runs to the next step.") && screen.contains(text)
    }
  }

  /// Presses a key, and lets the clock run to the step.
  func press(
    _ key: Key, toStep number: Int, _ text: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) {
    show.press(key)
    wait(forStep: number, text, sourceLocation: sourceLocation)
  }

  /// Presses a key twice: once for the clock to run, once to jump to where it runs to, for which no time passes.
  func jump(
    _ key: Key, toStep number: Int, _ text: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) {
    show.press(key, key)
    #expect(!show.screen.contains("The clock runs to the next step."), sourceLocation: sourceLocation)
    wait(forStep: number, text, sourceLocation: sourceLocation)
  }

  /// Clicks on a text, and lets the clock run to the step.
  func click(
    on text: String, toStep number: Int, _ expected: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try show.click(on: text, sourceLocation: sourceLocation)
    wait(forStep: number, expected, sourceLocation: sourceLocation)
  }
}
