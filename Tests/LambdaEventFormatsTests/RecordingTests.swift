import LambdaEventFormats
import LambdaLifecycle
import Testing

@Suite struct RecordingTests {
  private let origin: Timestamp = 1_795_403_188_586_000_000

  private func record(_ log: EventLog, source: SourceKind = .native) -> [UInt8] {
    var encoder = RecordingEncoder(origin: origin, source: source)
    var bytes = encoder.header()
    for event in log.events { encoder.encode(event, from: log, into: &bytes) }
    return bytes
  }

  /// Every event with all that it stands for, so that logs with other names can be compared.
  private func resolved(_ log: EventLog) -> [String] {
    log.events.map { event in
      let function = log.catalog.text(event.function)
      let request = log.catalog.text(event.request)
      let text: String =
        switch event.kind {
        case .output(_, let range), .undecodable(_, let range): log.text.text(range) ?? ""
        case .settingChanged(_, let value): "\(value)"
        case .phaseEnded(let end): "\(end.duration)"
        case .report(let report): "\(report.duration) \(report.initDuration)"
        case .functionDescribed(let function): "\(function.timeout) \(function.idleTimeout)"
        case .forked(let time): "\(time)"
        default: ""
        }
      let times = "\(event.time) \(event.arrival)"
      return [times, function, request, text, render(event, in: log, origin: 0)].joined(separator: "|")
    }
  }

