import LambdaLifecycle
import TestSupport
import Testing

@testable import SwimlaneUI

/// The details lead with what the latest request waited for, or what ended it.
@Suite("Causes")
struct CauseTests {
  private func cause(_ stream: EmulatorStream, at moment: Int64) throws -> RequestCause {
    var session = stream.session
    _ = session.fold()
    let track = try #require(session.timeline.tracks.first)
    return try #require(RequestCause(of: track, session.timeline, at: Show.start + .milliseconds(moment)))
  }

  private func words(_ stream: EmulatorStream, at moment: Int64) throws -> String {
    try cause(stream, at: moment).words(stream.session.log.catalog)
  }

  /// With what the function prints.
  private func printing(
    _ stream: inout EmulatorStream, _ moment: Int64, _ text: String, request: RequestID = .none
  ) {
    let range = stream.session.log.text.append(text)
    stream.event(moment, .output(.function, range), request: request)
  }

  @Test("a cold start: the largest part first; then a warm request; while they go on, so far")
  func cold() throws {
    var stream = EmulatorStream(live: true, source: .native)
    let (first, second) = (stream.request(), stream.request())
    stream.event(0, .requestArrived, request: first)
    stream.event(0, .requestAssigned, request: first)
    stream.span(.create, 0, 160)
    let agent = stream.session.log.catalog.name("logs-agent")
    stream.event(160, .phaseBegan(.extensionInit))
    stream.event(160, .phaseBegan(.extensionInit, extensionName: agent))
    stream.event(400, .phaseEnded(PhaseEnd(.extensionInit, outcome: .success, extensionName: agent)))
    stream.event(400, .phaseEnded(PhaseEnd(.extensionInit, outcome: .success)))
    stream.span(.runtimeInit, 400, 500)
    stream.span(.functionInit, 500, 1_180)
    stream.event(1_180, .phaseBegan(.invoke), request: first)
    stream.event(1_310, .requestAnswered(.success, errorType: .none), request: first)
    stream.event(1_310, .phaseEnded(PhaseEnd(.invoke, outcome: .success)), request: first)
    stream.event(2_000, .requestArrived, request: second)
    stream.event(2_000, .requestAssigned, request: second)
    stream.event(2_000, .phaseBegan(.invoke), request: second)
    stream.event(2_080, .requestAnswered(.success, errorType: .none), request: second)
    stream.event(2_080, .phaseEnded(PhaseEnd(.invoke, outcome: .success)), request: second)
    #expect(
      try words(stream, at: 1_500)
        == "cold start 1.31 s: function init 680 ms, extension init 240 ms (logs-agent), create 160 ms, invoke 130 ms, 1 more"
    )
    #expect(
      try words(stream, at: 200).hasPrefix("cold start 200 ms so far: create 160 ms, extension init 40 ms"))
    #expect(try words(stream, at: 2_100) == "warm, 80 ms in the handler")
    // The sum of its parts is what its caller waited.
    let cause = try cause(stream, at: 1_500)
    #expect(cause.parts.reduce(0) { $0 + $1.length } == cause.length)
    // The init stays to be seen after later requests.
    var show = Show(stream.session)
    show.go(to: 2_100)
    _ = show.frame(120, 40)
    show.press(.character("S"))
    let text = show.frame(120, 40).text
    #expect(text.contains("cold start of") && text.contains("function init") && text.contains("logs-agent"))
  }

  @Test("a failed init, a timeout and a failed request say after how long, where, and what was printed then")
  func bad() throws {
    var stream = EmulatorStream(live: true, source: .native)
    stream.session.history = EventHistory(limit: 1_000)
    let requests = (stream.request(), stream.request(), stream.request())
    stream.event(0, .requestArrived, request: requests.0)
    stream.event(0, .requestAssigned, request: requests.0)
    stream.event(0, .phaseBegan(.functionInit))
    printing(&stream, 100, "app: import begins")
    printing(&stream, 410, "Unable to import module 'app': No module named 'numpy'")
    stream.event(
      420,
      .phaseEnded(
        PhaseEnd(
          .functionInit, outcome: .error,
          errorType: stream.session.log.catalog.name("Runtime.ImportModuleError"))))
    stream.event(420, .requestAnswered(.error, errorType: .none), request: requests.0)
    printing(&stream, 1_000, "much later")
    stream.span(.initialization, 2_000, 2_400)
    stream.event(2_400, .requestArrived, request: requests.1)
    stream.event(2_400, .requestAssigned, request: requests.1)
    stream.event(2_400, .phaseBegan(.invoke), request: requests.1)
    printing(&stream, 2_500, "\u{1B}[31masking the database\u{7}", request: requests.1)
    printing(&stream, 2_600, "Error: somebody else's", request: requests.0)
    stream.event(5_400, .requestAnswered(.timeout, errorType: .none), request: requests.1)
    stream.event(5_400, .phaseEnded(PhaseEnd(.invoke, outcome: .timeout)), request: requests.1)
    var session = stream.session
    _ = session.fold()
    #expect(try words(stream, at: 1_500) == "init failed after 420 ms: Runtime.ImportModuleError")
    #expect(
      try cause(stream, at: 1_500).line(session.printed)?.text
        == "Unable to import module 'app': No module named 'numpy'")
    #expect(try words(stream, at: 6_000) == "timed out after 3.00 s, in the handler")
    let line = try cause(stream, at: 6_000).line(session.printed)
    #expect(line?.text.hasPrefix("asking the database") == true && line?.isError == false)
    #expect(try cause(stream, at: 3_000).line(session.printed) == nil)
    var show = Show(stream.session)
    show.go(to: 1_500)
    for _ in Pane.allCases where !show.frame(120, 40).text.contains("details of") { show.press(.tab) }
    let text = show.frame(200, 40).text
    #expect(text.contains("init failed after 420 ms: Runtime.ImportModuleError"))
    #expect(text.contains("No module named 'numpy'\""))
    show.press(.character("S"))
    #expect(show.frame(120, 40).text.contains("printed: \"Unable to import module 'app'"))
  }
}
