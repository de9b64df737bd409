import LambdaEventFormats
import LambdaLifecycle
import Testing

/// Shapes that logs of CloudWatch were found in.
@Suite struct EnvelopeShapeTests {
  @Test(arguments: LogShapes.all) func isRead(shape: LogShapes.Shape) throws {
    let log = decode(shape.text)
    #expect(log.undecodable.map(\.text) == [])
    #expect(log.outputs == shape.outputs)
    let reports = log.events.compactMap { event -> Report? in
      guard case .report(let report) = event.kind else { return nil }
      return report
    }
    #expect(reports.map(\.duration) == [88_000_000])
    #expect(reports.map(\.initDuration) == [150_000_000])
    #expect(reports.map(\.maxMemoryUsedMB) == [70])
    #expect(Set(log.events.map(\.environment).filter { $0 != .none }).count == 1)
    #expect(render(log).split(separator: "\n").filter { $0.contains("begin invoke") }.count == 1)
  }

  /// As a pipe gives them: each line came at some time.
  @Test(arguments: LogShapes.all.filter { !$0.name.hasPrefix("a REPORT whose last") }) func isReadFromAPipe(
    shape: LogShapes.Shape
  ) {
    let log = decode(Array(shape.text.utf8), arrival: 1_772_438_500_000_000_000)
    let told = renderLifecycle(log).split(separator: "\n").filter { $0.contains(" report ") }
    #expect(told.count == 1)
    #expect(told.allSatisfy { $0.contains("duration=0.088000 init=0.150000") })
  }

  @Test func nothingElseWaits() {
    var log = EventLog()
    var reader = StreamReader(format: .cloudWatch)
    func reports(_ line: String) -> Int {
      Array((line + "\n").utf8).withUnsafeBytes {
        reader.read($0, stream: nil, arrival: 1_772_438_500_000_000_000, into: &log)
      }
      return renderLifecycle(log).split(separator: "\n").filter { $0.contains(" report ") }.count
    }
    #expect(reports(LogShapes.start) == 0)
    #expect(reports(LogShapes.report.replacing("\tInit Duration: 150.00 ms\t", with: "")) == 1)
  }

  /// Where a REPORT's fields never come, its line is output.
  @Test func aReportWithoutFieldsIsOutput() {
    let log = decode(
      "\(LogShapes.start)\nREPORT RequestId: \(LogShapes.id)\nhello\n\(LogShapes.end)\n\(LogShapes.report)\n")
    #expect(log.outputs == ["REPORT RequestId: \(LogShapes.id)", "hello"])
  }

  @Test func midnightPasses() throws {
    let log = decode(
      "23:59:59.900 \(LogShapes.start)\n00:00:00.100 \(LogShapes.end)\n00:00:00.100 \(LogShapes.report)\n")
    let times = log.events.map(\.time)
    #expect(try #require(times.max()) - (try #require(times.min())) < .seconds(1))
  }

  /// No line gives the format away: the emulator writes START, END and REPORT too.
  @Test func messagesAloneAreCloudWatchs() {
    func format(_ report: String) -> StreamFormat? {
      var reader = StreamReader(format: nil)
      var log = EventLog()
      Array("\(LogShapes.start)\n\(LogShapes.end)\n\(report)".utf8).withUnsafeBytes {
        reader.read($0, stream: nil, arrival: nil, into: &log)
      }
      reader.finish(into: &log)
      return reader.format
    }
    let line = "REPORT RequestId: \(LogShapes.id)\t"
    #expect(format("") == .cloudWatch)
    #expect(
      format(line + "Duration: 1 ms\tBilled Duration: 1 ms\tMemory Size: 256 MB\tMax Memory Used: 256 MB")
        == .cloudWatch)
    #expect(
      format(line + "Duration: 1 ms\tBilled Duration: 1 ms\tMemory Size: 3008 MB\tMax Memory Used: 3008 MB")
        == .rie)
    #expect(
      format(
        line
          + "Init Duration: 0.04 ms\tDuration: 1 ms\tBilled Duration: 1 ms\tMemory Size: 512 MB\tMax Memory Used: 512 MB"
      )
        == .rie)
  }

  /// Neither is a log of CloudWatch because somebody's lines look like an envelope.
  @Test(arguments: [
    "timestamp,level\n1,info\n", "| time | message |\n|---|---|\n| 2026-03-02 08:00:00 | hello |\n",
    "2026-03-02 08:00:00 hello\n", "[1772438400480] hello\n",
    "{\"timestamp\":1772438400480,\"message\":\"hello\"}\n",
    "2026-03-02T08:00:00.000Z\nhello\n", "START\nhello\n", "[\"hello\"]\n", "EVENTS\thello\n",
    "/var/log 12:00 hello\n",
  ])
  func isSomebodyElses(text: String) {
    let log = decode(text)
    #expect(log.events.allSatisfy { if case .undecodable = $0.kind { true } else { false } })
  }

  @Test(arguments: ["\n", ",\n"]) func indentedTelemetryIsRead(separator: String) throws {
    let whole = try Fixture.text("telemetry/indented.json")
    let first = decode(whole)
    #expect(first.undecodable.isEmpty)
    #expect(render(first).contains("report duration=1.000500 init=0.700250"))
    // Objects one after the other, as `jq '.[]'` prints them, or as an array whose brackets were not copied.
    let objects = whole.split(separator: "\n").dropFirst().dropLast().map { $0.dropFirst(2) }
      .joined(separator: "\n").replacing("\n},\n", with: "\n}" + separator)
    #expect(render(decode(objects)) == render(first))
  }
}
