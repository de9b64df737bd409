import Foundation
import LambdaLifecycle
import ScenarioFiles
import SwimlaneUI
import TestSupport
import Testing

@Suite("Every lesson runs to its end")
struct LessonTests {
  /// The screens of all steps are one file for each lesson and size.
  @Test("what the learner sees at each step", arguments: lessonNames, [(120, 40), (80, 24)])
  func screens(name: String, size: (columns: Int, rows: Int)) throws {
    var show = try LessonShow(lesson: name, columns: size.columns, rows: size.rows)
    var text = ""
    var steps = 0
    repeat {
      let frames = show.watch()
      // A wait is watched in one to two and a half seconds, whatever its length.
      #expect(frames <= 40, "step \(steps + 1) takes \(frames) frames")
      steps += 1
      let screen = show.screen()
      if let run = show.session.lesson {
        #expect(run.course == .holding)
        #expect(!run.isMissed, "what step \(steps) waits for does not happen")
        #expect(run.shown == steps - 1)
        expectWhole(run.step.text, on: screen, step: steps)
        expectUnitsBesideNumbers(screen, step: steps)
        // A fact from a source is stated, one that people have seen of Lambda is measured: no word stands for
        // both.
        #expect(!screen.contains("observed"), "step \(steps)")
        let thousands = screen.matches(of: /\b\d{4,}(\.\d+)? (ms|s|MB|GB-s|requests?)\b/).map { String($0.0) }
        // The line of a log is as AWS prints it.
        #expect(thousands.allSatisfy { $0 == "10000.00 ms" }, "step \(steps): \(thousands)")
      }
      text += "== step \(steps)\n\(screen)\n"
    } while show.goOn()
    #expect(steps == max(1, show.session.lesson?.lesson.steps.count ?? 1))
    try expectGolden("\(name)-\(size.columns)x\(size.rows)", text)
  }

  /// No word of a sentence is cut off.
  private func expectWhole(_ text: String, on screen: String, step: Int) {
    var rest = Substring(screen)
    for word in text.split(separator: " ") {
      guard let place = rest.indices.first(where: { rest[$0...].hasPrefix(word) }) else {
        Issue.record("step \(step): \"\(word)\" is not on the screen")
        return
      }
      rest = rest[place...].dropFirst(word.count)
    }
  }

  /// No line ends between a number and its unit.
  private func expectUnitsBesideNumbers(_ screen: String, step: Int) {
    let lines = screen.split(separator: "\n").map { $0.split(separator: " ") }
    for (line, next) in zip(lines, lines.dropFirst()) {
      let isCut =
        line.last?.last?.isNumber == true
        && ["ms", "s", "min", "h", "MB", "GB", "%", "GB-s", "×", "times", "cents"].contains(
          next.first?.prefix { $0.isLetter || "%-×".contains($0) })
      #expect(!isCut, "step \(step): \(line.last ?? "") | \(next.first ?? "")")
    }
  }

  @Test(
    "a step that speaks of the source shows it, also before there is an environment", arguments: lessonNames)
  func sourceInSight(name: String) throws {
    var show = try LessonShow(lesson: name, columns: 80, rows: 24)
    repeat {
      show.watch()
      let screen = show.screen()
      guard show.session.lesson?.step.view.part == .source else { continue }
      #expect(screen.contains("source of ") || screen.contains("\n code "))
    } while show.goOn()
  }

  @Test("the lanes of the environment that a sentence speaks of are open, the list scrolls for them")
  func lanesInSight() throws {
    var show = try LessonShow(lesson: "provisioned-concurrency", columns: 80, rows: 24)
    repeat { show.watch() } while show.session.lesson?.shown != 10 && show.goOn()
    let screen = show.screen()
    #expect(screen.contains("▾ env-6"))
    #expect(screen.contains("function init"))
  }

  @Test("on the smallest screen a question stands there with its choices")
  func smallestQuestion() throws {
    var show = try LessonShow(lesson: "before-init", columns: 40, rows: 10)
    let screen = show.screen()
    #expect(screen.contains(" 1 of 12 "))
    #expect(screen.contains("Which phase of large will be longer?"))
    for choice in ["1  create", "2  init", "3  invoke"] { #expect(screen.contains(choice)) }
  }

  @Test("with the presenter's key alone, without predictions and tasks", arguments: lessonNames)
  func presenter(name: String) throws {
    var show = try LessonShow(lesson: name)
    guard show.session.lesson != nil else { return }
    var steps = 1
    // Twice for each step: the second one jumps to the end of the wait.
    while show.session.goOn() {
      if show.session.lesson?.course == .running { _ = show.session.goOn() }
      _ = show.session.fold()
      steps += 1
      #expect(show.session.lesson?.isMissed == false, "step \(steps)")
    }
    #expect(steps == show.session.lesson?.lesson.steps.count)
  }

  @Test("the same moments, whether waited for or jumped to", arguments: lessonNames)
  func moments(name: String) throws {
    var watched = try LessonShow(lesson: name)
    var jumped = try LessonShow(lesson: name)
    while watched.goOn() {
      watched.watch()
      let goesOn = jumped.session.goOn()
      #expect(goesOn)
      if jumped.session.lesson?.course == .running { _ = jumped.session.goOn() }
      _ = jumped.session.fold()
      #expect(watched.session.newest == jumped.session.newest)
    }
  }

  @Test(
    "two functions that are compared: both sources whole at 80×24, at every step once both have an environment"
  )
  func sideBySide() throws {
    var show = try LessonShow(lesson: "outside-the-handler", columns: 80, rows: 24)
    while show.goOn() {
      show.watch()
      let screen = show.screen()
      for function in ["inside", "outside"] {
        #expect(screen.contains("▸ \(function)/env-"))
        #expect(screen.contains("source of \(function)"))
      }
      #expect(screen.components(separatedBy: "return order(db, api, event)").count == 3)
      #expect(screen.contains("memory of env-"))
    }
  }

  @Test("the pane of the source has room for all of it; the lanes give way")
  func sourcePane() throws {
    let file = try lessonFile("cold-start")
    var show = LessonShow(file, columns: 80, rows: 24)
    _ = show.goOn()
    show.watch()
    while show.viewer.pane != .source { show.press(.tab) }
    let screen = show.screen()
    for line in file.scenario.functions[0].source where !line.code.isEmpty {
      #expect(screen.contains(line.code))
    }
    #expect(screen.contains("▸ env-1"))
  }

  @Test("a sentence that has no room says that it goes on", arguments: lessonNames)
  func cut(name: String) throws {
    var show = try LessonShow(lesson: name, columns: 40, rows: 10)
    guard show.session.lesson != nil else { return }
    repeat {
      show.watch()
      let screen = show.screen()
      let last = show.session.lesson?.step.text.split(separator: " ").last.map(String.init) ?? ""
      #expect(screen.contains(last) || screen.contains("…"))
    } while show.goOn()
  }
}
