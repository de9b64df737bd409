import LambdaLifecycle
import Testing

@Suite("What an environment is billed for")
struct EnvironmentBillTests {
  /// Requests a second apart, half a second long, billed 600 ms of 512 MB each.
  private func log(_ count: Int) -> HandLog {
    var log = HandLog()
    log.add(0, .environmentCreated(.onDemand), in: "a")
    for index in 0..<count {
      let request = UInt64(index + 1)
      log.span(.invoke, Int64(2 * index), Int64(2 * index + 1), in: "a", request)
      log.add(
        Int64(2 * index + 1), .report(Report(billedMs: 600, memoryMB: 512)), in: "a", request)
    }
    return log
  }

  @Test("forward and back, it is what has ended by then", arguments: [40, 20_000])
  func seeks(count: Int) {
    let timeline = log(count).timeline()
    var cursor = EnvironmentBillCursor()
    let moments = [count, 0, 1, count - 1, count / 2, count / 3, 2 * count, count / 2 + 1]
    for moment in moments {
      let bill = cursor.bill(of: timeline.tracks[0], timeline, at: .seconds(Int64(moment)))
      let ended = min(count, (moment + 1) / 2)
      #expect(bill.invocations == ended, "at \(moment)")
      #expect(bill.milliseconds == Int64(600 * ended))
      #expect(abs(bill.billing.gbSeconds - 0.3 * Double(ended)) < 0.001)
    }
  }

  @Test("the price is that of its requests and its GB-seconds [pricing page]")
  func price() {
    let timeline = log(10).timeline()
    var cursor = EnvironmentBillCursor()
    let cost = PriceTable().cost(of: cursor.bill(of: timeline.tracks[0], timeline, at: .seconds(100)))
    #expect(abs(cost - (10 * 0.20 / 1_000_000 + 3 * 0.0000166667)) < 1e-12)
  }

  @Test("of an Arm function it is what the statistics say, init included [pricing page]")
  func arm() {
    var log = HandLog()
    var function = FunctionDescription()
    function.architecture = .arm64
    log.add(0, .environmentCreated(.provisionedConcurrency), in: "a")
    log.add(0, .functionDescribed(function), in: "a")
    log.span(.functionInit, 0, 1)
    log.add(
      1,
      .initReport(InitReport(initializationType: .provisionedConcurrency, billedMs: 1_000, memoryMB: 1_024)),
      in: "a")
    log.span(.invoke, 2, 3, in: "a", 1)
    log.add(3, .report(Report(billedMs: 600, memoryMB: 1_024)), in: "a", 1)
    let timeline = log.timeline()
    var cursor = EnvironmentBillCursor()
    let bill = cursor.bill(of: timeline.tracks[0], timeline, at: .seconds(100))
    #expect(PriceTable().cost(of: bill) == PriceTable().cost(of: timeline.statistics))
    #expect(bill.billing.gbSeconds(.provisionedRun, .arm64) == 1.6)
  }

  @Test("another environment, and a past that went another way, are counted anew")
  func anew() {
    var log = log(10)
    log.span(.invoke, 1, 2, in: "b", 50)
    log.add(2, .report(Report(billedMs: 7, memoryMB: 512)), in: "b", 50)
    log.events.sort { $0.time < $1.time }
    var timeline = log.timeline()
    var cursor = EnvironmentBillCursor()
    #expect(cursor.bill(of: timeline.tracks[0], timeline, at: .seconds(100)).invocations == 10)
    #expect(cursor.bill(of: timeline.tracks[1], timeline, at: .seconds(100)).milliseconds == 7)
    #expect(cursor.bill(of: timeline.tracks[0], timeline, at: .seconds(100)).invocations == 10)
    timeline.fold(LifecycleEvent(time: .seconds(5), kind: .forked(at: .seconds(5))))
    #expect(cursor.bill(of: timeline.tracks[0], timeline, at: .seconds(100)).invocations == 3)
  }

  @Test("init that is billed apart from any invocation is part of it [provisioned concurrency page]")
  func initOfProvisioned() {
    var log = HandLog()
    log.add(0, .environmentCreated(.provisionedConcurrency), in: "a")
    log.span(.functionInit, 0, 1)
    let report = InitReport(
      initializationType: .provisionedConcurrency, duration: .seconds(1), billedMs: 1_000, memoryMB: 1_024)
    log.add(1, .initReport(report), in: "a")
    let timeline = log.timeline()
    var cursor = EnvironmentBillCursor()
    let bill = cursor.bill(of: timeline.tracks[0], timeline, at: .seconds(1))
    #expect(bill.invocations == 0)
    #expect(abs(PriceTable().cost(of: bill) - PriceTable().provisionedRunX86) < 1e-12)
    #expect(cursor.bill(of: timeline.tracks[0], timeline, at: 0).milliseconds == 0)
  }
}
