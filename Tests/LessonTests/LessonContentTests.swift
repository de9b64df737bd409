import LambdaLifecycle
import ScenarioFiles
import Testing

@Suite("What the lessons say")
struct LessonContentTests {
  @Test("short, and with something to do", arguments: lessonNames.dropLast())
  func form(name: String) throws {
    let lesson = try lessonFile(name).lesson
    #expect(!lesson.about.isEmpty)
    #expect((8...14).contains(lesson.steps.count))
    #expect(lesson.steps.filter { $0.question != nil }.count <= 3)
    #expect(lesson.steps.filter { $0.task != nil }.count >= 3)
    for step in lesson.steps { #expect(step.text.count <= 190, "\(step.text)") }
  }

  @Test("the playground is the stage without steps that other tests play on")
  func playground() throws {
    let file = try lessonFile("playground")
    #expect(file.scenario == Scenario.playground)
    #expect(file.lesson.steps.isEmpty)
  }

  /// The waits that sentences give; all lengths are fixed, so that these are exact. A request that was
  /// refused waits 0.
  @Test(
    "what callers wait, in milliseconds, in the order of their arrivals",
    arguments: [
      ("cold-start", [1_310, 120, 1_310]),
      ("outside-the-handler", [920, 920, 600, 100, 600, 100, 600, 100, 600, 100, 920, 920]),
      ("before-init", [660, 2_610, 200, 200, 560, 2_510]),
      ("freeze-and-thaw", [900, 200, 900, 200, 200, 200, 200, 900, 900, 900]),
      ("extensions", [1_120, 120, 1_120]),
      ("slow-init", [15_150, 22_360, 5_000, 100, 100, 22_360]),
      ("failures", [780, 100, 3_000, 630, 100, 630]),
      ("provisioned-concurrency", [1_200, 200, 200, 200, 1_200, 1_200]),
      ("snapstart", [3_150, 600, 100, 100, 100, 3_150, 3_150, 100, 600, 600]),
      ("memory", [2_701, 1_043, 650, 2_251, 593, 200, 650]),
    ])
  func waits(name: String, expected: [Int]) throws {
    var show = try LessonShow(lesson: name)
    while show.goOn() { show.watch() }
    let waits = show.session.timeline.requests.map { Int(($0.answered - $0.arrival + 500_000) / 1_000_000) }
    #expect(waits == expected)
  }

  @Test("of throttled requests, as many as the sentences say")
  func throttled() throws {
    var show = try LessonShow(lesson: "throttling")
    var throttles: [Int] = []
    while show.goOn() {
      show.watch()
      throttles.append(show.session.timeline.statistics.throttles)
    }
    #expect(throttles == [3, 3, 3, 3, 3, 11, 11, 11, 13, 13, 13, 14, 14])
  }
}
