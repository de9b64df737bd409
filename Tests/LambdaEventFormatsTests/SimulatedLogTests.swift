import LambdaEventFormats
import LambdaLifecycle
import Testing

/// A simulated session is printed as a log, in every order, style and dress that a log may have, and read again: its figures
/// are those of the simulation.
@Suite struct SimulatedLogTests {
  /// The figures that a log can give of a session.
  struct Figures: Equatable, CustomStringConvertible {
    var counts: [String: Int]
    var lengths: [String: [Nanoseconds]]

    init(_ timeline: Timeline) {
      let figures = timeline.statistics
      counts = [
        "requests": figures.requests, "successes": figures.successes, "errors": figures.errors,
        "timeouts": figures.timeouts, "coldStarts": figures.coldStarts, "reinits": figures.reinits,
        "initializedAhead": figures.initializedAhead, "retries": figures.retries,
      ]
      lengths = [:]
      for (name, quantiles) in [
        ("init", figures.initLengths), ("duration", figures.durations), ("cold", figures.coldWaits),
        ("warm", figures.warmWaits), ("reinit", figures.reinitWaits),
      ] {
        lengths[name] = [0, 50, 100].compactMap { quantiles.value(atPercent: $0) } + [Int64(quantiles.count)]
      }
    }

    /// The figures that differ by more than the rounding of lengths, and of stamps where those count.
    func difference(_ other: Figures, within tolerance: Nanoseconds) -> String? {
      if counts != other.counts { return "\(counts) and \(other.counts)" }
      for (name, values) in lengths {
        let others = other.lengths[name] ?? []
        guard values.count == others.count, values.last == others.last,
          zip(values, others).allSatisfy({ abs($0 - $1) <= tolerance })
        else { return "\(name): \(values) and \(others)" }
      }
      return nil
    }

    var description: String { "\(counts) \(lengths)" }
  }

  /// - Parameter isAlone: one environment, and one request after another: as much as a log without streams
  ///   can show.
  static func simulated(
    seed: UInt64, isAlone: Bool, survives: Bool = false
  ) -> (log: EventLog, figures: Figures) {
    var scenario = Scenario()
    scenario.function.timeout = .seconds(3)
    scenario.function.runtimeInit = .uniform(.milliseconds(30), .milliseconds(90))
    scenario.function.functionInit = .uniform(.milliseconds(150), .milliseconds(900))
    scenario.function.handler = .uniform(.milliseconds(12), .milliseconds(700))
    scenario.function.failures.handlerError = 0.1
    scenario.function.failures.crash = 0.06
    scenario.function.failures.outOfMemory = 0.05
    scenario.function.failures.timeout = 0.05
    scenario.function.failures.initError = 0.08
    if survives {
      scenario.function.failures = FailureRates()
      scenario.function.failures.handlerError = 0.2
    }
    let pattern: Traffic.Pattern =
      isAlone
      ? .every(.seconds(6), from: .seconds(1), until: .seconds(360))
      : .gaps(.exponential(mean: .milliseconds(900)), from: 0, until: .seconds(120))
    scenario.traffic = [Traffic(pattern)]
    var log = EventLog()
    var simulator = Simulator(scenario, seed: seed, start: .seconds(1_772_438_400), into: &log)
    simulator.advance(to: .seconds(1_772_438_400 + 600), into: &log)
    return (log, Figures(timeline(log, .simulation)))
  }

  private static func timeline(_ log: EventLog, _ source: SourceKind) -> Timeline {
    var timeline = Timeline(source)
    for event in log.events { timeline.fold(event) }
    timeline.settle()
    return timeline
  }

  private func read(_ text: String, as format: StreamFormat? = nil) -> Figures {
    var log = EventLog()
    var reader = StreamReader(format: format)
    Array(text.utf8).withUnsafeBytes { reader.read($0, stream: nil, arrival: nil, into: &log) }
    reader.finish(into: &log)
    return Figures(Self.timeline(log, reader.sourceKind ?? .native))
  }

  // MARK: Dress

  private static func detailed(_ line: SimulatedLog.Line) -> String {
    "\(SimulatedLog.iso(line.time, digits: 3))000+00:00 \(line.stream) \(line.text.joined(separator: "\n"))\n"
  }

