import EventSources
import Foundation
import LambdaLifecycle
import LanesProgram
import SwimlaneUI
import TestSupport
import Testing
import TimelineExport

/// Settings that are changed and a session that is saved, from the keyboard.
@Suite struct SavingTests {
  @Test func settingsAreEventsOfTheSession() throws {
    let show = try ProgramShow(demo: "playground", isPaused: true)
    show.press("o")
    show.expect("▸ next requests", "provisioned concurrency")
    show.press(.down, times: 3)
    show.expect("▸ idle timeout")
    show.press(.left)
    show.expect("hello · 512 MB · python3.13 · idle timeout 5 s")
    show.press(.escape)
    show.expectNo("reserved concurrency")
    try show.quit()
  }

  /// Saved as a scenario and as a recording, both show the same session again.
  @Test func bothFilesReplayTheSession() throws {
    let scratch = try Scratch()
    let (scenario, recording) = (scratch.file("saved.yaml"), scratch.file("saved.jsonl"))
    let show = try ProgramShow(demo: "playground", isPaused: true)
    show.press("i")
    show.go(until: "env-1 ❄ frozen")
    show.press("t", "b")
    show.go(until: "all are frozen") { $0.showsFive("frozen") }
    save(scenario, show, "saved as a scenario")
    save(recording, show, "the session so far is in")
    try show.quit()
    let again = scratch.file("again.jsonl")
    try SimulationPlan(try ScenarioSource(scenario).read([]), seed: nil).tell(to: try Recorder(path: again))
    let (first, second) = (try summary(of: recording), try summary(of: again))
    #expect((first["statistics"] as? NSDictionary)?["requests"] as? Int == 6)
    for part in ["statistics", "environments"] {
      let (one, other) = (try #require(first[part] as? NSObject), try #require(second[part] as? NSObject))
      #expect(one == other, "\(part)")
    }

    let player = try ProgramShow(playing: recording)
    player.expect("play: saved.jsonl")
    player.press("G")
    player.expect("requests 6", "cold 5", "env-5")
    try player.quit()
    let replayed = try ProgramShow(demo: scenario, seed: nil)
    replayed.wait(until: "all again") { $0.contains("requests 6") && $0.contains("env-5 ❄ frozen") }
    try replayed.quit()
  }

  /// A name that says nothing is answered, and a file that has something in it is left alone.
  @Test func aNameThatCannotBe() throws {
    let scratch = try Scratch()
    let taken = try scratch.write("keep me\n".utf8, to: "taken.jsonl")
    let show = try ProgramShow(demo: "playground", isPaused: true)
    show.press("i")
    save("session.txt", show, "expected a name that ends in .yaml (a scenario) or .jsonl (a recording)")
    save(taken, show, "exists and is not empty.")
    try show.quit()
    #expect(try String(contentsOfFile: taken, encoding: .utf8) == "keep me\n")
  }

  private func save(
    _ path: String, _ show: ProgramShow, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    show.press("w")
    show.expect("save to:", sourceLocation: sourceLocation)
    show.enter(path)
    #expect(show.program.said.contains(message), "\(show.program.said)", sourceLocation: sourceLocation)
  }

  /// The output of `lanes summary --json`.
  private func summary(of path: String) throws -> [String: Any] {
    let reading = try SessionReading([path], from: nil)
    let json = SummaryJSON(reading.session.timeline, reading.session.log.catalog, lines: reading.lines).text()
    return try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
  }
}
