import LambdaEventFormats
import LambdaLifecycle
import Testing

/// A tool's prefix before every line changes nothing that is read.
@Suite struct LinePrefixTests {
  /// Prefixes by the number of the line.
  static let prefixes: [@Sendable (Int) -> String] = [
    { _ in "function-1  | " },
    { _ in "project_function_1     | " },
    { _ in "\u{1B}[36mfunction-1  |\u{1B}[0m " },
    { _ in "\u{1B}[36mfunction-1  | \u{1B}[0m" },
    { _ in "web.1  | " },
    { "08:00:\(two($0)) web.1  | " },
    { "2026-03-02T08:00:\(two($0)).123456789Z " },
    { "2026-03-02T08:00:\(two($0)).123456789+01:00 " },
    { "2026-03-02T08:00:\(two($0)).123456789Z stdout F " },
    { "2026-03-02T08:00:\(two($0)).1234567Z " },
    { "test\tRun the function\t2026-03-02T08:00:\(two($0)).1234567Z " },
    { "2026-03-02T08:00:\(two($0)).123456Z 0\($0 % 2)\($0 % 3 == 0 ? "E" : "O") " },
    { _ in "[pod/hello-5d4f8c7b9-x2x4z/function] " },
    { _ in "[pod/hello/function] 2026-03-02T08:00:00.123456789Z " },
    { "Mar 02 08:00:\(two($0)) host function[123]: " },
    { "Mar  2 08:00:\(two($0)) host function[\(123 + $0)]: " },
    { "Mar 02 08:00:\(two($0)).123456 host function[123]: " },
    { "2026-03-02T08:00:\(two($0))+0000 host function[123]: " },
    { "2026-03-02T08:00:\(two($0))+00:00 host function: " },
    { "2026-03-02T08:00:\(two($0)).123456+0100 host function[123]: " },
    { "Mon 2026-03-02 08:00:\(two($0)) UTC host function[123]: " },
    { "17724384\(two($0)).480123 host function[123]: " },
    { "<14>Mar  2 08:00:\(two($0)) host function[123]: " },
    { _ in "0|function  | " },
    { "2026-03-02T08:00:\(two($0)).1234567Z function-1  | " },
    { "function-1  | 2026-03-02T08:00:\(two($0)).123456789Z " },
    { "test\tRun\t2026-03-02T08:00:00.1234567Z function-1  | 2026-03-02T08:00:\(two($0)).123456789Z " },
  ]

  static func two(_ number: Int) -> String { number % 60 < 10 ? "0\(number % 60)" : "\(number % 60)" }

  static let captures =
    Fixture.rie.map { "rie/\($0).log" } + Fixture.cloudWatch.map { "CloudWatch/\($0)" }
    + [
      "emulators/cargo-lambda-verbose.log", "emulators/localstack.log", "emulators/managed-debug.log",
      "emulators/sam-local-invoke.log", "emulators/sam-local-start-api.log",
      "telemetry/managed-instances-batches.jsonl",
    ]

  private func capture(_ name: String) throws -> String {
    name.hasPrefix("telemetry/")
      ? try Fixture.telemetryBodies().map { $0 + "\n" }.joined() : try Fixture.text(name)
  }

  private func prefixed(_ text: String, _ prefix: (Int) -> String) -> String {
    // Not by characters, of which a carriage return and a newline are one.
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.enumerated().map { prefix($0.offset) + String(Substring($0.element)) + "\n" }.joined()
  }

