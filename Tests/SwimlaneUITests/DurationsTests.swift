import LambdaLifecycle
@testable import SwimlaneUI
import Testing

@Suite("Lengths and moments as text")
struct DurationsTests {
  @Test(
    "a length",
    arguments: [
      (0, "0 ms"), (999, "999 ns"), (1_000, "1 µs"), (812_499, "812 µs"), (1_000_000, "1.0 ms"),
      (2_340_000, "2.3 ms"), (9_949_999, "9.9 ms"), (10_000_000, "10 ms"), (81_499_999, "81 ms"),
      (999_499_999, "999 ms"), (999_500_000, "1.00 s"), (1_279_600_000, "1.28 s"), (9_994_999_999, "9.99 s"),
      (9_995_000_000, "10.0 s"), (59_949_999_999, "59.9 s"), (60_000_000_000, "1 m 00 s"),
      (125_000_000_000, "2 m 05 s"), (3_599_499_999_999, "59 m 59 s"), (12_000_000_000_000, "3 h 20 m"),
      (-81_000_000, "-81 ms"),
    ] as [(Nanoseconds, String)])
  func length(length: Nanoseconds, expected: String) {
    #expect(text(ofLength: length) == expected)
  }

  @Test("longer never reads shorter: no rounding jumps over a unit")
  func noGap() {
    #expect(text(ofLength: 9_999_999) == "10.0 ms")
    #expect(text(ofLength: 59_950_000_000) == "1 m 00 s")
    #expect(text(ofLength: 59_999_999_999) == "1 m 00 s")
    #expect(text(ofLength: 3_599_500_000_000) == "1 h 00 m")
    #expect(text(ofLength: 3_629_999_999_999) == "1 h 00 m")
    #expect(text(ofLength: 3_630_000_000_000) == "1 h 01 m")
  }

  @Test(
    "a setting",
    arguments: [
      (.seconds(1), "1 s"), (.seconds(10), "10 s"), (.milliseconds(1_500), "1.5 s"),
      (.milliseconds(300), "300 ms"), (.seconds(60), "1 min"), (.seconds(90), "90 s"),
      (.seconds(360), "6 min"), (.seconds(3_600), "60 min"), (0, "0 s"),
    ] as [(Nanoseconds, String)])
  func setting(length: Nanoseconds, expected: String) {
    #expect(text(ofSetting: length) == expected)
  }

  @Test(
    "a clock",
    arguments: [
      (0, "00:00.0"), (.milliseconds(12_449), "00:12.4"), (.seconds(61), "01:01.0"),
      (.milliseconds(3_599_999), "59:59.9"), (.milliseconds(3_723_400), "1:02:03.4"),
      (-.seconds(1), "00:00.0"),
    ] as [(Nanoseconds, String)])
  func clock(offset: Nanoseconds, expected: String) {
    #expect(text(ofClock: offset) == expected)
  }

  @Test(
    "a label of the axis",
    arguments: [
      (0, .seconds(1), "0s"), (.seconds(7), .seconds(1), "7s"), (.seconds(59), .seconds(1), "59s"),
      (.seconds(75), .seconds(5), "1:15"), (.seconds(3_600), .seconds(600), "1h00"),
      (.seconds(5_400), .seconds(600), "1h30"), (.seconds(3_605), .seconds(5), "1h00:05"),
      (.milliseconds(200), .milliseconds(200), "200ms"),
      (.milliseconds(1_200), .milliseconds(200), "1.2s"), (.milliseconds(1_250), .milliseconds(50), "1.25s"),
      (.milliseconds(1_005), .milliseconds(5), "1.005s"), (300_000, 100_000, "0.3ms"),
      (150_000, 50_000, "0.15ms"), (-.seconds(2), .seconds(1), "-2s"),
    ] as [(Nanoseconds, Nanoseconds, String)])
  func tick(offset: Nanoseconds, step: Nanoseconds, expected: String) {
    #expect(text(ofTick: offset, step: step) == expected)
  }

  @Test("two neighbouring labels never read the same", arguments: Viewport.zoomSteps)
  func labelsDiffer(step: Nanoseconds) {
    for start in [0, .seconds(58), .seconds(3_590), .seconds(100_000)] as [Nanoseconds] {
      let first = start / step
      let labels = (first..<first + 30).map { text(ofTick: $0 * step, step: step) }
      #expect(Set(labels).count == labels.count, "\(labels)")
    }
  }
}

@Suite struct CountTextTests {
  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1,000"), (1_769, "1,769"), (10_240, "10,240"), (1_234_567, "1,234,567"),
    (-1_000, "-1,000"),
  ])
  func thousandsApart(value: Int, text: String) { #expect(SwimlaneUI.text(ofCount: value) == text) }

  @Test(
    "a share is never 0 % or 100 % if it is neither",
    arguments: [
      (0.0, "0 %"), (0.000_001, "<1 %"), (0.004_9, "<1 %"), (0.005, "1 %"), (0.123, "12 %"), (0.996, ">99 %"),
      (1, "100 %"),
    ])
  func shares(share: Double, expected: String) {
    #expect(text(ofShare: share) == expected)
  }
}
