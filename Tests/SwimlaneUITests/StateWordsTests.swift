import LambdaLifecycle
import SwimlaneUI
import Testing

@Suite("What the screen says of states")
struct StateWordsTests {
  @Test("a recording that ends while an environment is frozen says that it was")
  func frozenAtTheEnd() {
    var source = Session(simulating: .playground, seed: 1, start: Show.start)
    _ = source.perform(.request(.normal))
    source.tick(elapsed: .seconds(5), clock: 0)
    var session = Session(reading: .native, live: false, start: Show.start)
    session.log = source.log
    _ = session.fold()
    session.endInput()
    session.follow()
    var show = Show(session)
    show.title = "play: session.jsonl"
    let screen = show.frame().text
    #expect(screen.contains("env-1 ? was frozen"))
    #expect(screen.contains("env-1 was frozen when the recording ended."))
    #expect(screen.contains("the recording does not tell"))
    #expect(session.timeline.tracks[0].state(at: session.newest, inputEnd: session.inputEnd) == .unknown)
    show.session.seek(to: session.newest - .milliseconds(10))
    #expect(show.frame().text.contains("env-1 ● invoking"))
  }

  @Test("served is what has ended, not what is under way")
  func served() {
    var show = Show()
    show.perform(.request(.normal))
    show.go(to: 1_250)
    show.press(.tab)
    #expect(show.frame(200, 60).text.contains("0 requests served"))
    show.go(to: 4_000)
    #expect(show.frame(200, 60).text.contains("1 request served"))
  }

  @Test(
    "a request that waits for a re-init has a mark and a word of its own while it waits",
    arguments: [false, true])
  func reinit(ascii: Bool) {
    var show = Show(ascii: ascii)
    show.perform(.request(.crash))
    show.go(to: 4_000)
    show.perform(.request(.normal))
    show.go(to: 4_100)
    _ = show.frame()
    show.press(.tab)
    let lines = show.frame().text.split(separator: "\n")
    let mark = ascii ? "r" : "↻"
    #expect(lines.contains { $0.contains("\(mark) re-init") && $0.contains("waits") })
    #expect(lines.contains { $0.hasPrefix(" requests") && $0.dropFirst(9).contains(mark) })
    #expect(lines.contains { $0.contains("requests 2") && $0.contains("\(mark) re-init 1") })
  }

  @Test("provisioned concurrency that is being allocated is said to be")
  func allocation() {
    var scenario = Scenario.playground
    scenario.function.initializationType = .provisionedConcurrency
    scenario.function.provisioned = ProvisionedConcurrency(environments: 2)
    var show = Show(scenario)
    let screen = show.frame().text
    #expect(screen.contains("2 environments of hello are being allocated, 0 ready."))
    #expect(screen.contains("provisioned 0 of 2"))
    #expect(!screen.contains("No environment exists"))
  }
}
