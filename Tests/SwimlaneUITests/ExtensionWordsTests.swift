import LambdaLifecycle
@testable import SwimlaneUI
import Testing

/// The words on extensions that were the cause.
@Suite("Words on extensions")
struct ExtensionWordsTests {
  /// Extensions are there at 200 ms, the function at 500.
  private static func stream(
    _ names: [String], ready: Bool = true, _ events: (inout EmulatorStream, [Name]) -> Void
  ) -> EmulatorStream {
    var stream = EmulatorStream(live: false, source: .native)
    let names = names.map { stream.session.log.catalog.name($0) }
    stream.event(0, .environmentCreated(.onDemand))
    stream.event(100, .phaseBegan(.extensionInit))
    for name in names {
      stream.event(100, .extensionState(name: name, .started, errorType: .none))
      stream.event(100, .phaseBegan(.extensionInit, extensionName: name))
      stream.event(200, .extensionState(name: name, .registered, errorType: .none))
    }
    stream.event(200, .phaseEnded(PhaseEnd(.extensionInit, outcome: .success)))
    stream.span(.functionInit, 200, 500)
    if ready {
      for name in names {
        stream.event(500, .extensionState(name: name, .ready, errorType: .none))
        stream.event(500, .phaseEnded(PhaseEnd(.extensionInit, outcome: .success, extensionName: name)))
      }
    }
    events(&stream, names)
    stream.event(60_000, .marker(.none))
    return stream
  }

  private func explain(_ stream: EmulatorStream, at moment: Int64) throws -> String {
    var show = Show(stream.session)
    show.session.seek(to: Show.start + .milliseconds(moment))
    let timeline = show.session.timeline
    let track = try #require(timeline.tracks.first)
    let found = explanation(
      of: track, name: "env-1", catalog: show.session.log.catalog, timeline: timeline,
      stage: show.screen.stage())
    return try #require(found.text.first)
  }

  @Test("a reset is explained by the extension that ended")
  func failed() throws {
    let stream = Self.stream(["agent", "other"]) { stream, names in
      let request = stream.request()
      stream.event(500, .phaseBegan(.invoke), request: request)
      let crash = ErrorType.extensionCrash.name
      stream.event(900, .extensionState(name: names[1], .exitError, errorType: crash))
      stream.event(
        900, .phaseEnded(PhaseEnd(.invoke, outcome: .error, errorType: crash)), request: request)
      stream.span(.runtimeShutdown, 900, 950, .failure)
    }
    #expect(
      try explain(stream, at: 2_000)
        == "No process runs here: reset because extension other ended by itself: Extension.Crash.")
  }

  @Test(
    "by the one that did not ask for more, or by an extension where there are several", arguments: [1, 2])
  func hung(count: Int) throws {
    let stream = Self.stream(Array(["agent", "other"].prefix(count))) { stream, _ in
      let request = stream.request()
      stream.event(500, .phaseBegan(.invoke), request: request)
      stream.event(700, .runtimeDone(.success, errorType: .none), request: request)
      stream.event(
        3_500,
        .phaseEnded(PhaseEnd(.invoke, outcome: .timeout, errorType: ErrorType.sandboxTimedout.name)),
        request: request)
      stream.span(.runtimeShutdown, 3_500, 3_550, .timeout)
    }
    let who = count == 1 ? "extension agent" : "an extension"
    #expect(
      try explain(stream, at: 5_000)
        == "No process runs here: reset because \(who) had not asked for the next event by the timeout: Sandbox.Timedout."
    )
  }

  @Test("by the invocation where no extension was it")
  func function() throws {
    let stream = Self.stream(["agent"]) { stream, _ in
      stream.span(.invoke, 500, 900, .error, .runtimeExitError, request: stream.request())
      stream.span(.runtimeShutdown, 900, 950, .failure)
    }
    #expect(
      try explain(stream, at: 2_000)
        == "Its cause: Runtime.ExitError. No process runs here.")
  }

  @Test("by the one that init waited for, and init names it while it waits")
  func unready() throws {
    let stream = Self.stream(["agent", "other"], ready: false) { stream, names in
      stream.event(600, .extensionState(name: names[1], .ready, errorType: .none))
      stream.event(
        600, .phaseEnded(PhaseEnd(.extensionInit, outcome: .success, extensionName: names[1])))
      stream.event(
        10_100, .initReport(InitReport(outcome: .timeout, errorType: ErrorType.runtimeUnknown.name)))
      stream.span(.runtimeShutdown, 10_100, 10_200, .timeout)
    }
    #expect(
      try explain(stream, at: 550)
        == "The runtime is ready; init ends when extensions agent, other ask for their first event.")
    #expect(
      try explain(stream, at: 2_000)
        == "The runtime is ready; init ends when extension agent asks for its first event.")
    #expect(
      try explain(stream, at: 11_000)
        == "No process runs here: reset because extension agent never asked for the first event.")
  }

  @Test("the words of findings")
  func findings() {
    var catalog = Catalog()
    let agent = catalog.name("agent")
    let crash = ErrorType.extensionCrash.name
    func words(
      _ kind: Finding.Kind, _ count: Int = 2, _ longest: Nanoseconds? = .milliseconds(1_500),
      _ change: (inout Finding) -> Void = { _ in }
    ) -> String {
      var finding = Finding(kind, count: count)
      finding.longest = longest
      change(&finding)
      return finding.words(catalog)
    }
    #expect(
      words(.busyExtension(agent)) == "extension agent held up 2 invocations by up to 1.50 s after the answer"
    )
    #expect(words(.busyExtension(.none), 1) == "an extension held up 1 invocation by 1.50 s after the answer")
    #expect(
      words(.hungExtension(agent))
        == "extension agent kept 2 invocations until the timeout, up to 1.50 s after the answer")
    #expect(
      words(.failedExtension(agent, .exitError), 2, nil) { $0.invocations = 1 }
        == "extension agent ended by itself, 2 times; 1 invocation failed with it")
    #expect(
      words(.unreadyExtension(agent), 1, .seconds(10)) { $0.waited = .seconds(15) }
        == "extension agent never asked for its next event, 10.0 s of init; its caller waited 15.0 s")
    #expect(
      words(.failedInit(crash)) {
        $0.extensionName = agent
        $0.hasSecondRun = true
      }
        == "2 failed inits: Extension.Crash, the longest 1.50 s with its second run, because of extension agent"
    )
    #expect(
      words(.error(crash), 1, .seconds(1)) { $0.extensionName = agent }
        == "1 failed request: Extension.Crash, because of extension agent")
    #expect(words(.killedRuntime, 1) == "1 runtime killed at shutdown after its share of SIGTERM, 1.50 s")
    #expect(words(.droppedEvent(reason: .none), 3, nil) == "3 events given up by the queue")
    #expect(
      words(.coldStart, 2, .seconds(3)) {
        ($0.measured, $0.total) = (2, .seconds(4))
        $0.parts = [Finding.Part(phase: .functionInit, total: .seconds(1))]
      } == "2 cold starts, mean wait 2.00 s (the longest 3.00 s): function init 500 ms")
  }
}