  @Test(arguments: captures) func changesNothing(name: String) throws {
    let text = try capture(name)
    let format = recognized(text)
    let expected = render(decode(text))
    for (number, prefix) in Self.prefixes.enumerated() {
      let lines = prefixed(text, prefix)
      #expect(render(decode(lines)) == expected, "\(prefix(number))")
      #expect(
        render(decode(lines, as: format)) == render(decode(text, as: format)), "asked for: \(prefix(number))")
      #expect(recognized(lines) == format)
    }
  }

  private func recognized(_ text: String) -> StreamFormat? { reader(text).format }

  private func reader(_ text: String) -> StreamReader {
    var log = EventLog()
    var reader = StreamReader(format: nil)
    Array(text.utf8).withUnsafeBytes { reader.read($0, stream: nil, arrival: nil, into: &log) }
    reader.finish(into: &log)
    return reader
  }

  /// These times are the events' own.
  @Test(arguments: [
    "2026-03-02T08:00:00.123Z START RequestId: 74a70628-be18-44d8-a1f8-c34c8260a632 Version: $LATEST",
    "2026-03-02T08:00:00.123456Z START RequestId: 74a70628-be18-44d8-a1f8-c34c8260a632 Version: $LATEST",
    "2026-03-02T08:00:00.123456+00:00 2026/03/02/[$LATEST]0011 START RequestId: 74a70628-be18-44d8-a1f8-c34c8260a632 Version: $LATEST",
  ])
  func anEnvelopeIsNone(line: String) {
    let log = decode(line + "\n")
    #expect(
      log.events.first?.time == 1_772_438_400_123_000_000
        || log.events.first?.time == 1_772_438_400_123_456_000)
    #expect(log.undecodable.isEmpty)
    // It is known at once, not when the stream has ended.
    var live = EventLog()
    var reader = StreamReader(format: nil)
    Array((line + "\n").utf8).withUnsafeBytes { reader.read($0, stream: nil, arrival: 5, into: &live) }
    #expect(reader.format == .cloudWatch)
  }

  @Test func servicesAreApart() throws {
    let rie = try Fixture.text("rie/cold-3warm-info.log").split(separator: "\n")
    var text = "Attaching to db-1, one-1, two-1\n"
    for line in rie {
      text += "one-1  | \(line)\ndb-1   | LOG:  checkpoint starting\ntwo-1  | \(line)\n"
    }
    let log = decode(text)
    let names = log.catalog.environments.map { log.catalog.text($0.name) }
    #expect(names == ["rie-1", "rie-2"])
    #expect(log.catalog.sources.map(\.name) == ["", "two-1"])
    #expect(log.catalog.sources.map(\.kind)[1] == .rie)
    func of(_ environment: UInt32) -> Int {
      log.events.count { $0.environment == EnvironmentID(rawValue: environment) }
    }
    #expect(of(0) == of(1))
    #expect(of(0) == decode(rie.map { $0 + "\n" }.joined()).events.count { $0.environment != .none })
    #expect(log.undecodable.count == rie.count + 1)
    #expect(
      Set(log.undecodable.map(\.reason)) == [
        "no known format: db-1", "no known format, and nobody's name before it",
      ])
    #expect(
      !log.events.contains { event in
        if case .output(_, let range) = event.kind {
          return log.text.text(range)?.contains("checkpoint") == true
        }
        return false
      })
  }

  @Test func servicesOfSeveralFormatsAreApart() throws {
    let rie = prefixed(try Fixture.text("rie/cold-3warm-info.log")) { _ in "function  | " }
    let localStack = prefixed(try Fixture.text("emulators/localstack.log")) { _ in "localstack  | " }
    let log = decode(localStack + rie)
    #expect(log.catalog.sources.map(\.kind) == [.native, .rie])
    #expect(reader(localStack + rie).sourceKind == .localStack)
    #expect(log.undecodable.isEmpty)
  }

  @Test func askedForIsWhatIsLookedForInEach() throws {
    let rie = try Fixture.text("rie/cold-3warm-info.log")
    let text = "db-1  | ready\n" + prefixed(rie) { _ in "one-1  | " } + "db-1  | done\n"
    let log = decode(text, as: .rie)
    #expect(log.undecodable.map(\.text) == ["ready", "done"])
    #expect(renderWithoutUndecodable(log) == render(decode(rie)))
  }

  private func renderWithoutUndecodable(_ log: EventLog) -> String {
    var log = log
    log.events.removeAll {
      if case .undecodable = $0.kind { return true }
      return false
    }
    return render(log)
  }

  /// Lines that wait for one that decides are decoded as they are in the end.
  @Test func askedForWithoutAnyLineOfIt() {
    let log = decode("web  | one\ntwo\n", as: .rie)
    #expect(render(log).contains("web  | one"))
    #expect(render(log).contains("two"))
    #expect(log.undecodable.isEmpty)
    let many = decode(String(repeating: "web  | one\n", count: 1_200), as: .rie)
    #expect(many.events.count == 1_200)
  }

  /// A START before which `docker logs -t` has put the time may be of the emulator: the next lines decide, or
  /// none does.
  @Test(arguments: [0, 1_200]) func aTimeBeforeSTARTAloneIsTaken(lines: Int) {
    let time = "2026-03-02T08:00:00.123456789Z"
    let id = "74a70628-be18-44d8-a1f8-c34c8260a632"
    let text =
      "\(time) START RequestId: \(id) Version: $LATEST\n" + String(repeating: "\(time) x\n", count: lines)
    let log = decode(text)
    #expect(recognized(text) == .cloudWatch)
    #expect(log.undecodable.isEmpty)
    let rie = "\(time) 23 Nov 2026 03:06:28,586 [INFO] (rapid) INIT START(type: on-demand, phase: init)\n"
    #expect(recognized(text + rie) == (lines == 0 ? .rie : .cloudWatch))
  }

  /// A prefix stands before a line that is known; a function may print text that looks like one.
  @Test func outputThatLooksSoStaysWhole() throws {
    let rie = try Fixture.text("rie/cold-3warm-info.log")
    let text = rie.replacing("app: module import begins", with: "name-1  | app")
    #expect(text != rie)
    #expect(render(decode(text)).contains("function: name-1  | app"))
  }
}
