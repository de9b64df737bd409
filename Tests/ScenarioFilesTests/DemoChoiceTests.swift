import ScenarioFiles
import Testing

@Suite("What a name means to the demo")
struct DemoChoiceTests {
  private func choose(_ name: String, exists: Bool = false) throws(DemoChoice.Mistake) -> DemoChoice {
    try DemoChoice(name, lessons: ["cold-start", "memory"], commands: ["simulate"], exists: exists)
  }

  @Test func aLessonComesFirst() throws {
    #expect(try choose("memory") == .lesson(1))
    #expect(try choose("memory", exists: true) == .lesson(1))
  }

  @Test func aPathIsAFile() throws {
    #expect(try choose("mine.yaml") == .file("mine.yaml"))
    #expect(try choose("./mine") == .file("./mine"))
    #expect(try choose("mine", exists: true) == .file("mine"))
  }

  @Test(arguments: [
    ("memry", "did you mean memory?"), ("simulat", "did you mean simulate?"), ("xyz", "lanes demo --list"),
    ("xyz", "lanes play"), ("session.jsonl", "Use lanes play session.jsonl"),
    ("a/b.log", "Use lanes play a/b.log"),
  ])
  func whatMeansNothing(name: String, hint: String) {
    do {
      Issue.record("\(name) was taken for \(try choose(name))")
    } catch {
      #expect("\(error)".contains(hint), "\(error)")
    }
  }
}
