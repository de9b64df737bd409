import LambdaLifecycle
import Testing

@Suite("Payloads")
struct PayloadTests {
  private func payload(_ side: Payload.Side, at offset: Int64) -> Payload {
    Payload(side, TextRange(offset: offset, length: 2), bytes: 2)
  }

  @Test("a request's event and answer are found by its id; the latest that was told counts")
  func found() {
    var log = HandLog()
    log.arrive(1, 1)
    log.add(1, .payload(payload(.event, at: 0)), 1)
    log.arrive(2, 2)
    log.add(3, .payload(payload(.answer, at: 2)), 1)
    log.add(4, .payload(payload(.answer, at: 4)), 1)
    log.add(4, .payload(payload(.answer, at: 6)), 0)
    let timeline = log.timeline()
    let told = timeline.payloads(of: RequestID(high: 1, low: 1))
    #expect(told?.event == payload(.event, at: 0))
    #expect(told?.answer == payload(.answer, at: 4))
    #expect(timeline.payloads(of: RequestID(high: 1, low: 2)) == nil)
    #expect(timeline.payloads(of: .none) == nil)
  }

  @Test("with a request that is no longer kept, what it sent goes")
  func letGo() {
    var log = HandLog()
    for request in 1...6_000 {
      let (time, id) = (Int64(request) * 10, UInt64(request))
      log.arrive(time, id)
      log.add(time, .payload(payload(.event, at: 0)), id)
      log.span(.invoke, time, time + 1, id)
      log.add(time + 1, .requestAnswered(.success, errorType: .none), in: "a", id)
    }
    var timeline = log.timeline()
    timeline.keep(.time(.seconds(600)))
    #expect(timeline.requests.count < 200)
    #expect(timeline.payloads(of: RequestID(high: 1, low: 10)) == nil)
    #expect(timeline.payloads(of: RequestID(high: 1, low: 6_000)) != nil)
  }
}
