import Foundation
import LambdaLifecycle
import ScenarioFiles
import SwimlaneUI
import Testing

/// The answers and comparisons on a lesson's screen.
@Suite("A lesson on the screen")
struct LessonScreenTests {
  /// The place of a text on the screen.
  private func place(of text: String, on screen: String) -> (column: Int, row: Int)? {
    let lines = screen.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().lazy.compactMap { row, line in
      line.firstRange(of: text).map { (line.distance(from: line.startIndex, to: $0.lowerBound), row) }
    }.first
  }

  @Test(
    "every choice of every question can be clicked, its word too", arguments: lessonNames,
    [(120, 40), (80, 24), (40, 10)])
  func choices(name: String, size: (columns: Int, rows: Int)) throws {
    var show = try LessonShow(lesson: name, columns: size.columns, rows: size.rows)
    repeat {
      show.watch()
      guard let question = show.session.lesson?.step.question else { continue }
      let screen = show.screen()
      for (choice, words) in question.choices.enumerated() {
        // On the narrowest screen only the beginning of long words has room.
        let label = " \(choice + 1)  \(size.columns < 80 ? String(words.prefix(3)) : words)"
        let (column, row) = try #require(place(of: label, on: screen), "\(label) is not on\n\(screen)")
        for offset in [1, label.count - 1] {
          var clicked = show
          clicked.answer(.mouse(Mouse(.press, column: column + offset, row: row)))
          #expect(clicked.session.lesson?.predictions[clicked.session.lesson?.shown ?? -1] == choice)
        }
      }
    } while show.goOn()
  }

  @Test("o opens the options on the row that the step asks for", arguments: lessonNames)
  func options(name: String) throws {
    let titles: [Setting: String] = [
      .memory: "memory", .reservedConcurrency: "reserved concurrency", .idleTimeout: "idle timeout",
      .requestRate: "steady traffic", .provisionedConcurrency: "provisioned concurrency",
    ]
    var show = try LessonShow(lesson: name, columns: 80, rows: 24)
    repeat {
      show.watch()
      for case .set(let setting, _, _) in show.session.lesson?.step.task?.commands.prefix(1) ?? [] {
        var open = show
        _ = open.screen()
        open.press(.character("o"))
        let title = try #require(titles[setting])
        #expect(open.screen().contains("▸ \(title)"), "\(title)")
      }
    } while show.goOn()
  }

  @Test(
    "functions that are compared have each one's waits and cost side by side",
    arguments: [(80, 24), (120, 40), (200, 60)])
  func compared(columns: Int, rows: Int) throws {
    var show = try LessonShow(lesson: "outside-the-handler", columns: columns, rows: rows)
    #expect(!show.screen().contains("$"))
    repeat { show.watch() } while show.session.lesson?.shown != 5 && show.goOn()
    let screen = show.screen()
    // 320 ms of init and 600 ms, then 600 ms; 820 ms and 100 ms, then 100 ms: 512 MB at AWS's price, and two requests each.
    #expect(screen.contains("inside ▼ 920 ms ▽ 600 ms"), "\(screen)")
    #expect(screen.contains("outside ▼ 920 ms ▽ 100 ms"), "\(screen)")
    let seconds = [("inside", 1.4, "$0.0000121"), ("outside", 0.9, "$0.0000079")]
    for (name, billed, dollars) in seconds {
      let functions = show.figures
      let figures = try #require(functions.first { $0.name == name }?.figures)
      #expect(Double(figures.milliseconds) == billed * 1_000)
      let cost = billed / 2 * 0.0000166667 + 2 * 0.20 / 1_000_000
      #expect(abs(PriceTable().cost(of: figures) - cost) < 1e-12)
      #expect(screen.contains(dollars), "\(screen)")
    }
    guard columns >= 120 else { return }
    for words in ["billed 1,400 ms", "billed 900 ms"] { #expect(screen.contains(words), "\(screen)") }
  }

  @Test("three functions at the smallest usual size: what callers waited stays whole")
  func three() throws {
    var show = try LessonShow(lesson: "memory", columns: 80, rows: 24)
    repeat { show.watch() } while show.session.lesson?.shown != 5 && show.goOn()
    let last = show.screen().split(separator: "\n").dropLast().last ?? ""
    for name in ["small ▼", "medium ▼", "large ▼"] { #expect(last.contains(name), "\(last)") }
  }

  @Test("every lesson ends with its whole session in sight", arguments: lessonNames)
  func whole(name: String) throws {
    var show = try LessonShow(lesson: name)
    guard show.session.lesson != nil else { return }
    repeat {
      show.watch()
      _ = show.screen()
    } while show.goOn()
    #expect(show.viewer.viewport.contains(show.session.timeline.first))
    #expect(show.viewer.viewport.contains(show.session.newest))
    #expect(show.session.lesson?.step.text.contains("To take home:") == true)
  }
}