  @Test func theHeaderIsAsDocumented() {
    let header = RecordingEncoder(origin: origin, source: .rie).header()
    #expect(
      String(decoding: header, as: UTF8.self) == """
        {"format":"lambda-lanes-recording","version":1,"origin":"2026-11-23T03:06:28.586Z","source":"rie"}

        """)
  }

  @Test func anEventIsAsDocumented() {
    var log = EventLog(source: .rie)
    let function = log.catalog.name("app.handler")
    let environment = log.catalog.environment(log.catalog.name("rie-1"), of: function)
    let event = LifecycleEvent(
      time: origin + 518_000_000, function: function, environment: environment,
      kind: .phaseBegan(.initialization))
    var encoder = RecordingEncoder(origin: origin, source: .rie)
    let line = encoder.encode(event, from: log)
    #expect(
      String(decoding: line, as: UTF8.self) == """
        {"time":0.518000000,"event":"phaseBegan","environment":"rie-1","function":"app.handler","phase":"init"}

        """)
  }

  @Test("each environment keeps its source, and one name in two sources is two environments")
  func severalSourcesSurvive() {
    var log = EventLog(source: .rie)
    log.catalog[log.catalog.source].name = "rie"
    let other = log.catalog.addSource(Source(name: "agent", kind: .telemetry))
    for (offset, source) in [SourceID(rawValue: 0), other, SourceID(rawValue: 0)].enumerated() {
      log.catalog.source = source
      let environment = log.catalog.environment(log.catalog.name("env-1"), of: log.catalog.name("f"))
      log.append(
        LifecycleEvent(
          time: origin + Int64(offset), environment: environment, kind: .phaseBegan(.invoke)))
    }
    let found = decode(record(log, source: .rie))
    #expect(found.undecodable.isEmpty)
    let tellers = found.events.map { found.catalog[found.catalog.source(of: $0.environment)] }
    #expect(tellers.map(\.name) == ["rie", "agent", "rie"])
    #expect(tellers.map(\.kind) == [.rie, .telemetry, .rie])
    #expect(found.events[0].environment == found.events[2].environment)
    #expect(found.events[0].environment != found.events[1].environment)
  }

  @Test func everyKindSurvives() {
    let log = everyKind(from: origin)
    let found = decode(record(log, source: .simulation))
    #expect(resolved(found) == resolved(log))
  }

  @Test(arguments: Fixture.rie) func decodedCapturesSurvive(name: String) throws {
    let log = decode(try Fixture.bytes("rie/\(name).log"))
    let bytes = record(log, source: .rie)
    #expect(resolved(decode(bytes)) == resolved(log))
    #expect(record(decode(bytes), source: .rie) == bytes)
  }

  @Test(arguments: [SourceKind.simulation, .rie, .telemetry, .native]) func theSourceIsTheHeaders(
    source: SourceKind
  ) {
    var log = EventLog()
    var reader = StreamReader(format: nil)
    RecordingEncoder(origin: 0, source: source).header().withUnsafeBytes {
      reader.read($0, stream: nil, arrival: nil, into: &log)
    }
    #expect(reader.sourceKind == source)
    #expect(reader.format == .recording)
  }

  @Test func unknownThingsAreIgnoredOrCounted() {
    let log = decode(
      """
      {"format":"lambda-lanes-recording","version":1,"origin":"2026-11-23T03:06:28Z","source":"martian","more":[1]}
      {"time":1,"event":"thawed","environment":"e","colour":{"a":"b"},"phase":7}
      {"time":2,"event":"exploded","environment":"e"}
      {"time":3,"event":"phaseBegan","environment":"e","phase":"lunch"}
      {"event":"thawed"}
      {"time":1e99,"event":"thawed"}
      {"time":4,"event":"phaseEnded","phase":"invoke","duration":2000000000}
      {"time":-1.5,"event":"thawed"}
      """)
    #expect(
      log.undecodable.map(\.reason) == [
        "an event of an unknown kind", "phaseBegan with a field missing or not known",
        "an event without a \"time\": expected seconds since the recording's origin",
        "an event without a \"time\": expected seconds since the recording's origin",
        "phaseEnded with a length outside 0 to 31 years",
      ])
    #expect(
      log.events.filter { $0.kind == .thawed }.map(\.time) == [
        1_795_403_189_000_000_000, 1_795_403_186_500_000_000,
      ])
  }

  @Test func aNewerVersionIsRefused() {
    var log = EventLog()
    var reader = StreamReader(format: nil)
    let lines = """
      {"format":"lambda-lanes-recording","version":2,"origin":"2026-11-23T03:06:28Z","source":"rie"}
      {"time":1,"event":"thawed"}
      {"format":"lambda-lanes-recording","version":1,"origin":"2026-11-23T03:06:28Z","source":"rie"}
      nonsense

      """
    Array(lines.utf8).withUnsafeBytes { reader.read($0, stream: nil, arrival: nil, into: &log) }
    #expect(log.events.isEmpty)
    #expect(!reader.hasHeader)
    #expect(reader.refusal == "a recording of version 2: this program reads version 1; use a newer lanes")
  }

  @Test func aHeaderAloneIsAnEmptySession() {
    var log = EventLog()
    var reader = StreamReader(format: nil)
    let line = #"{"format":"lambda-lanes-recording","version":1,"origin":"2026-11-23T03:06:28Z"}"# + "\n"
    Array(line.utf8).withUnsafeBytes { reader.read($0, stream: nil, arrival: nil, into: &log) }
    #expect(reader.hasHeader)
    #expect(reader.refusal == nil)
  }

  @Test func aRecordingCutAnywhereOpensUpToItsLastWholeLine() {
    let log = everyKind(from: origin)
    let bytes = record(log)
    let header = RecordingEncoder(origin: origin, source: .native).header().count
    let whole = resolved(log)
    for cut in header..<bytes.count {
      let lines = bytes[..<cut].count { $0 == 0x0A } - 1
      let found = decode(Array(bytes[..<cut]))
      let endsWithLine = bytes[cut - 1] == 0x0A
      #expect(found.events.count == (endsWithLine ? lines : lines + 1))
      // A last line that lacks only its newline is whole.
      let isWhole = endsWithLine || bytes[cut] == 0x0A
      if !isWhole { #expect(isUndecodable(found.events.last)) }
      if endsWithLine { #expect(resolved(found) == Array(whole.prefix(lines))) }
    }
  }

  private func isUndecodable(_ event: LifecycleEvent?) -> Bool {
    guard case .undecodable = event?.kind else { return false }
    return true
  }
}
