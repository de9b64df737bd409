import LambdaLifecycle
import Testing

@Suite("Environments of which nothing is heard")
struct SilenceTests {
  private func session(_ log: HandLog, _ source: SourceKind) -> Session {
    var session = Session(reading: source, live: false, start: 0)
    session.log.catalog = log.catalog
    session.log.catalog[session.log.catalog.source].kind = source
    session.log.events = log.events
    _ = session.fold()
    return session
  }

  /// One invocation, and much later one in another environment.
  private func log(returns: Bool) -> HandLog {
    var log = HandLog()
    log.span(.invoke, 0, 1, in: "a", 1)
    log.span(.invoke, 3_600, 3_601, in: "b", 2)
    if returns { log.span(.invoke, 3_700, 3_701, in: "a", 3) }
    return log
  }

  @Test("after long silence nobody knows, where a shutdown would not be told")
  func unknown() throws {
    let track = try #require(session(log(returns: false), .cloudWatch).timeline.tracks.first)
    #expect(track.state(at: .seconds(800)) == .frozen)
    #expect(track.state(at: .seconds(901)) == .unknown)
    #expect(track.stateBegan(at: .seconds(3_000)) == .seconds(901))
    #expect(track[.inferredFrozen].open(at: .seconds(1_000)) == 0)
    #expect(track.gone == .never)
  }

  @Test("one that is heard of again had been frozen all the time")
  func returns() throws {
    let timeline = session(log(returns: true), .cloudWatch).timeline
    let track = try #require(timeline.tracks.first)
    #expect(track.silentFrom == .never)
    #expect(track.state(at: .seconds(1_000)) == .frozen)
    #expect(track[.inferredFrozen].starts.times == [.seconds(1), .seconds(3_701)])
    #expect(track[.inferredFrozen].ends.times == [.seconds(3_700)])
    #expect(timeline.anomalies == 0)
  }

  @Test("a source that would tell the end leaves no doubt")
  func told() throws {
    let track = try #require(session(log(returns: false), .rie).timeline.tracks.first)
    #expect(track.state(at: .seconds(3_000)) == .frozen)
  }
}
