import LambdaLifecycle
import SwimlaneUI
import Testing

/// What RIE tells, written as events: init undivided, nothing about freezing, milliseconds.
struct EmulatorStream {
  var session: Session
  private let function: Name
  private let environment: EnvironmentID
  private var requests = 0

  init(live: Bool) {
    session = Session(reading: .rie, live: live, start: Show.start)
    function = session.log.catalog.name("app.handler")
    environment = session.log.catalog.environment(session.log.catalog.name("rie-1"), of: function)
  }

  mutating func event(_ milliseconds: Int64, _ kind: LifecycleEvent.Kind, request: RequestID = .none) {
    session.log.append(
      LifecycleEvent(
        time: Show.start + .milliseconds(milliseconds), function: function, environment: environment,
        request: request, kind: kind))
  }

  mutating func span(
    _ phase: Phase, _ begin: Int64, _ end: Int64, _ outcome: Outcome = .success, _ error: ErrorType = .none,
    request: RequestID = .none
  ) {
    event(begin, .phaseBegan(phase), request: request)
    event(
      end, .phaseEnded(PhaseEnd(phase, outcome: outcome, errorType: error.name)), request: request)
  }

  /// The next request id.
  mutating func request() -> RequestID {
    requests += 1
    return session.log.catalog.request("3f1c7a52-0000-4000-8000-00000000000\(requests)")
  }

  /// A cold start, a warm request, one that is too late, a re-init after it, a crash.
  mutating func life() {
    event(0, .environmentCreated(.onDemand))
    span(.initialization, 0, 900)
    span(.invoke, 900, 1_500, request: request())
    span(.invoke, 3_000, 3_200, request: request())
    span(.invoke, 4_500, 7_500, .timeout, .sandboxTimedout, request: request())
    span(.shutdown, 7_500, 7_800, .timeout)
    span(.initialization, 9_000, 9_800)
    span(.invoke, 9_800, 10_100, request: request())
    span(.invoke, 11_000, 11_400, .error, .runtimeExitError, request: request())
    span(.shutdown, 11_400, 11_600, .failure)
  }
}

@Suite("Screens of a stream")
struct StreamScreenTests {
  private func show(until moment: Int64, live: Bool = true) -> Show {
    var stream = EmulatorStream(live: live)
    stream.life()
    var show = Show(stream.session, fitsAll: !live)
    show.title = live ? "watch: aws-lambda-rie" : "play: session.log"
    if live { show.go(to: moment) } else { show.session.seek(to: Show.start + .milliseconds(moment)) }
    return show
  }

  @Test("nothing has come yet")
  func waiting() throws {
    var show = Show(Session(reading: .rie, live: true, start: Show.start))
    show.title = "watch: aws-lambda-rie"
    try expectScreen("live-waiting-80x24", show.frame(80, 24))
  }

  @Test("live: init undivided, frozen inferred, a timeout, a reset, a re-init, a crash")
  func live() throws {
    var show = show(until: 12_000)
    try expectScreen("live-120x40", show.frame(120, 40))
    show = self.show(until: 12_000)
    try expectScreen("live-80x24", show.frame(80, 24))
    show.press(.enter)
    try expectScreen("live-collapsed-80x24", show.frame(80, 24))
  }

  @Test(
    "live: what it says at a moment",
    arguments: [("init", 500), ("idle", 2_500), ("reset", 7_600), ("waits", 8_500)])
  func moments(name: String, moment: Int64) throws {
    var show = show(until: 12_000)
    show.session.seek(to: Show.start + .milliseconds(moment))
    try expectScreen("live-\(name)-80x24", show.frame(80, 24))
  }

  @Test("live: after the end of the input nobody knows")
  func ended() throws {
    var show = show(until: 12_000)
    show.session.endInput()
    show.go(to: 14_000)
    try expectScreen("live-ended-80x24", show.frame(80, 24))
  }

  @Test("a recording, whole: fit all")
  func play() throws {
    var show = show(until: 11_500, live: false)
    try expectScreen("play-120x40", show.frame(120, 40))
    show.session.seek(to: Show.start + .milliseconds(5_000))
    try expectScreen("play-middle-120x40", show.frame(120, 40))
    try expectScreen("play-middle-200x60", show.frame(200, 60))
  }
}
