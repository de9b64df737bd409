import LambdaLifecycle
import TestSupport
import Testing

@testable import TimelineExport

@Suite("Diagrams of lanes")
struct LanesDiagramTests {
  /// Environments of every initialization type, in milliseconds; one request to each, and one that is throttled.
  private static let types: Session = {
    var session = Session(reading: .native, live: false, start: Sessions.start)
    func event(_ time: Int64, _ kind: LifecycleEvent.Kind, _ name: String = "", _ request: String = "") {
      let function = session.log.catalog.name("hello")
      session.log.append(
        LifecycleEvent(
          time: Sessions.start + .milliseconds(time), function: function,
          environment: name.isEmpty
            ? .none : session.log.catalog.environment(session.log.catalog.name(name), of: function),
          request: request.isEmpty ? .none : session.log.catalog.request(request), kind: kind))
    }
    func span(
      _ phase: Phase, _ begin: Int64, _ end: Int64, _ name: String, _ request: String = "",
      _ outcome: Outcome = .success
    ) {
      event(begin, .phaseBegan(phase), name, request)
      event(end, .phaseEnded(PhaseEnd(phase, outcome: outcome)), name, request)
    }
    func serve(
      _ begin: Int64, _ ready: Int64, _ end: Int64, _ name: String, _ request: String,
      _ outcome: Outcome = .success
    ) {
      event(begin, .requestArrived, "", request)
      event(begin, .requestAssigned, name, request)
      span(.invoke, ready, end, name, request, outcome)
    }
    event(0, .environmentCreated(.onDemand), "env-1")
    span(.create, 0, 120, "env-1")
    span(.extensionInit, 120, 200, "env-1")
    span(.runtimeInit, 200, 350, "env-1")
    span(.functionInit, 350, 700, "env-1")
    serve(0, 700, 900, "env-1", "a")
    span(.frozen, 900, 1_500, "env-1")
    serve(1_500, 1_500, 1_900, "env-1", "b", .timeout)
    span(.runtimeShutdown, 1_900, 1_905, "env-1", "", .timeout)
    event(2_500, .environmentGone(.timeout, detail: .none), "env-1")
    event(0, .environmentCreated(.snapStart), "env-2")
    span(.initialization, 0, 800, "env-2")
    event(900, .environmentGone(.spindown, detail: .none), "env-2")
    event(1_000, .environmentCreated(.snapStart), "env-3")
    span(.restore, 1_000, 1_250, "env-3")
    serve(1_000, 1_250, 1_400, "env-3", "c")
    event(1_400, .phaseBegan(.frozen), "env-3")
    event(0, .environmentCreated(.managedInstances), "env-4")
    span(.initialization, 0, 600, "env-4")
    for place in 0..<3 as Range<Int64> {
      event(1_000 + 100 * place, .requestArrived, "", "m\(place)")
      event(1_000 + 100 * place, .requestAssigned, "env-4", "m\(place)")
      event(1_000 + 100 * place, .phaseBegan(.invoke), "env-4", "m\(place)")
    }
    for place in 0..<3 as Range<Int64> {
      event(1_400 + 200 * place, .phaseEnded(PhaseEnd(.invoke, outcome: .success)), "env-4", "m\(place)")
    }
    for start in stride(from: Int64(2_000), to: 2_500, by: 100) {
      serve(start, start, start + 40, "env-4", "n\(start)")
    }
    event(1_700, .requestArrived, "", "t")
    event(1_700, .requestThrottled(reason: .none), "", "t")
    session.log.events.sort { $0.time < $1.time }
    _ = session.fold()
    return session
  }()

  @Test("every initialization type, in Unicode and ASCII", arguments: [false, true])
  func types(isASCII: Bool) throws {
    let diagram = LanesDiagram(Self.types.timeline, Self.types.log.catalog, isASCII: isASCII)
    let text = diagram.text()
    try expectGolden("diagram-types\(isASCII ? "-ascii" : "").txt", text)
    if isASCII { #expect(!text.unicodeScalars.contains { !$0.isASCII }) }
  }

  @Test("simulated and emulated, at several widths", arguments: [40, 100])
  func sessions(width: Int) throws {
    for (name, session) in [("simulated", Sessions.simulated), ("emulated", Sessions.emulated)] {
      let diagram = LanesDiagram(session.timeline, session.log.catalog, width: width)
      try expectGolden("diagram-\(name)-\(width).txt", diagram.text())
    }
  }

  @Test("nothing happened: nothing is drawn")
  func empty() {
    let session = Session(reading: .native, live: false, start: 0)
    #expect(LanesDiagram(session.timeline, session.log.catalog).text().isEmpty)
  }

  @Test("the first moment is in the first column, the last in the last", arguments: [10, 37, 64])
  func edges(width: Int) throws {
    let lines = LanesDiagram(Self.types.timeline, Self.types.log.catalog, width: width, isASCII: true).text()
      .split(separator: "\n")
    let bars = lines.map { $0.dropFirst(22).prefix(width) }
    #expect(bars.contains { $0.first == "c" })
    let frozen = try #require(lines.last { $0.contains("so far") })
    #expect(frozen.dropFirst(22).prefix(width).last == "-")
  }

  @Test("names of a stream cannot break out of it")
  func names() {
    var session = Session(reading: .native, live: false, start: 0)
    let environment = session.log.catalog.environment(session.log.catalog.name("\u{1B}[2J\n"), of: .none)
    session.log.append(LifecycleEvent(time: 0, environment: environment, kind: .phaseBegan(.create)))
    _ = session.fold()
    let text = LanesDiagram(session.timeline, session.log.catalog).text()
    #expect(!text.unicodeScalars.contains(where: isDangerous))
  }
}
