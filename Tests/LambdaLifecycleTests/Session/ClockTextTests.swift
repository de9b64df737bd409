import LambdaLifecycle
import Testing

@Suite struct ClockTextTests {
  @Test(arguments: [
    ("90", Nanoseconds.seconds(90)), ("1.5", .milliseconds(1_500)), ("250ms", .milliseconds(250)),
    ("1m30s", .seconds(90)), ("2h", .seconds(7_200)), ("1d2h", .seconds(93_600)), ("1:30", .seconds(90)),
    ("1:02:03.5", .milliseconds(3_723_500)), ("5min", .seconds(300)), ("1M30S", .seconds(90)),
  ])
  func read(text: String, length: Nanoseconds) { #expect(ClockText.length(text) == length) }

  @Test(arguments: [
    "", "s", "-5", "1s30m", "1m1m", "1:60", "1:2:3:4", "1.5:30", ".5", "5 m", "1x", "1e9", "99999999999999h",
    "١s",
  ])
  func refused(text: String) { #expect(ClockText.length(text) == nil) }
}
