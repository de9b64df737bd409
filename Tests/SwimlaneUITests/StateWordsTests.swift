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

  /// An invocation of one second for each entry: when, and in which environment.
  private func cloudWatch(_ invocations: [(time: Int64, environment: String)], keep: Keep? = nil) -> Session {
    var session = Session(reading: .cloudWatch, live: true, start: Show.start)
    session.keep = keep
    for (number, invocation) in invocations.enumerated() {
      let name = session.log.catalog.name(invocation.environment)
      let environment = session.log.catalog.environment(name, of: .none)
      for (time, kind) in [
        (0, .phaseBegan(.invoke)), (1, .phaseEnded(PhaseEnd(.invoke, outcome: .success))),
      ] as [(Int64, LifecycleEvent.Kind)] {
        session.log.append(
          LifecycleEvent(
            time: Show.start + .seconds(invocation.time + time), environment: environment,
            request: RequestID(high: 1, low: UInt64(number) + 1), kind: kind))
      }
      _ = session.fold(clock: Show.start)
    }
    session.endInput()
    session.seek(to: session.newest)
    return session
  }

  @Test("what a session no longer keeps is said, and columns have room for the times of a long one")
  func letGo() {
    let invocations = (0..<300).map { (Int64($0) * 500, "a") }
    var show = Show(cloudWatch(invocations, keep: .time(.seconds(100_000))))
    let text = show.frame(140, 40).text
    #expect(text.contains("let go before 1"))
    #expect(text.contains("requests 300"))
    #expect(text.contains("invoke (300)         41:31:40.000 41:31:41.000"), "\(text)")
  }

  @Test("nobody knows what became of an environment of which nothing is heard")
  func silent() {
    var show = Show(cloudWatch([(0, "a"), (3_600, "b")]))
    show.session.seek(to: Show.start + .seconds(800))
    #expect(show.frame().text.contains("a ❄ frozen"))
    show.session.seek(to: Show.start + .seconds(3_000))
    let text = show.frame().text
    #expect(text.contains("a ? unknown"))
    #expect(text.contains("Nothing was heard of it for 15 minutes"), "\(text)")
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
    show.press(.tab, .tab)
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
