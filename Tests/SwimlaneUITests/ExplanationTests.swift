import LambdaLifecycle
@testable import SwimlaneUI
import TestSupport
import Testing

/// The words of the pane on every state. Its sentences are in Golden/explanations.txt, to be read beside the
/// documentation.
@Suite("Explanations")
struct ExplanationTests {
  private typealias Case = (name: String, show: Show)

  private static func simulated(
    _ moments: Int64..., requests: [RequestKind] = [.normal], scenario: Scenario = .playground
  ) -> Show {
    var show = Show(scenario)
    for (request, moment) in zip(requests, moments) {
      show.perform(.request(request))
      show.go(to: moment)
    }
    return show
  }

  private static func streamed(
    _ source: SourceKind = .rie, at moment: Int64, ended: Bool = false,
    _ events: (inout EmulatorStream) -> Void
  ) -> Show {
    var stream = EmulatorStream(live: false, source: source)
    stream.event(0, .environmentCreated(.onDemand))
    events(&stream)
    // Something later, so that the moment lies within what is known.
    if !ended { stream.event(60_000, .marker(.none)) }
    var show = Show(stream.session)
    if ended { show.session.endInput() }
    show.session.seek(to: Show.start + .milliseconds(moment))
    return show
  }

  private static func publishing(at moment: Int64, _ outcome: Outcome) -> Show {
    streamed(.native, at: moment) { stream in
      stream.event(0, .environmentCreated(.snapStart))
      stream.span(.runtimeInit, 0, 400)
      stream.span(.functionInit, 400, 900, outcome)
      stream.event(2_000, .environmentGone(outcome == .success ? .spindown : .failure, detail: .none))
    }
  }

  /// Ready after 1 s; two invocations, from 2 to 4 and from 3 to 5 s, the latter too long.
  private static func managedInstance(at moment: Int64) -> Show {
    streamed(.native, at: moment) { stream in
      stream.event(0, .environmentCreated(.managedInstances))
      stream.span(.functionInit, 0, 1_000)
      let (first, second) = (stream.request(), stream.request())
      stream.event(2_000, .phaseBegan(.invoke), request: first)
      stream.event(3_000, .phaseBegan(.invoke), request: second)
      stream.event(4_000, .phaseEnded(PhaseEnd(.invoke, outcome: .success)), request: first)
      stream.event(5_000, .phaseEnded(PhaseEnd(.invoke, outcome: .timeout)), request: second)
    }
  }

  private static var cases: [Case] {
    var slow = Scenario.playground
    slow.function.extensions[0].ready = .fixed(.seconds(3))
    let gone = ShutdownReason.allCases.map { reason in
      (
        "gone, \(reason.wireName)",
        streamed(at: 2_000) { stream in
          let detail = reason == .emulatorFailure ? stream.session.log.catalog.name("panic") : .none
          stream.event(1_000, .environmentGone(reason, detail: detail))
        }
      )
    }
    let asked = streamed(at: 2_000) { stream in
      let detail = stream.session.log.catalog.name(ShutdownDetail.onRequest.wireName)
      stream.event(1_000, .environmentGone(.spindown, detail: detail))
    }
    return [
      ("gone, on request", asked), ("creating", simulated(60)), ("extension init", simulated(250)),
      ("runtime init", simulated(380)),
      ("function init", simulated(700)), ("waiting for an extension", simulated(2_000, scenario: slow)),
      ("init, not divided", streamed(at: 500) { $0.span(.initialization, 0, 900) }),
      ("restore", streamed(.native, at: 500) { $0.span(.restore, 0, 900) }),
      ("publishing, init", publishing(at: 500, .success)),
      ("publishing, snapshot", publishing(at: 1_000, .success)),
      ("published", publishing(at: 2_500, .success)), ("not published", publishing(at: 2_500, .error)),
      ("Managed Instance, init", managedInstance(at: 500)),
      ("Managed Instance, ready", managedInstance(at: 1_500)),
      ("Managed Instance, one invocation", managedInstance(at: 2_500)),
      ("Managed Instance, two invocations", managedInstance(at: 3_500)),
      ("Managed Instance, idle after a timeout", managedInstance(at: 5_500)),
      ("init that failed", streamed(at: 950) { $0.span(.initialization, 0, 900, .error) }),
      ("init again after a failed init", simulated(2_700, requests: [.initCrash])),
      ("init again after a crash", simulated(3_000, 3_300, requests: [.crash, .normal])),
      ("invoking", simulated(1_240)), ("invoking, answered", simulated(1_300)), ("frozen", simulated(6_000)),
      (
        "frozen, in a recording",
        streamed(.native, at: 2_000) {
          $0.span(.invoke, 900, 1_000, request: $0.request())
          $0.event(1_000, .phaseBegan(.frozen))
        }
      ),
      ("frozen, inferred", streamed(at: 2_000) { $0.span(.invoke, 900, 1_000, request: $0.request()) }),
      ("resetting", simulated(1_300, requests: [.crash])), ("reset", simulated(3_000, requests: [.crash])),
      ("runtime shutdown", simulated(11_316)), ("extension shutdown", simulated(11_700)),
      ("shutdown, not divided", streamed(at: 500) { $0.span(.shutdown, 400, 900) }),
    ] + gone
  }

