import LambdaLifecycle
import Testing

@Suite("Landmarks")
struct LandmarkTests {
  /// A cold start, a failure, a throttle, an end with a shutdown phase, and one without.
  private func log() -> HandLog {
    var log = HandLog()
    log.add(0, .environmentCreated(.onDemand), in: "a")
    log.arrive(0, 1)
    log.add(0, .requestAssigned, in: "a", 1)
    log.span(.functionInit, 0, 2, in: "a")
    log.span(.invoke, 2, 3, in: "a", 1)
    log.arrive(5, 2)
    log.add(5, .requestAssigned, in: "a", 2)
    log.span(.invoke, 5, 8, in: "a", 2, .timeout)
    log.arrive(6, 3)
    log.add(6, .requestThrottled(reason: .none), 3)
    log.span(.functionInit, 9, 10, in: "b", 0, .error)
    log.span(.shutdown, 20, 22, in: "a")
    log.add(22, .environmentGone(.spindown, detail: .none), in: "a")
    log.add(30, .environmentGone(.failure, detail: .none), in: "b")
    return log
  }

  private func times(_ timeline: Timeline, _ kind: Landmark) -> [Int64] {
    timeline.landmarks[kind].map { $0.time / .seconds(1) }
  }

  @Test(
    "each kind has its moments: bad answers and failed phases, cold arrivals, throttles, begins of the end")
  func kinds() {
    let log = log()
    let timeline = log.timeline()
    #expect(times(timeline, .error) == [8, 10])
    #expect(times(timeline, .coldStart) == [0])
    #expect(times(timeline, .throttle) == [6])
    #expect(times(timeline, .shutdown) == [20, 30])
    #expect(timeline.landmarks[.error].map { log.catalog.text($0.environment) } == ["a", "b"])
    #expect(timeline.landmarks[.throttle][0].environment == .none)
  }

  @Test("the next and the last, from any moment")
  func neighbours() {
    let timeline = log().timeline()
    func next(_ time: Int64) -> Int? { timeline.landmarks.next(.error, after: .seconds(time)) }
    func last(_ time: Int64) -> Int? { timeline.landmarks.last(.error, before: .seconds(time)) }
    #expect([0, 7, 8, 9, 10].map(next) == [0, 0, 1, 1, nil])
    #expect([8, 9, 10, 11].map(last) == [nil, 0, 0, 1])
  }

  @Test("those before a moment are let go with the rest of the detail")
  func letGo() {
    var log = HandLog()
    for time in 1...60 { log.add(Int64(time), .requestThrottled(reason: .none), UInt64(time)) }
    log.add(100, .marker(.none))
    var timeline = log.timeline()
    timeline.keep(.time(.seconds(60)))
    #expect(times(timeline, .throttle) == Array(40...60))
  }

  @Test("told backwards, they are in order; a fork takes back what came after it")
  func order() {
    var log = HandLog()
    for time in (1...50).reversed() {
      log.add(Int64(time), .requestThrottled(reason: .none), UInt64(time))
    }
    #expect(times(log.timeline(), .throttle) == Array(1...50))
    var forked = self.log()
    forked.add(21, .forked(at: .seconds(21)))
    let timeline = forked.timeline()
    #expect(times(timeline, .error) == [8, 10])
    // It had begun to go, and has not gone.
    #expect(times(timeline, .shutdown) == [])
    forked.add(22, .environmentGone(.spindown, detail: .none), in: "a")
    #expect(times(forked.timeline(), .shutdown) == [20])
  }
}
