import Foundation
import LambdaLifecycle
import ScenarioFiles
import SwimlaneUI
import Testing

/// A lesson of three steps: a request, its frozen environment, its end after two seconds.
private let text = """
  title: small
  functions:
    hello: {runtime: python3.13, create: 100 ms, runtimeInit: 100 ms, functionInit: 300 ms, handler: 50 ms, idleTimeout: 2 s}
  steps:
    - {text: Nothing is here., do: request, ask: {question: How often?, choices: [once, twice], right: once}}
    - {when: functionInit begins, after: 120 ms, text: Init runs.}
    - {when: frozen begins, text: It is frozen., do: {idleTimeout: 1 s}, reveals: true}
    - {when: environment gone, text: It is gone.}
  """

/// `#expect` takes no call that changes the value it is called on.
private func expect(_ result: Bool, is expected: Bool, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(result == expected, sourceLocation: sourceLocation)
}

private func expect(
  _ screen: String, shows text: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(screen.contains(text), sourceLocation: sourceLocation)
}

@Suite("A learner's way through a lesson")
struct LessonRunTests {
  private func show() throws -> LessonShow {
    LessonShow(try ScenarioFile.read(Array(text.utf8), name: "small.yaml") { _ in [] })
  }

  private func milliseconds(_ show: LessonShow) -> Double {
    Double(show.session.newest - LessonShow.start) / 1e6
  }

  /// At the step of that number.
  private func show(at step: Int) throws -> LessonShow {
    var show = try show()
    for _ in 1..<step {
      _ = show.goOn()
      show.watch()
    }
    return show
  }

  @Test("the clock holds at the first step, and at each step exactly at its moment")
  func holds() throws {
    var show = try show()
    #expect(show.session.lesson?.course == .holding)
    #expect(!show.session.isMoving)
    show.session.tick(elapsed: .seconds(5), clock: 0)
    #expect(milliseconds(show) == 0)
    _ = show.goOn()
    #expect(show.session.lesson?.course == .running)
    #expect(show.session.mode == .slowMotion)
    show.watch()
    // A nanosecond passes when a step is left.
    #expect(milliseconds(show) == 320.000001)
    #expect(show.session.lesson?.course == .holding)
  }

  @Test("the step's key does the step's own version of it")
  func task() throws {
    var show = try show(at: 3)
    show.session.act(.idleTimeout, [.set(.idleTimeout, .seconds(60))])
    show.watch()
    #expect(show.session.lesson?.shown == 3)
    #expect(show.session.idleTimeout == .seconds(1))
  }

  @Test("a prediction is told right or wrong where the answer shows")
  func predictions() throws {
    var show = try show()
    expect(show.session.predict(2), is: false)
    expect(show.session.predict(1), is: true)
    _ = show.session.goOn()
    show.watch()
    #expect(show.session.lesson?.revealed == nil)
    _ = show.session.goOn()
    show.watch()
    let revealed = try #require(show.session.lesson?.revealed)
    #expect(revealed.prediction == 1)
    #expect(revealed.question.right == 0)
    expect(show.screen(), shows: "You said twice; it is once.")
  }

  @Test("back and forth among the steps that were reached changes nothing")
  func backAndForth() throws {
    var show = try show(at: 3)
    let newest = show.session.newest
    show.session.goBack()
    #expect(show.session.lesson?.shown == 1)
    #expect(show.session.playhead.time == LessonShow.start + 320_000_001)
    #expect(show.session.lesson?.course == .holding)
    show.session.goBack()
    show.session.goBack()
    #expect(show.session.lesson?.shown == 0)
    expect(show.session.goOn(), is: true)
    expect(show.session.goOn(), is: true)
    #expect(show.session.lesson?.shown == 2)
    #expect(show.session.newest == newest)
    #expect(show.session.playhead.isFollowing)
    #expect(show.session.lesson?.course == .holding)
  }

  @Test("off the path and back: what happened there is void")
  func away() throws {
    var show = try show(at: 2)
    let moment = show.session.newest
    show.session.act(.burst, [.request(.normal, count: 5)])
    _ = show.session.fold()
    #expect(show.session.lesson?.course == .away)
    show.session.tick(elapsed: .seconds(3), clock: 0)
    _ = show.session.fold()
    #expect(show.session.timeline.requests.count == 6)
    expect(show.screen(), shows: "You play freely.")
    expect(show.session.goOn(), is: true)
    _ = show.session.fold()
    #expect(show.session.lesson?.course == .holding)
    #expect(show.session.lesson?.shown == 1)
    #expect(show.session.newest == moment)
    #expect(show.session.timeline.requests.count == 1)
    // And the lesson goes on as if nothing had been.
    _ = show.session.goOn()
    show.watch()
    #expect(show.session.lesson?.shown == 2)
  }

