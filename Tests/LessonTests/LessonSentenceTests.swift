import LambdaLifecycle
import ScenarioFiles
import SwimlaneUI
import TestSupport
import Testing

@Suite("The sentences of the lessons are whole")
struct LessonSentenceTests {
  /// The sentence on every choice of every question, and where nothing was predicted: to be read.
  @Test("every reveal", arguments: [40, 120])
  func reveals(columns: Int) throws {
    var text = ""
    for name in lessonNames {
      let lines = try [nil, 0, 1, 2].flatMap { try reveals(name, predicting: $0, columns: columns) }
      for (step, _) in try questions(name) {
        text += lines.filter { $0.step == step }.map { "\(name) \(step): \($0.text)\n" }.joined()
      }
    }
    try expectGolden("reveals-\(columns)", text)
  }

  /// The number of a question's step and the screen's sentence on a prediction at a later one.
  private func reveals(_ name: String, predicting choice: Int?, columns: Int) throws
    -> [(step: Int, text: String)]
  {
    var show = try LessonShow(lesson: name, columns: columns, rows: 40)
    var found: [(step: Int, text: String)] = []
    var asked = 0
    repeat {
      show.watch()
      guard let run = show.session.lesson else { return [] }
      if let revealed = run.revealed, revealed.prediction == choice {
        let said = choice.map { "You said \(revealed.question.choices[$0])" } ?? revealed.question.text
        let words = Self.words(of: show.screen())
        let begin = try #require(words.firstRange(of: said), "\(name) does not say \(said)")
        let end = try #require(words[begin.upperBound...].firstIndex(of: "."))
        found.append((asked, String(words[begin.lowerBound...end])))
      }
      if run.step.question != nil { asked = run.shown + 1 }
    } while show.goOn(predicting: choice)
    return found
  }

  /// A screen's words, whatever lines they stand in.
  private static func words(of screen: String) -> String {
    screen.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  private func questions(_ name: String) throws -> [(step: Int, question: LessonQuestion)] {
    try lessonFile(name).lesson.steps.enumerated().compactMap { place, step in
      step.question.map { (place + 1, $0) }
    }
  }

  @Test("questions are questions, each of their choices follows \"it is\"", arguments: lessonNames)
  func questionForm(name: String) throws {
    for (step, question) in try questions(name) {
      #expect(question.text.hasSuffix("?"), "step \(step)")
      #expect(Set(question.choices).count == question.choices.count)
      for choice in question.choices {
        #expect(choice.last?.isPunctuation == false, "step \(step): \(choice)")
        // A choice that answers "yes", or is an order, does not.
        let first = choice.split(separator: " ").first.map(String.init) ?? ""
        #expect(!["yes", "no", "wait", "kill", "init"].contains(first) || choice == "init", "\(choice)")
      }
    }
  }

  @Test("at most two sentences a step, with thousands apart", arguments: lessonNames)
  func sentences(name: String) throws {
    for (place, step) in try lessonFile(name).lesson.steps.enumerated() {
      let ends = step.text.matches(of: /[.?!]\)?(\s|$)/).count
      #expect((1...2).contains(ends) || step.text.contains("INIT_REPORT"), "step \(place + 1): \(step.text)")
      let numbers = step.text.matches(of: /\b\d{4,}\b/).map { String($0.0) }
      // Years; and the line of a log, as AWS prints it.
      #expect(
        numbers.allSatisfy { ["2022", "2026"].contains($0) || step.text.contains("INIT_REPORT") },
        "step \(place + 1): \(numbers)")
    }
  }

  @Test(
    "the last step is one sentence to take home, with the whole session in sight",
    arguments: lessonNames.dropLast())
  func takeHome(name: String) throws {
    let lesson = try lessonFile(name).lesson
    let last = try #require(lesson.steps.last)
    #expect(last.text.hasPrefix("To take home: "))
    #expect(last.text.matches(of: /[.?!](\s|$)/).count == 1)
    #expect(last.view.window == .never)
    #expect(last.question == nil && last.task == nil)
    #expect(lesson.steps.dropLast().allSatisfy { !$0.text.contains("To take home") })
    var show = try LessonShow(lesson: name, at: lesson.steps.count)
    _ = show.screen()
    let begin = try #require(show.session.timeline.requests.first?.arrival)
    #expect(show.viewer.viewport.left <= begin)
  }

  /// The questions in their order, and the facts that have to be said no later than with them.
  private static let needs: [(lesson: String, needs: [String])] = [
    ("cold-start", ["Lambda will keep the environment", "is gone with the environment"]),
    ("outside-the-handler", ["Neither has an environment yet", "Connection and client are gone"]),
    ("before-init", ["downloads all of it for a new environment", "full CPU during on-demand init"]),
    ("one-at-a-time", ["none exists yet", "Each is over before the next one comes", "which takes 400 ms"]),
    ("freeze-and-thaw", ["Memory and /tmp are kept", "found the same environment"]),
    (
      "extensions",
      ["Init ends when the runtime and all extensions", "logs-agent still works", "a shutdown has 2 s"]
    ),
    ("slow-init", ["within the function's timeout"]),
    ("failures", ["which the runtime catches and reports", "without processes"]),
    ("throttling", ["Lambda refuses what comes beyond that", "in this lesson 10 in 10 s"]),
    ("provisioned-concurrency", ["after 90 s", "Two are ready"]),
    ("snapstart", ["resume instead of running init", "memory included"]),
    ("memory", ["CPU is proportional to memory", "you pay memory × time", "for its one thread"]),
  ]

  @Test("a question comes after what is needed to answer it", arguments: lessonNames.dropLast())
  func answerable(name: String) throws {
    let needs = try #require(Self.needs.first { $0.lesson == name }).needs
    let steps = try lessonFile(name).lesson.steps
    let questions = try questions(name)
    #expect(questions.count == needs.count)
    for ((step, _), need) in zip(questions, needs) {
      #expect(steps.prefix(step).contains { $0.text.contains(need) }, "step \(step) needs \"\(need)\"")
    }
  }
}
