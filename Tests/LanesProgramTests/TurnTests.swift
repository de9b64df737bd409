import EventSources
import Foundation
import Glibc
import LambdaLifecycle
import LanesProgram
import SwimlaneUI
import TestSupport
import Testing

/// The effects of a turn: of time, signals and the end.
@Suite struct TurnTests {
  @Test func timePassesByTheClockAlone() throws {
    let show = try ProgramShow(demo: "playground")
    show.press("i")
    show.wait(.seconds(1))
    // Drawn at once, whatever the way to the terminal still has to carry.
    show.press(.resize)
    show.expect("00:01.0", "LIVE")
    // Without a wait, later moments are not there yet.
    show.expectNo("00:01.1")
    show.wait(.seconds(60))
    show.expect("env-1 ∅ gone")
    try show.quit()
  }

  /// Where nothing happens by itself nothing is drawn, and the clock does not catch up.
  @Test func aPictureThatStandsStillIsDrawnOnce() throws {
    let show = try ProgramShow(demo: "playground")
    show.wait(.seconds(1))
    let frames = show.program.terminal.count
    show.wait(.seconds(3_600))
    #expect(show.program.terminal.count == frames)
    #expect(show.program.timeout == -1)
    show.press("i")
    show.expect("00:00.0", "env-1 ○ creating")
    try show.quit()
  }

  @Test func aMessageGoesAwayByItself() throws {
    let show = try ProgramShow(demo: "playground", isPaused: true)
    show.press("x")
    let text = "no environment is selected; i sends a request"
    show.wait(.milliseconds(5_900))
    show.expect(text)
    show.wait(.milliseconds(200))
    show.expectNo(text)
    // A key takes it away at once.
    show.press("x")
    show.expect(text)
    show.press("j")
    show.expectNo(text)
    try show.quit()
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT])
  func aSignalIsTheStatus(signal: Int32) throws {
    let show = try ProgramShow(demo: "playground")
    show.program.turn([], signals: [signal])
    #expect(show.program.isOver)
    #expect(throws: ProgramEnd(status: 128 + signal)) { try show.program.end() }
    #expect(show.program.terminal.isRestored)
  }

  /// The time in which the job was stopped does not pass for the session.
  @Test func suspending() throws {
    let show = try ProgramShow(demo: "playground")
    show.press("i")
    show.wait(.seconds(1))
    show.press(.suspend)
    #expect(show.program.terminal.suspensions == 1)
    show.expect("00:01.0", "LIVE")
    show.program.turn([], signals: [SIGTSTP])
    show.program.draw()
    #expect(show.program.terminal.suspensions == 2)
    show.expect("00:01.0", "LIVE")
    try show.quit()
  }

  /// The picture fills the new size at once, however soon after the last frame.
  @Test(arguments: [SIGWINCH, SIGCONT]) func anotherSize(signal: Int32) throws {
    let start = ProgramStart(try Demonstration("playground", seed: 1))
    let show = ProgramShow(start, columns: 120, rows: 40, then: [(80, 24)])
    #expect(show.program.terminal.last.columns == 120)
    show.program.turn([], signals: [signal])
    show.program.draw()
    let frame = show.program.terminal.last
    #expect((frame.columns, frame.rows) == (80, 24))
    show.expect("No environment exists")
    try show.quit()
  }

  /// Nothing of the picture before may shine through.
  @Test func anotherLessonIsDrawnAnew() throws {
    let show = try ProgramShow(demo: "playground", opensMenu: true)
    let clearings = show.program.terminal.clearings
    show.press(.up, .enter)
    #expect(show.program.terminal.clearings == clearings + 1)
    try show.quit()
  }

  /// Its window was closed.
  @Test func aTerminalThatIsGone() throws {
    let show = ProgramShow(ProgramStart(try Demonstration("playground", seed: 1)), isGone: true)
    show.program.turn([])
    #expect(show.program.isOver)
    #expect(throws: ProgramEnd(status: 128 + SIGHUP)) { try show.program.end() }
  }

  @Test func whatCannotBeSentIsSaid() throws {
    let inputs = try Inputs(format: nil)
    let session = Session(reading: .native, live: true, start: 0)
    let show = ProgramShow(ProgramStart(watching: inputs, session))
    let file = Repository.path("demos/first-session.jsonl")
    try show.program.watch { try $0.start(file: file, follow: false, tellsArrival: false, in: &$1) }
    show.readToTheEnd()
    show.expect("watch: first-session.jsonl", "ENDED")
    show.press("i")
    show.expect("lanes knows no address to send a request to; --invoke URL names one")
    show.press("x")
    show.expect("lanes did not start this emulator, so it cannot end it")
    try show.quit()
  }

  /// Nothing of ours was in it: that is said once more at the end.
  @Test func whatNobodyUnderstands() throws {
    let scratch = try Scratch()
    let file = try scratch.write("127.0.0.1 - - \"GET / HTTP/1.1\" 200 12\n".utf8, to: "access.log")
    let inputs = try Inputs(format: nil)
    let show = ProgramShow(
      ProgramStart(watching: inputs, Session(reading: .native, live: true, start: 0)), columns: 200)
    try show.program.watch { try $0.start(file: file, follow: false, tellsArrival: false, in: &$1) }
    show.readToTheEnd()
    show.expect("watch: access.log", "the access log of a web server")
    show.press("q")
    #expect(show.program.status == 0)
    #expect(throws: Failure.self) { try show.program.end() }
  }

  /// A recording that is written while a demo goes on is whole at its end.
  @Test func aRecordingIsWritten() throws {
    let scratch = try Scratch()
    let file = scratch.file("session.jsonl")
    let start = ProgramStart(
      try Demonstration("playground", seed: 1), recorder: try Recorder(path: file), isPaused: true)
    let show = ProgramShow(start)
    show.press("i")
    show.go(until: "env-1 ❄ frozen")
    try show.quit()
    let played = try ProgramShow(playing: file)
    played.expect("play: session.jsonl", "1 cold start")
    try played.quit()
  }
}
