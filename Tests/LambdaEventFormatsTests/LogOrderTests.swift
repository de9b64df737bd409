import LambdaEventFormats
import LambdaLifecycle
import Testing

/// A log says the same in whatever order it was printed, as far as its lines show.
@Suite struct LogOrderTests {
  private static let stream = "2026/03/02/[$LATEST]00112233445566778899aabbccddeeff"

  private static func id(_ number: Int) -> String { "0000000\(number)-0000-4000-8000-00000000000\(number)" }
  private static func start(_ number: Int) -> String { "START RequestId: \(id(number)) Version: $LATEST" }
  private static func end(_ number: Int) -> String { "END RequestId: \(id(number))" }

  private static func report(
    _ number: Int, _ length: String, used: Int = 70, _ more: String = ""
  ) -> String {
    "REPORT RequestId: \(id(number))\tDuration: \(length) ms\tBilled Duration: 1 ms\tMemory Size: 256 MB\tMax Memory Used: \(used) MB\t"
      + more
  }

  private static let initStart =
    "INIT_START Runtime Version: python:3.13.v60\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:aa"

  /// Milliseconds after eight o'clock, and the line written then.
  private typealias Lines = [(Int, String)]

  private func tail(_ lines: Lines) -> [String] {
    lines.map { time, message in
      let (seconds, milliseconds) = (time / 1_000, time % 1_000)
      let padded = String(repeating: "0", count: 3 - "\(milliseconds)".count) + "\(milliseconds)"
      let minute = seconds / 60
      let second = seconds % 60
      return
        "2026-03-02T08:\(minute < 10 ? "0" : "")\(minute):\(second < 10 ? "0" : "")\(second).\(padded)000+00:00 \(Self.stream) \(message)"
    }
  }

  private func timeline(_ lines: [String]) -> Timeline {
    let log = decode(lines.joined(separator: "\n") + "\n", as: .cloudWatch)
    var timeline = Timeline(.cloudWatch)
    for event in log.events { timeline.fold(event) }
    timeline.settle()
    return timeline
  }

  private func outcomes(_ lines: [String]) -> [Outcome] { timeline(lines).tracks[0].rows.map(\.outcome) }

  // MARK: Newest first

  private static let session: Lines = [
    (0, initStart), (301, start(1)), (310, "hello"), (401, end(1)),
    (401, report(1, "99.50", "Init Duration: 300.10 ms\t")),
    (2_000, start(2)), (2_050, end(2)), (2_050, report(2, "50.00")),
    (4_000, start(3)), (4_003, end(3)),
    (4_003, report(3, "2.20", "Status: error\tError Type: Runtime.ExitError")),
  ]

  @Test("newest first: what was printed forward", arguments: [true, false])
  func newestFirst(isTimed: Bool) {
    let lines = isTimed ? tail(Self.session) : Self.session.map(\.1)
    let forward = decode(lines.joined(separator: "\n") + "\n", as: .cloudWatch)
    let backward = decode(lines.reversed().joined(separator: "\n") + "\n", as: .cloudWatch)
    #expect(render(backward) == render(forward))
    #expect(timeline(lines.reversed()).late == 0)
  }

  @Test("newest first, and only REPORT lines, as a query for them gives")
  func reportsAlone() {
    let reports = tail(Self.session).filter { $0.contains(" REPORT ") }
    let figures = timeline(reports.reversed()).statistics
    #expect(figures.requests == 3 && figures.coldStarts == 1 && figures.errors == 1)
    #expect(figures.initLengths.max == .microseconds(300_100))
    #expect(render(decode(reports.reversed().joined(separator: "\n"), as: .cloudWatch)).hasPrefix("0.000000"))
  }

  @Test("a retry after its REPORT does not turn a log around")
  func retries() {
    let lines: Lines = [
      (0, Self.start(1)), (10, Self.end(1)), (10, Self.report(1, "9.00")), (60_000, Self.start(1)),
      (60_010, Self.end(1)),
      (60_010, Self.report(1, "9.00")),
    ]
    for lines in [tail(lines), lines.map(\.1)] {
      let figures = timeline(lines).statistics
      #expect(figures.requests == 2 && figures.retries == 1 && figures.successes == 2)
    }
  }

  // MARK: Failures where they stand

  private static let timedOut = "2026-03-02T08:00:04.000Z \(id(1)) Task timed out after 4.00 seconds"

