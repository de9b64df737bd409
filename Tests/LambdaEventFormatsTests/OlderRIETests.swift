import LambdaEventFormats
import LambdaLifecycle
import Testing

/// Emulators of before mid-2023 print neither inits nor when an invocation begins.
@Suite struct OlderRIETests {
  private static func id(_ number: Int) -> String { "0000000\(number)-0000-4000-8000-00000000000\(number)" }

  private static func lines(_ number: Int, _ length: String, isFirst: Bool = false, _ output: [String] = [])
    -> [String]
  {
    ["START RequestId: \(id(number)) Version: $LATEST"] + output + [
      "END RequestId: \(id(number))",
      "REPORT RequestId: \(id(number))\t\(isFirst ? "Init Duration: 0.55 ms\t" : "")Duration: \(length) ms\tBilled Duration: 1 ms\tMemory Size: 3008 MB\tMax Memory Used: 3008 MB\t",
    ]
  }

  static let of2022 = [
    "05 Mar 2022 10:00:01,100 [INFO] (rapid) exec '/var/runtime/bootstrap' (cwd=/var/task, handler=)",
    "05 Mar 2022 10:00:09,020 [WARNING] (rapid) Cannot list external agents error=open /opt/extensions: no such file or directory",
  ]
  static let of2021 = [
    #"time="2021-06-05T10:00:09.02" level=warning msg="Cannot list external agents" error="open /opt/extensions: no such file or directory""#
  ]

  private func timeline(_ lines: [String], format: StreamFormat? = nil) -> Timeline {
    let log = decode(lines.joined(separator: "\n") + "\n", as: format)
    var timeline = Timeline(.rie)
    for event in log.events { timeline.fold(event) }
    timeline.settle()
    return timeline
  }

  @Test("an environment, and requests of their lengths, one after another", arguments: [of2022, of2021, []])
  func requests(before: [String]) {
    let lines =
      before + Self.lines(1, "48.20", isFirst: true, ["working"]) + Self.lines(2, "10.00")
      + Self.lines(3, "5.00")
    let found = timeline(lines, format: before.isEmpty ? .rie : nil)
    #expect(found.tracks.count == 1)
    #expect(found.tracks[0].rows.map(\.phase) == [.invoke, .invoke, .invoke])
    #expect(found.tracks[0].rows.map { ($0.end - $0.start) / 1_000 } == [48_200, 10_000, 5_000])
    let figures = found.statistics
    #expect(figures.requests == 3 && figures.successes == 3 && figures.coldStarts == 1)
    #expect(figures.coldWaits.max == 48_200_000)
  }

  @Test("a timeout is the reset's; a handler's error is its request's")
  func failures() {
    let error = "[ERROR] ValueError: x\rTraceback (most recent call last):\r"
    var lines = Self.of2022 + Self.lines(1, "10.20", isFirst: true, [error])
    lines += Self.lines(2, "3000.00", ["05 Mar 2022 10:00:19,020 [WARNING] (rapid) Reset initiated: timeout"])
    lines += Self.lines(3, "5.00")
    let found = timeline(lines)
    let figures = found.statistics
    #expect(figures.errors == 1 && figures.timeouts == 1 && figures.successes == 1)
    #expect(figures.durations.max == .seconds(3))
  }

  @Test("live, START is when an invocation begins")
  func live() {
    var log = EventLog()
    var reader = StreamReader(format: .rie)
    let begin: Timestamp = 1_646_474_409_020_000_000
    for (milliseconds, line) in [
      (0, Self.of2022[1]), (2_000, Self.lines(1, "48.20")[0]), (2_049, Self.lines(1, "48.20")[1]),
      (2_050, Self.lines(1, "48.20")[2]),
    ] {
      Array((line + "\n").utf8).withUnsafeBytes {
        reader.read($0, stream: nil, arrival: begin + Int64(milliseconds) * 1_000_000, into: &log)
      }
    }
    #expect(
      render(log).split(separator: "\n").suffix(5).map(String.init) == [
        "0.000000 rie-1 begin invoke (00000001)", "0.050000 rie-1 function memory=3008",
        "0.048200 rie-1 end invoke success length=0.048200 (00000001)",
        "0.048200 rie-1 report duration=0.048200 billed=1 memory=3008 success (00000001)",
        "0.048200 rie-1 answered success (00000001)",
      ])
  }
}
