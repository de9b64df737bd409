import LambdaEventFormats
import LambdaLifecycle
import TestSupport
import Testing

/// Whole logs as each tool prints them.
@Suite struct CloudWatchFixtureTests {
  /// One session: cold start, warm request, a second environment, timeout, a silent re-init, out of memory.
  static let session = [
    "tail-detailed.log", "tail-colour.log", "tail-json-of-text.log", "sam-text.log", "sam-json.jsonl",
    "filter-log-events.json", "filter-log-events-compact.json",
  ]
  /// The first environment of that session.
  static let oneStream = ["get-log-events.json", "export.log", "console-copy.txt"]

  private func decoded(_ name: String) throws -> EventLog {
    decode(try Fixture.bytes("CloudWatch/" + name))
  }

  @Test(arguments: session) func everyToolTellsTheSame(name: String) throws {
    let log = try decoded(name)
    try expectGolden("cloudwatch-session", render(log))
    #expect(log.undecodable.isEmpty)
  }

  @Test(arguments: oneStream) func oneStreamAlone(name: String) throws {
    try expectGolden("cloudwatch-one-stream", renderLifecycle(try decoded(name)))
  }

  @Test(arguments: [
    "old-style.log", "tail-short.log", "localstack.log", "log-result.log", "text-with-telemetry.log",
    "json-info-tail.log", "json-debug-tail.log",
  ])
  func golden(name: String) throws {
    let log = try decoded(name)
    try expectGolden("cloudwatch-" + name.prefix { $0 != "." }, render(log))
    #expect(log.undecodable.isEmpty)
  }

  @Test func samPrintsTheSame() throws {
    #expect(render(try decoded("old-style-sam-colour.log")) == render(try decoded("old-style.log")))
    #expect(render(try decoded("json-info-sam.log")) == render(try decoded("json-info-tail.log")))
  }

  /// Lines without time and stream [start-live-tail]: they happen when they arrive.
  @Test func liveTail() throws {
    let log = decode(
      try Fixture.bytes("CloudWatch/live-tail.log"), arrival: 1_783_577_130_000_000_000)
    try expectGolden("cloudwatch-live-tail", render(log))
  }

  @Test func messagesInJSONHaveTheirOwnTimes() throws {
    let bytes = try Fixture.bytes("CloudWatch/json-debug-live-tail.log")
    func lifecycle(_ log: EventLog) -> [String] {
      renderLifecycle(log).replacing("2024/05/20/[$LATEST]aa11bb22cc33dd44ee55ff6677889900", with: "env-1")
        .split(separator: "\n").map(String.init)
    }
    #expect(
      lifecycle(decode(bytes, as: .cloudWatch)) == lifecycle(try decoded("json-info-tail.log")))
  }

  @Test(arguments: Fixture.cloudWatch) func isRecognised(name: String) throws {
    var reader = StreamReader(format: nil)
    var log = EventLog()
    try Fixture.bytes("CloudWatch/" + name).withUnsafeBytes {
      reader.read($0, stream: nil, arrival: nil, into: &log)
    }
    // Nothing but these lines: those that the Telemetry API sends look the same.
    #expect(reader.format == (name == "json-debug-live-tail.log" ? .telemetry : .cloudWatch))
  }

  @Test(arguments: Fixture.cloudWatch, [1, 7, 64, 4_096]) func anyChunksAreTheSame(name: String, size: Int)
    throws
  {
    let bytes = try Fixture.bytes("CloudWatch/" + name)
    var reader = StreamReader(format: nil)
    #expect(render(reader.read(bytes, inPiecesOf: size)) == render(decode(bytes)))
  }

  @Test func theSourceSaysWhatItCannotTell() throws {
    func source(_ name: String) throws -> SourceKind? {
      var reader = StreamReader(format: .cloudWatch)
      var log = EventLog()
      try Fixture.bytes("CloudWatch/" + name).withUnsafeBytes {
        reader.read($0, stream: nil, arrival: nil, into: &log)
      }
      return reader.sourceKind
    }
    #expect(try source("tail-detailed.log") == .cloudWatch)
    #expect(try source("text-with-telemetry.log") == .cloudWatch)
    #expect(try source("json-info-tail.log") == .cloudWatchJSON)
    #expect(try source("live-tail.log") == .cloudWatchMessages)
  }
}