  private static func object(_ line: SimulatedLog.Line) -> String {
    let message = line.text.joined(separator: "\\n").replacing("\t", with: "\\t").replacing(
      "\"", with: "\\\"")
    return
      "{\"logStreamName\":\"\(line.stream)\",\"timestamp\":\(line.time / 1_000_000),\"message\":\"\(message)\\n\",\"ingestionTime\":1}\n"
  }

  private static let named: [(name: String, print: @Sendable (SimulatedLog.Line) -> String)] = [
    ("aws logs tail", detailed),
    (
      "sam logs",
      { "\($0.stream) \(SimulatedLog.iso($0.time, digits: 3)) \($0.text.joined(separator: "\n"))\n" }
    ),
    ("sam logs --output json", object),
  ]

  @Test("in each style, oldest or newest first, of many environments", arguments: 0..<8)
  func fleet(seed: UInt64) {
    let (log, expected) = Self.simulated(seed: seed, isAlone: false)
    for style in SimulatedLog.Style.allCases {
      // CloudWatch gives the events of all streams in order of time.
      let lines = SimulatedLog(log, style).lines.enumerated().sorted {
        ($0.element.time / 1_000_000, $0.offset) < ($1.element.time / 1_000_000, $1.offset)
      }.map(\.element)
      for (name, print) in Self.named {
        for isReversed in [false, true] {
          let text = (isReversed ? lines.reversed() : lines).map(print).joined()
          let found = read(text)
          if let difference = found.difference(expected, within: .milliseconds(3)) {
            Issue.record(
              "seed \(seed), \(style), \(name)\(isReversed ? ", newest first" : ""): \(difference)")
            return
          }
        }
      }
    }
  }