  @Test("space does at a step what goes on there, and pauses on the way to the next one")
  func space() throws {
    for step in 1...3 {
      var (spaced, other) = (try show(at: step), try show(at: step))
      expect(spaced.session.togglePause(), is: true)
      expect(other.session.goOn(), is: true)
      #expect(spaced.session.lesson?.course == .running)
      #expect(spaced.session.simulation?.commands.count == other.session.simulation?.commands.count)
      spaced.session.togglePause()
      #expect(spaced.session.mode == .paused)
      #expect(spaced.session.wayOn == .goOn)
      spaced.session.tick(elapsed: .seconds(9), clock: 0)
      #expect(spaced.session.lesson?.course == .running)
      spaced.session.togglePause()
      spaced.watch()
      other.watch()
      #expect(spaced.session.lesson?.shown == step)
      #expect(spaced.session.newest == other.session.newest)
    }
    var last = try show(at: 4)
    expect(last.session.togglePause(), is: false)
  }

  @Test("at an earlier step space goes to the one after it; where the past is looked at, it plays")
  func spaceInThePast() throws {
    var show = try show(at: 3)
    show.session.goBack()
    show.session.togglePause()
    #expect(show.session.lesson?.shown == 2)
    #expect(show.session.playhead.isFollowing)
    show.session.seek(to: LessonShow.start + .milliseconds(400))
    show.session.togglePause()
    #expect(show.session.mode == .replay)
  }

  @Test("the header's word says which key goes on")
  func wayOn() throws {
    var show = try show(at: 2)
    expect(show.screen(), shows: "▮ PAUSED · space goes on")
    show.session.act(.burst, [.request(.normal)])
    _ = show.session.fold()
    show.session.tick(elapsed: .seconds(60), clock: 0)
    _ = show.session.fold()
    // Off the path, and nothing can happen any more.
    #expect(show.session.wayOn == .request)
    expect(show.screen(), shows: "▮ PAUSED · i sends a request")
  }

