import LambdaLifecycle
import Testing

/// An init of our emulator, which is one piece until something is seen of what it does.
@Suite("Divided inits")
struct DividedInitTests {
  /// An init from 0 to 10, and marks of function init.
  private func log(_ marks: [(time: Int64, isInferred: Bool)]) -> HandLog {
    var log = HandLog()
    log.add(0, .environmentCreated(.onDemand), in: "a")
    log.span(.initialization, 0, 10)
    for mark in marks {
      log.add(
        mark.time, .mark(Mark(.functionInit, .begin, isInferred: mark.isInferred)), in: "a")
    }
    log.span(.invoke, 10, 12, 1)
    return log
  }

  /// `runtimeInit 0-4`, a `?` where it is concluded.
  private func spans(_ log: HandLog, _ source: SourceKind = .emulator) -> [String] {
    let timeline = log.timeline(source)
    return timeline.tracks[0].spans(timeline.requests).filter { $0.phase.isInit }.map { span in
      let end = span.end.map { "\($0 / .seconds(1))" } ?? "…"
      return "\(span.phase.wireName) \(span.start / .seconds(1))-\(end)\(span.isObserved ? "" : "?")"
    }
  }

  @Test("the mark divides it, in whatever order it comes")
  func divided() {
    let expected = ["runtimeInit 0-4", "functionInit 4-10"]
    let marked = log([(4, false)])
    let whole = marked.events.filter { if case .mark = $0.kind { false } else { true } }
    let marks = marked.events.filter { if case .mark = $0.kind { true } else { false } }
    for place in 1...whole.count {
      var log = marked
      log.events = Array(whole[..<place]) + marks + Array(whole[place...])
      // Before its init has begun, nothing can be divided.
      #expect(spans(log) == (place < 2 ? ["init 0-10"] : expected), "\(place)")
    }
  }

  @Test("where it was concluded which environment was seen, both parts say so")
  func inferred() {
    #expect(spans(log([(4, true)])) == ["runtimeInit 0-4?", "functionInit 4-10?"])
  }

  @Test(
    "what the function says itself moves the boundary, and is observed",
    arguments: [(4, false, 6), (4, true, 6), (6, true, 4)])
  func moved(seen: Int64, isInferred: Bool, said: Int64) {
    #expect(
      spans(log([(seen, isInferred), (said, false)]))
        == ["runtimeInit 0-\(said)", "functionInit \(said)-10"])
  }

  @Test("a boundary that was seen is not moved back, nor by another that is concluded")
  func kept() {
    #expect(spans(log([(6, false), (4, false)])) == ["runtimeInit 0-6", "functionInit 6-10"])
    #expect(spans(log([(4, true), (6, true)])) == ["runtimeInit 0-4?", "functionInit 4-10?"])
  }

  @Test("of another source the first mark counts")
  func elsewhere() {
    #expect(
      spans(log([(4, false), (6, false)]), .rie) == ["runtimeInit 0-4", "functionInit 4-10"])
  }
}