  @Test("a timeout behind REPORT is its request's; the retry that follows went well")
  func timeoutBehindReport() {
    let lines: Lines = [
      (0, Self.start(1)), (4_000, Self.end(1)), (4_000, Self.report(1, "4003.10")), (4_000, Self.timedOut),
      (70_000, Self.start(1)), (70_150, Self.end(1)), (70_150, Self.report(1, "149.20")),
    ]
    #expect(outcomes(tail(lines)) == [.timeout, .success])
    // The line comes when the retry runs already.
    var late = lines
    late.insert(late.remove(at: 3), at: 4)
    late[4].0 = 4_001
    #expect(outcomes(tail(late)) == [.timeout, .success])
    // Before END, as it stands since 2022.
    var early = lines
    early.insert(early.remove(at: 3), at: 1)
    #expect(outcomes(tail(early)) == [.timeout, .success])
    #expect(outcomes(lines.prefix(4).map(\.1)) == [.timeout])
  }

  @Test("killed with all memory used: out of memory, before or behind REPORT", arguments: [true, false])
  func outOfMemory(isBehind: Bool) {
    func findings(used: Int, _ words: String) -> [Finding.Kind] {
      let fault = [(2_000, "RequestId: \(Self.id(1)) Error: \(words)"), (2_000, "Runtime.ExitError")]
      let report = [(2_000, Self.end(1)), (2_000, Self.report(1, "2000.50", used: used))]
      let lines = tail([(0, Self.start(1))] + (isBehind ? report + fault : fault + report))
      return timeline(lines).findings().map(\.kind)
    }
    #expect(findings(used: 256, "Runtime exited with error: signal: killed").first == .outOfMemory)
    #expect(
      findings(used: 255, "Runtime exited with error: signal: killed").first
        == .error(ErrorType.runtimeExitError.name))
    #expect(
      findings(used: 256, "Runtime exited with error: exit status 1").first
        == .error(ErrorType.runtimeExitError.name))
  }

  @Test func exitedBeforeCompletingTheRequest() {
    let line = "RequestId: \(Self.id(1)) Process exited before completing request"
    let lines: Lines = [
      (0, Self.start(1)), (100, Self.end(1)), (100, Self.report(1, "99.00")), (100, line), (100, ""),
    ]
    #expect(outcomes(tail(lines)) == [.error])
  }

  // MARK: Halves

  @Test("END ends an invocation that has no REPORT, and what follows begins another")
  func endAlone() {
    let lines: Lines = [
      (0, Self.start(1)), (700, Self.end(1)), (9_000, Self.start(2)), (9_100, Self.end(2)),
      (20_000, Self.start(2)),
      (20_200, Self.end(2)),
    ]
    let found = timeline(tail(lines))
    #expect(found.tracks[0].rows.map { ($0.end - $0.start) / 1_000_000 } == [700, 100, 200])
    #expect(found.statistics.successes == 3 && found.statistics.retries == 1)
  }

  @Test("without times and without REPORT nothing tells how long it took")
  func endAloneWithoutTimes() {
    let log = decode(
      [Self.start(1), Self.end(1), Self.start(2), Self.end(2), ""].joined(separator: "\n"), as: .cloudWatch)
    var found = Timeline(.cloudWatchMessages)
    for event in log.events { found.fold(event) }
    let figures = found.statistics
    #expect(figures.requests == 2 && figures.successes == 2)
    #expect(figures.durations.count == 0 && figures.warmWaits.count == 0)
  }

  @Test("REPORT alone is an invocation of its length before its time, with its init")
  func reportAlone() {
    let found = timeline(tail([(1_700, Self.report(1, "1000.50", "Init Duration: 700.25 ms\t"))]))
    #expect(found.tracks[0].rows.map(\.phase) == [.initialization, .invoke])
    #expect(found.requests[0].wait == .microseconds(1_700_750))
    #expect(found.statistics.coldStarts == 1 && found.statistics.initLengths.count == 1)
  }

  @Test(
    "a second attempt of which REPORT alone is left is another invocation; the same REPORT told twice is not")
  func attemptsByReportAlone() {
    let lines: Lines = [
      (0, Self.start(1)), (10, Self.end(1)),
      (10, Self.report(1, "9.00", "Status: error\tError Type: Runtime.ExitError")),
      (70_000, Self.report(1, "20.00")), (70_000, Self.report(1, "20.00")),
    ]
    let figures = timeline(tail(lines)).statistics
    #expect(figures.requests == 2 && figures.errors == 1 && figures.successes == 1 && figures.retries == 1)
  }

  @Test("a failure's line ends an invocation that has neither END nor REPORT")
  func failureAlone() {
    let timedOut: Lines = [
      (0, Self.start(1)), (4_000, Self.timedOut), (9_000, Self.start(2)), (9_010, Self.end(2)),
    ]
    #expect(outcomes(tail(timedOut)) == [.timeout, .success])
    #expect(timeline(tail(timedOut)).tracks[0].rows[0].end == timeline(tail(timedOut)).first + .seconds(4))
    let fault: Lines = [
      (0, Self.start(1)), (100, "RequestId: \(Self.id(1)) Error: Runtime exited with error: exit status 1"),
    ]
    #expect(outcomes(tail(fault)) == [.error])
  }

  @Test("lines of another request while one runs are the function's, as of one that forwards logs")
  func forwarded() {
    let printed: Lines = [
      (10, Self.start(7)), (10, Self.end(7)), (10, Self.report(7, "500.00", "Init Duration: 300.00 ms\t")),
    ]
    let lines: Lines = [(0, Self.start(1))] + printed + [(20, Self.end(1)), (20, Self.report(1, "19.50"))]
    for lines in [lines, [lines[0], lines[3]] + lines.suffix(2), [lines[0], lines[1]] + lines.suffix(2)] {
      let found = timeline(tail(lines))
      #expect(found.statistics.requests == 1 && found.statistics.coldStarts == 0)
      #expect(found.outputLines == lines.count - 3)
    }
    // Where the first one's end was lost, the next is real.
    let lost: Lines = [
      (0, Self.start(1)), (9_000, Self.start(2)), (9_500, Self.end(2)), (9_500, Self.report(2, "499.00")),
    ]
    #expect(timeline(tail(lost)).requests.map(\.outcome) == [.none, .success])
  }

  @Test("lengths that add up to more than there is time are read")
  func endless() {
    let lines =
      (1...9).map { Self.report($0, "999999999999.00") } + [Self.start(1), Self.report(1, "999999999999.00")]
    #expect(timeline(lines).statistics.requests >= 9)
  }

  // MARK: Inits

  @Test("Duration has more than lies between START and END: an init ran inside")
  func reinit() {
    let failed: Lines = [
      (400, Self.start(1)), (521, Self.end(1)),
      (521, Self.report(1, "121.00", "Status: error\tError Type: Runtime.ExitError")),
    ]
    let next: Lines = [(6_500, Self.start(2)), (6_580, Self.end(2)), (6_580, Self.report(2, "880.00"))]
    // The cause of the re-init may lie before the log.
    for lines in [failed + next, next] {
      let found = timeline(tail(lines))
      #expect(found.statistics.reinits == 1 && found.statistics.coldStarts == 0)
      #expect(found.statistics.reinitWaits.max == .milliseconds(880))
      #expect(found.statistics.durations.max == .milliseconds(880))
      #expect(found.statistics.initLengths.count == 0)
    }
    let reset = timeline(tail(failed + next)).findings().first { $0.kind == .reset }
    // The time that the next caller paid.
    #expect(reset?.longest == .milliseconds(800))
  }

  @Test("a finding names the request that spent its timeout in init")
  func timeoutInInit() {
    let lines: Lines = [
      (0, Self.initStart), (10_000, "INIT_REPORT Init Duration: 9999.41 ms\tPhase: init\tStatus: timeout"),
      (
        55_045,
        "INIT_REPORT Init Duration: 45045.69 ms\tPhase: invoke\tStatus: error\tError Type: Runtime.Unknown"
      ),
      (55_046, Self.start(1)),
      (55_050, "2026-03-02T08:00:55.050Z \(Self.id(1)) Task timed out after 45.05 seconds"),
      (55_050, Self.end(1)), (55_050, Self.report(1, "45054.87")),
    ]
    let finding = timeline(tail(lines)).findings().first
    #expect(finding?.kind == .timeoutInInit && finding?.request.uuid == Self.id(1))
  }

  @Test("whole seconds: phases lie beside each other, nothing is frozen between init and its invocation")
  func wholeSeconds() {
    let lines = [
      (5, Self.initStart), (6, Self.start(1)), (15, Self.end(1)),
      (15, Self.report(1, "9800.00", "Init Duration: 516.31 ms\t")), (15, Self.start(2)), (16, Self.end(2)),
      (16, Self.report(2, "700.00")),
    ].map { "2026-03-02T08:00:\($0 < 10 ? "0" : "")\($0) \($1)" }
    let found = timeline(lines)
    let rows = found.tracks[0].rows
    #expect(rows.map(\.phase) == [.initialization, .invoke, .invoke])
    #expect(rows[0].end - rows[0].start == .microseconds(516_310))
    #expect(rows[0].end == rows[1].start)
    #expect(found.statistics.coldWaits.max == .microseconds(10_316_310))
    for (row, next) in zip(rows, rows.dropFirst()) { #expect(row.end <= next.start) }
  }
}

extension Nanoseconds {
  fileprivate static func microseconds(_ count: Int64) -> Nanoseconds { count * 1_000 }
}
