import Foundation
import LambdaLifecycle
import SwimlaneUI
import TestSupport
import Testing

/// A recording is played like a video.
@Suite struct PlayerTests {
  private let demo = Repository.path("demos/first-session.jsonl")

  @Test func opensOnTheWholeWithItsFindings() throws {
    let show = try ProgramShow(playing: demo)
    show.expect(
      "PAUSED", "00:17.7 of 00:17.7", "findings", "2 cold starts, mean wait 1.45 s (the longest 1.55 s)",
      "whole  100 %")
    // There it goes, and zooms.
    show.press(.enter)
    show.expect("00:01.55 of 00:17.7", "env-1 ● invoking", "500ms")
    show.press("0")
    show.expect("8.74 s", "00:01.5 of 00:17.7")
    try show.quit()
  }

  @Test func playsForwardsAndBackwards() throws {
    let show = try ProgramShow(playing: demo, at: "5s", isPlaying: true, speed: 1_000)
    // It stays at the end instead of leaving.
    show.wait(.seconds(1))
    show.expect("PAUSED · space plays 1000×", "00:17.7 of 00:17.7")
    show.press("r")
    show.wait(.seconds(1))
    show.expect("PAUSED · space plays 1000×", "00:00.0 of 00:17.7")
    show.press("<", times: 20)
    show.expect("0.01×")
    show.press("5", " ")
    show.expect("REVERSE 0.01×")
    show.press("r")
    show.expect("REPLAY 0.01×")
    try show.quit()
  }

  @Test func aDayTakesFiveMinutes() throws {
    let show = try ProgramShow(playing: Repository.path("demos/day-of-traffic.jsonl.gz"))
    show.expect("PAUSED · space plays 1×")
    show.press(" ")
    show.expect("REPLAY 500×")
    // A speed that was chosen stays.
    show.press("<", " ", " ")
    show.expect("REPLAY 200×")
    try show.quit()
  }

  @Test func goesByPartsTimesStepsPhasesAndRequests() throws {
    let show = try ProgramShow(playing: demo)
    show.expect("2 cold starts")
    show.press("g")
    show.expect("00:00.0 of 00:17.7", "whole  0 %")
    show.press("i")
    show.expect("00:04.0 of", "request 2 of 4: env-1")
    show.press("I")
    show.expect("00:00.0 of", "request 1 of 4")
    show.press("p")
    show.expect("00:00.2 of", "env-1: extension init")
    show.press("p")
    show.expect("00:00.5 of", "env-1: runtime init")
    show.press("P")
    show.expect("env-1: extension init")
    show.enter(":6.5s")
    show.expect("00:06.5 of 00:17.7")
    show.enter(":-2s")
    show.expect("00:04.5 of 00:17.7")
    show.enter(":x")
    show.expect("expected a time as 1m30s or 2:05, a part as 40%, or a step as +5s; found x")
    show.press("5")
    show.expect("whole  50 %")
    // The row of the whole takes clicks.
    let lines = show.screen.split(separator: "\n", omittingEmptySubsequences: false)
    let row = try #require(lines.firstIndex { $0.hasPrefix(" whole ") })
    show.click(column: 28, row: row)
    show.expect("whole  0 %")
    try show.quit()
  }

  @Test func repeatsAStretch() throws {
    let show = try ProgramShow(playing: demo, at: "1s")
    show.expect("00:01.0 of 00:17.7")
    show.press("o")
    show.expect("M marks where it begins to repeat")
    show.press("M")
    show.enter(":+2s")
    show.expect("00:03.0 of 00:17.7", "2.00 s")
    show.press("o")
    show.expect("2.00 s again and again", "REPLAY")
    // It begins again at its end.
    show.wait(.milliseconds(2_500))
    show.expect("00:01.", "REPLAY")
    show.press("o")
    show.expect("no longer repeated")
    try show.quit()
  }

  @Test func keepsMarkersBesideTheRecording() throws {
    let scratch = try Scratch()
    let recording = try Data(contentsOf: URL(fileURLWithPath: demo))
    let file = try scratch.write(recording, to: "session.jsonl")
    let show = try ProgramShow(playing: file, at: "4s")
    show.expect("00:04.0 of 00:17.7")
    show.enter("mwarm")
    show.expect("marker: warm, kept in ")
    show.press("g")
    show.expect("◆")
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == recording)
    #expect(FileManager.default.fileExists(atPath: file + ".marks.jsonl"))
    try show.quit()
    let again = try ProgramShow(playing: file)
    again.expect("◆", "2 cold starts")
    again.press("g", "]")
    again.expect("marker 1 of 1: warm")
    try again.quit()
  }
}
