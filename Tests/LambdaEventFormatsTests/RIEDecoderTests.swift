import LambdaEventFormats
import LambdaLifecycle
import Testing

@Suite struct RIEDecoderTests {
  private let first = "11111111-1111-4111-8111-111111111111"
  private let second = "22222222-2222-4222-8222-222222222222"

  private func stamp(_ milliseconds: Int, _ message: String) -> String {
    let fraction = String(milliseconds % 1_000)
    let padded = String(repeating: "0", count: 3 - fraction.count) + fraction
    return "23 Nov 2026 03:06:\(10 + milliseconds / 1_000),\(padded) [INFO] (rapid) \(message)"
  }

  private var coldStart: [String] {
    [
      stamp(0, "exec '/usr/bin/python3' (cwd=/var/task, handler=app.handler)"),
      stamp(0, "INIT START(type: on-demand, phase: init)"),
      stamp(
        0,
        #"The extension's directory "/opt/extensions" does not exist, assuming no extensions to be loaded."#),
      stamp(500, "INIT RTDONE(status: success)"),
      stamp(500, "INIT REPORT(durationMs: 500.000000)"),
    ]
  }

  @Test(arguments: Fixture.rie) func arrivalTimesTellTheSamePhases(name: String) throws {
    var log = EventLog()
    var reader = StreamReader(format: nil)
    for piece in try Fixture.timed(name) {
      piece.bytes.withUnsafeBytes {
        reader.read($0, stream: piece.stream, arrival: piece.arrival, into: &log)
      }
    }
    reader.finish(into: &log)
    let file = decode(try Fixture.bytes("rie/\(name).log"))
    #expect(phases(log) == phases(file))
    #expect(log.undecodable.isEmpty)
    #expect(reader.sourceKind == .rie)
    #expect(
      log.catalog.text(try #require(log.events.first { $0.function != .none }).function) == "app.handler")
  }

  /// Phases and answers, in the order of their requests: other lines of two streams may come in another order.
  private func phases(_ log: EventLog) -> [String] {
    let origin = log.events.first { if case .environmentCreated = $0.kind { true } else { false } }?.time ?? 0
    return log.events.compactMap {
      switch $0.kind {
      case .phaseBegan(let phase, _):
        "\(seconds($0.time - origin)) begin \(phase.wireName) \(log.catalog.text($0.request))"
      case .phaseEnded(let end) where end.outcome == .failure && end.phase == .invoke:
        // A panic has no stamp: its time is the last one, or the arrival.
        "end invoke failure"
      case .phaseEnded(let end):
        "\(seconds($0.time - origin)) end \(end.phase.wireName) \(end.outcome) \(end.duration) \(log.catalog.text($0.request))"
      case .requestAnswered(let outcome, _): "answered \(outcome) \(log.catalog.text($0.request))"
      case .environmentGone(let reason, _): "gone \(reason)"
      default: nil
      }
    }
  }

  @Test func arrivalDecidesTheZone() {
    var log = EventLog()
    var reader = StreamReader(format: .rie)
    // 03:06:10 on the emulator's clock, five hours and a half ahead of UTC.
    let arrival: Timestamp = 1_795_383_370_020_000_000
    Array((coldStart.joined(separator: "\n") + "\n").utf8).withUnsafeBytes {
      reader.read($0, stream: nil, arrival: arrival, into: &log)
    }
    #expect(log.events.first?.time == 1_795_383_370_000_000_000)
    #expect(log.events.first?.arrival == arrival)
  }

  /// On a busy machine START is read after the end of its invocation; it is no request of its own.
  @Test func aLateStartIsNoOtherRequest() {
    var log = EventLog()
    var reader = StreamReader(format: .rie)
    // 03:06:10 UTC.
    let origin: Timestamp = 1_795_403_170_000_000_000
    func read(_ milliseconds: Int64, _ line: String) {
      Array((line + "\n").utf8).withUnsafeBytes {
        reader.read($0, stream: nil, arrival: origin + .milliseconds(milliseconds), into: &log)
      }
    }
    for line in coldStart { read(500, line) }
    for (start, id) in [(600, first), (700, second)] as [(Int64, String)] {
      read(start, stamp(Int(start), "INVOKE START(requestId: \(id))"))
      read(
        start + 2,
        stamp(Int(start) + 2, "INVOKE RTDONE(status: success, produced bytes: 0, duration: 2.000000ms)"))
      read(
        start + 3,
        "REPORT RequestId: \(id)\tDuration: 2.50 ms\tBilled Duration: 3 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\t"
      )
      read(start + 5, "START RequestId: \(id) Version: $LATEST")
    }
    reader.finish(into: &log)
    var timeline = Timeline(.rie)
    for event in log.events { timeline.fold(event) }
    timeline.settle()
    #expect(timeline.requests.count == 2, "\(render(log))")
    #expect(timeline.statistics.requests == 2, "\(render(log))")
  }

  @Test func linesOfTwoWritersMayFuse() {
    let lines =
      coldStart + [
        stamp(500, "INVOKE START(requestId: \(first))") + "START RequestId: \(first) Version: $LATEST"
          + stamp(501, "Something else"),
        "app: no newline"
          + stamp(502, "INVOKE RTDONE(status: success, produced bytes: 0, duration: 2.000000ms)")
          + "END RequestId: \(first)",
        "tail of outputREPORT RequestId: \(first)\tInit Duration: 0.02 ms\tDuration: 502.50 ms\tBilled Duration: 503 ms\t"
          + "Memory Size: 128 MB\tMax Memory Used: 128 MB\tmore output",
      ]
    #expect(
      render(decode(lines.joined(separator: "\n"))) == """
        0.000000 rie-1 created on-demand
        0.000000 rie-1 begin init
        0.500000 rie-1 end init success length=0.500000
        0.500000 rie-1 begin invoke (11111111)
        0.500000 - arrived (11111111)
        0.500000 rie-1 assigned (11111111)
        0.501000 rie-1 function: app: no newline (11111111)
        0.502000 rie-1 runtimeDone success (11111111)
        0.502000 rie-1 function: tail of output (11111111)
        0.502000 rie-1 function memory=128
        0.502500 rie-1 end invoke success length=0.002500 (11111111)
        0.502500 rie-1 report duration=0.502500 init=0.500000 billed=503 memory=128 success (11111111)
        0.502500 rie-1 answered success (11111111)
        0.502000 rie-1 function: more output

        """)
  }

  @Test func startAndInvokeStartAreOneRequestByOrder() {
    let lines =
      coldStart + [
        "START RequestId: \(first) Version: $LATEST",
        stamp(500, "INVOKE START(requestId: \(second))"),
        stamp(502, "INVOKE RTDONE(status: success, produced bytes: 0, duration: 2.000000ms)"),
        "END RequestId: \(second)",
        "REPORT RequestId: \(second)\tDuration: 502.50 ms\tBilled Duration: 503 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\t",
      ]
    let log = decode(lines.joined(separator: "\n"))
    let requests = Set(log.events.map { log.catalog.text($0.request) }).subtracting([""])
    #expect(requests == [first])
    #expect(renderLifecycle(log).contains("answered success (11111111)"))
  }

  @Test func secondProcessIsAnotherEnvironment() {
    let log = decode((coldStart + coldStart).joined(separator: "\n"))
    let created = log.events.filter { if case .environmentCreated = $0.kind { true } else { false } }
    #expect(created.map { log.catalog.text($0.environment) } == ["rie-1", "rie-2"])
  }

  @Test func panicOfTheFunctionIsNotTheEmulators() {
    let lines =
      coldStart + [
        stamp(500, "INVOKE START(requestId: \(first))"), "panic: boom", "goroutine 1 [running]:",
        "main.main()",
        stamp(502, "First fatal error stored in appctx: Runtime.ExitError"),
        stamp(502, "Invoke DONE failed: Runtime.ExitError"),
      ]
    let text = render(decode(lines.joined(separator: "\n")))
    #expect(text.contains("function: panic: boom"))
    #expect(!text.contains("gone"))
    #expect(text.contains("0.502000 rie-1 end invoke error Runtime.ExitError (11111111)"))
  }

  @Test func quietExtensionIsSeenByItsRegistration() {
    let lines = [
      coldStart[0], coldStart[1], stamp(80, "Starting runtime without AWS_ACCESS_KEY_ID , Expected?: false"),
      stamp(
        80, "External agent one (87f16312-5985-4393-8d6a-2677ea88d93b) registered, subscribed to [INVOKE]"),
      stamp(500, "INIT REPORT(durationMs: 500.000000)"),
    ]
    #expect(
      render(decode(lines.joined(separator: "\n"))) == """
        0.000000 rie-1 created on-demand
        0.000000 rie-1 begin extensionInit
        0.080000 rie-1 end extensionInit success
        0.080000 rie-1 begin init
        0.080000 rie-1 extension one Registered
        0.500000 rie-1 end init success length=0.420000

        """)
  }