  private func explain(_ show: Show) throws -> (state: EnvironmentState, text: [String]) {
    var show = show
    let timeline = show.session.timeline
    let track = try #require(timeline.tracks.first)
    return explanation(
      of: track, name: "env-1", catalog: show.session.log.catalog, timeline: timeline,
      stage: show.screen.stage())
  }

  @Test("the sentences")
  func sentences() throws {
    var text = ""
    for (name, show) in Self.cases {
      let found = try explain(show)
      text += "\(name): env-1 \(found.state.phrase).\n" + found.text.map { "  \($0)\n" }.joined()
    }
    try expectGolden("explanations", text)
  }

  @Test("the unknown")
  func unknown() throws {
    var show = Self.streamed(at: 1_000, ended: true) { $0.event(500, .phaseBegan(.initialization)) }
    var stage = show.screen.stage()
    stage.inputEnd = stage.time - 1
    let found = explanation(
      of: show.session.timeline.tracks[0], name: "env-1", catalog: show.session.log.catalog,
      timeline: show.session.timeline, stage: stage)
    #expect(found.state == .unknown)
    #expect(found.text.first?.contains("does not tell") == true)
  }

  @Test("every state that an environment can have is explained, in two paragraphs")
  func complete() throws {
    var states: Set<EnvironmentState> = []
    for (name, show) in Self.cases {
      let found = try explain(show)
      states.insert(found.state)
      #expect(found.text.count == 2, "\(name)")
      #expect(found.text.allSatisfy { $0.hasSuffix(".") || $0.hasSuffix(". (panic)") }, "\(name)")
    }
    #expect(
      states == [
        .creating, .initializing, .restoring, .publishing, .invoking, .frozen, .idle, .resetting, .reset,
        .shuttingDown, .gone,
      ])
  }

  @Test("it has room in the four rows that a terminal of 80×24 gives it")
  func room() throws {
    for (name, show) in Self.cases {
      let found = try explain(show)
      let heading = "env-1 \(found.state.phrase).".count + 1
      let rows =
        wrap(found.text[0], first: 78 - heading, others: 76) + wrap(found.text[1], first: 78, others: 76)
      #expect(rows.count <= 4, "\(name)")
      #expect(rows.allSatisfy { $0.count <= 78 })
    }
  }

  @Test("what AWS does not publish is said to be measured, what the simulation does is said to be its own")
  func honest() throws {
    for (_, show) in Self.cases {
      let text = try explain(show).text.joined(separator: " ")
      if text.contains("six minutes") { #expect(text.contains("have been measured")) }
      if text.contains("shuts it down in") { #expect(text.contains("This simulation shuts it down")) }
      if !show.session.lead.isObserved { #expect(!text.contains("this source does not tell")) }
    }
  }
}