  @Test("behind each prefix nothing changes", arguments: 0..<3)
  func prefixes(seed: UInt64) {
    let (log, _) = Self.simulated(seed: seed, isAlone: false)
    let plain = SimulatedLog(log, .ofToday).lines.map(Self.detailed).joined()
    let expected = read(plain)
    for prefix in [
      "function-1  | ", "\u{1B}[36mfunction-1  | \u{1B}[0m", "2026-03-02T08:01:00.1234567Z ",
      "2026-03-02T08:01:00.123456789Z ", "[pod/fn-7d9f/app] ", "Mar 02 08:00:00 host fn[123]: ",
      "build\tUNKNOWN STEP\t2026-03-02T08:01:00.1234567Z ", "2026-03-02T08:01:00.1234567Z function-1  | ",
    ] {
      let text = plain.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
        prefix + $0 + "\n"
      }
      let found = read(text.joined())
      #expect(found == expected, "\(prefix.debugDescription)")
    }
    #expect(read("\u{FEFF}" + plain.replacing("\n", with: "\r\n")) == expected)
  }

  @Test(
    "of one environment: without stream, to the second, without any time; oldest or newest first",
    arguments: 0..<8)
  func alone(seed: UInt64) {
    let (log, expected) = Self.simulated(seed: seed, isAlone: true)
    for style in SimulatedLog.Style.allCases {
      let lines = SimulatedLog(log, style).lines
      let dresses: [(name: String, print: (SimulatedLog.Line) -> String, tolerance: Nanoseconds)] = [
        (
          "export", { "\(SimulatedLog.iso($0.time, digits: 3))Z \($0.text.joined(separator: "\n"))\n" },
          .milliseconds(3)
        ),
        (
          "short", { "\(SimulatedLog.iso($0.time, digits: 0)) \($0.text.joined(separator: "\n"))\n" },
          .milliseconds(1)
        ),
        ("bare", { $0.text.joined(separator: "\n") + "\n" }, .milliseconds(1)),
      ]
      for (name, print, tolerance) in dresses {
        for isReversed in [false, true] {
          let printed = lines.map(print)
          // Without an envelope nothing shows which lines are one message.
          let text =
            !isReversed
            ? printed.joined()
            : name == "bare"
              ? printed.joined().split(separator: "\n").reversed().joined(separator: "\n") + "\n"
              : printed.reversed().joined()
          let found = read(text, as: .cloudWatch)
          if let difference = found.difference(expected, within: tolerance) {
            Issue.record(
              "seed \(seed), \(style), \(name)\(isReversed ? ", newest first" : ""): \(difference)")
            return
          }
        }
      }
    }
  }

  @Test("of one environment, in each envelope, oldest or newest first", arguments: 0..<4)
  func envelopes(seed: UInt64) {
    let (log, expected) = Self.simulated(seed: seed, isAlone: true)
    for style in SimulatedLog.Style.allCases {
      let events = SimulatedLog(log, style).lines.map {
        PrintedLog.Event(time: $0.time / 1_000_000, message: $0.text.joined(separator: "\n") + "\n")
      }
      for (name, print) in PrintedLog.printers {
        for isReversed in [false, true] {
          let found = read(print(PrintedLog(events: isReversed ? events.reversed() : events)))
          if let difference = found.difference(expected, within: .milliseconds(3)) {
            Issue.record(
              "seed \(seed), \(style), \(name)\(isReversed ? ", newest first" : ""): \(difference)")
          }
        }
      }
    }
  }

  @Test("as the emulator prints it, today and before mid-2023", arguments: 0..<8)
  func emulator(seed: UInt64) {
    let (log, expected) = Self.simulated(seed: seed, isAlone: true, survives: true)
    let today = read(Self.emulated(log, isOlder: false))
    #expect(today.difference(expected, within: .milliseconds(3)) == nil)
    // Init is not separate from the first invocation: its figures are not known, the caller's wait is the
    // same.
    var older = expected
    older.lengths["init"] = [0]
    let found = read(Self.emulated(log, isOlder: true))
    older.lengths["duration"] = found.lengths["duration"]
    #expect(found.difference(older, within: .milliseconds(3)) == nil)
    #expect(found.lengths["duration"]?.last == expected.lengths["duration"]?.last)
  }

  /// The output of RIE, of one environment whose runtime lives on.
  private static func emulated(_ log: EventLog, isOlder: Bool) -> String {
    func milliseconds(_ length: Nanoseconds) -> String { "\(Double(length) / 1e6)" }
    var text = ""
    func print(_ line: String) { text += line + "\n" }
    func rapid(_ time: Timestamp, _ message: String, _ level: String = "INFO") {
      let iso = SimulatedLog.iso(time, digits: 3)
      print("02 Mar 2026 \(iso.dropFirst(11).prefix(8)),\(iso.suffix(3)) [\(level)] (rapid) \(message)")
    }
    rapid(log.events[0].time, "exec '/var/runtime/bootstrap' (cwd=/var/task, handler=)")
    if isOlder {
      rapid(log.events[0].time, "Cannot list external agents error=open /opt/extensions", "WARNING")
    }
    var initBegan: Timestamp?
    var begun = Timestamp.never
    var failed: Set<RequestID> = []
    for event in log.events {
      let id = log.catalog.text(event.request)
      switch event.kind {
      case .requestArrived: print("START RequestId: \(id) Version: $LATEST")
      case .phaseBegan(let phase, .none) where phase.isInit && initBegan == nil:
        initBegan = event.time
        if !isOlder { rapid(event.time, "INIT START(type: on-demand, phase: init)") }
      case .phaseBegan(.invoke, _):
        if begun == .never, let initBegan, !isOlder {
          rapid(event.time, "INIT RTDONE(status: success)")
          rapid(event.time, "INIT REPORT(durationMs: \(milliseconds(event.time - initBegan)))")
        }
        if !isOlder { rapid(event.time, "INVOKE START(requestId: \(id))") }
        begun = event.time
      case .requestAnswered(.error, _): failed.insert(event.request)
      case .report(let report):
        if failed.contains(event.request) {
          print("[ERROR] ValueError: no such order\rTraceback (most recent call last):\r")
        }
        let length = milliseconds(report.duration)
        if !isOlder {
          rapid(event.time, "INVOKE RTDONE(status: success, produced bytes: 0, duration: \(length)ms)")
        }
        print("END RequestId: \(id)")
        let isFirst = report.initDuration >= 0
        print(
          "REPORT RequestId: \(id)\t\(isFirst ? "Init Duration: 0.05 ms\t" : "")Duration: \(milliseconds(report.duration + max(0, report.initDuration))) ms\tBilled Duration: 1 ms\tMemory Size: 3008 MB\tMax Memory Used: 3008 MB\t"
        )
      default: break
      }
    }
    return text
  }
}