  @Test func timeoutDuringInitAnswersTheRequest() {
    let lines = [
      coldStart[0], "START RequestId: \(first) Version: $LATEST", coldStart[1], coldStart[2],
      stamp(3_000, "Reset initiated: Timeout"),
      stamp(3_001, "Waiting for runtime domain processes termination"),
      "END RequestId: \(first)",
      "REPORT RequestId: \(first)\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 128 MB\t",
    ]
    let text = render(decode(lines.joined(separator: "\n")))
    #expect(text.contains("3.000000 rie-1 end init timeout Sandbox.Timedout\n"))
    #expect(text.contains("3.000000 rie-1 answered timeout Sandbox.Timedout (11111111)\n"))
  }

  @Test func bytesThatAreNoTextStayWithTheirEnvironment() {
    let log = decode(
      Array((coldStart.joined(separator: "\n") + "\n").utf8) + [0x61, 0xFF, 0x0A, 0x62, 0x00, 0x0A])
    #expect(log.undecodable.isEmpty)
    let outputs = log.events.suffix(2)
    #expect(outputs.allSatisfy { log.catalog.text($0.environment) == "rie-1" })
    let texts = outputs.map { event -> String? in
      guard case .output(.function, let range) = event.kind else { return nil }
      return log.text.text(range)
    }
    #expect(texts == ["a\u{FFFD}", "b\u{FFFD}"])
  }
}