  @Test("on the way to the next step the sentence that was left is dim")
  func dim() throws {
    func role(_ show: inout LessonShow) throws -> Role {
      let frame = show.frame()
      let row = try #require(
        (0..<frame.rows).first { row in
          frame.text.split(separator: "\n", omittingEmptySubsequences: false)[row].contains("Init runs.")
        })
      let column = try #require(
        (0..<frame.columns).first { frame[$0, row].glyph == UInt32(UInt8(ascii: "I")) })
      return frame[column, row].style.foreground
    }
    var show = try show(at: 2)
    #expect(try role(&show) == .strong)
    _ = show.session.goOn()
    _ = show.session.fold()
    #expect(try role(&show) == .quiet)
    show.session.goBack()
    #expect(try role(&show) == .strong)
  }

  @Test("a lesson ends with its whole session in sight, also where its last step asks for no stretch")
  func wholeAtTheEnd() throws {
    var show = try show(at: 4)
    _ = show.screen()
    #expect(show.viewer.viewport.contains(show.session.timeline.first))
    #expect(show.viewer.viewport.contains(show.session.newest))
  }

  @Test("acting at an earlier step forks there: the later ones are to be reached anew")
  func forks() throws {
    var show = try show(at: 3)
    show.session.goBack()
    show.session.goBack()
    show.session.act(.request, [.request(.normal)])
    _ = show.session.fold()
    #expect(show.session.lesson?.course == .running)
    show.watch()
    #expect(show.session.lesson?.shown == 1)
    #expect(show.session.timeline.requests.count == 1)
  }

  @Test("acting in the past between two steps leaves the path there")
  func forksBetween() throws {
    var show = try show(at: 3)
    show.session.seek(to: LessonShow.start + .milliseconds(400))
    show.session.act(.request, [.request(.normal)])
    _ = show.session.fold()
    #expect(show.session.lesson?.course == .away)
    #expect(show.session.newest == LessonShow.start + .milliseconds(400))
    expect(show.session.goOn(), is: true)
    #expect(show.session.lesson?.shown == 1)
    #expect(show.session.newest == LessonShow.start + 320_000_001)
  }

  @Test("to now, from the past: where the clock holds")
  func follow() throws {
    var show = try show(at: 3)
    show.session.goBack()
    show.session.follow()
    #expect(show.session.lesson?.shown == 2)
    #expect(show.session.lesson?.course == .holding)
    #expect(!show.session.isMoving)
  }

  @Test("on the way, back returns to the step that was left")
  func backWhileRunning() throws {
    var show = try show(at: 3)
    _ = show.session.goOn()
    show.session.tick(elapsed: .milliseconds(300), clock: 0)
    show.session.goBack()
    _ = show.session.fold()
    #expect(show.session.lesson?.shown == 2)
    #expect(show.session.idleTimeout == .seconds(2))
    #expect(show.session.lesson?.course == .holding)
  }

  @Test("after the last step the lesson is over")
  func end() throws {
    var show = try show(at: 4)
    expect(show.screen(), shows: "The end of this lesson.")
    expect(show.session.goOn(), is: false)
  }

  @Test("a task at the last step leaves the learner on a free stage")
  func taskAtTheEnd() throws {
    let text = text + "\n" + #"  - {text: Once more., do: request}"#
    var show = LessonShow(try ScenarioFile.read(Array(text.utf8), name: "small.yaml") { _ in [] })
    for _ in 1..<5 {
      _ = show.goOn()
      show.watch()
    }
    let newest = show.session.newest
    show.session.act(.request, [])
    _ = show.session.fold()
    #expect(show.session.lesson?.course == .away)
    #expect(show.session.timeline.requests.count == 2)
    expect(show.session.goOn(), is: true)
    _ = show.session.fold()
    #expect(show.session.newest == newest)
    expect(show.session.goOn(), is: false)
  }

  @Test("off the path, a fork before the latest step: the way back leads to the step before it")
  func awayAndForked() throws {
    var show = try show(at: 3)
    show.session.leavePath()
    show.session.seek(to: LessonShow.start + .milliseconds(400))
    show.session.act(.request, [.request(.normal)])
    _ = show.session.fold()
    show.session.tick(elapsed: .seconds(1), clock: 0)
    expect(show.session.goOn(), is: true)
    _ = show.session.fold()
    #expect(show.session.lesson?.shown == 1)
    #expect(show.session.newest == LessonShow.start + 320_000_001)
    #expect(show.session.timeline.requests.count == 1)
    #expect(show.session.lesson?.course == .holding)
  }

  @Test("an option that the step asks for does the step's own version, another one leaves the path")
  func options() throws {
    let text = text.replacingOccurrences(
      of: "do: {idleTimeout: 1 s}", with: "do: {options: {idleTimeout: 1 s}}")
    let file = try ScenarioFile.read(Array(text.utf8), name: "small.yaml") { _ in [] }
    for (control, course) in [(Control.idleTimeout, LessonRun.Course.running), (.memory, .away)] {
      var show = LessonShow(file)
      for _ in 1..<3 {
        _ = show.goOn()
        show.watch()
      }
      _ = show.session.turn(control, up: true)
      #expect(show.session.lesson?.course == course)
    }
  }

  @Test("what can no longer happen is said, and the step shown")
  func missed() throws {
    let text = text.replacingOccurrences(of: "environment gone", with: "request throttled")
    var show = LessonShow(try ScenarioFile.read(Array(text.utf8), name: "small.yaml") { _ in [] })
    for _ in 1..<4 {
      _ = show.goOn()
      show.watch()
    }
    #expect(show.session.lesson?.isMissed == true)
    expect(show.screen(), shows: "does not happen any more")
  }

  @Test("waits of any length are watched in a few seconds", arguments: [0, 1, 300, 2_000, 60_000, 7_200_000])
  func pace(milliseconds: Int) throws {
    let text = text.replacingOccurrences(
      of: "functionInit begins, after: 120 ms", with: "start, after: \(milliseconds) ms")
    var show = LessonShow(try ScenarioFile.read(Array(text.utf8), name: "small.yaml") { _ in [] })
    _ = show.goOn()
    let frames = show.watch()
    #expect(frames <= 30)
  }
}
