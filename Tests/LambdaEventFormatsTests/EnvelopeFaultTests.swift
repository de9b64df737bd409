import LambdaEventFormats
import LambdaLifecycle
import Testing

/// Logs that were read badly once.
@Suite struct EnvelopeFaultTests {
  private let ids = (1...3).map { "3fa87def-7a1c-4e2b-9f3d-55667788990\($0)" }
  private let logStream = "2026/11/20/[$LATEST]7c1e9a5b3d2f48e6a0b4c8d1e2f30415"

  private func report(_ id: String) -> String {
    "REPORT RequestId: \(id)\tDuration: 20.50 ms\tBilled Duration: 21 ms\tMemory Size: 512 MB\tMax Memory Used: 91 MB\t"
  }

  private func lines(_ lines: String...) -> EventLog { decode(lines.map { $0 + "\n" }.joined()) }

  private func answered(_ log: EventLog) -> [String] {
    log.events.compactMap {
      guard case .requestAnswered(.error, let type) = $0.kind else { return nil }
      return log.catalog.text(type)
    }
  }

  private func begun(_ log: EventLog) -> [String] {
    log.events.compactMap {
      guard case .phaseBegan(.invoke, _) = $0.kind else { return nil }
      return log.catalog.text($0.request)
    }
  }

  private func ended(_ log: EventLog) -> Int {
    log.events.count {
      guard case .phaseEnded(let end) = $0.kind else { return false }
      return end.phase == .invoke
    }
  }

  // MARK: Telemetry

  @Test(arguments: [
    ["[A,", "B,", "C]"], ["[A", ",B", ",C", "]"], ["A,", "B,", "C"], ["[", "A,", "B,", "C", "]"],
    ["[A, B,", "C]"], ["A", "B", "C"], ["[A, B, C]"], ["[A,", "", "B ,", "  C", "]"],
  ])
  func bracketsAndCommasAreOfTheDocument(shape: [String]) {
    let id = ids[0]
    let events = [
      "A": #"{"time":"2026-11-20T09:15:00.420Z","type":"platform.start","record":{"requestId":"\#(id)"}}"#,
      "B": #"{"time":"2026-11-20T09:15:00.421Z","type":"function","record":"hello, [world]\n"}"#,
      "C":
        #"{"time":"2026-11-20T09:15:00.475Z","type":"platform.report","record":{"requestId":"\#(id)","metrics":{"durationMs":55.5},"status":"success"}}"#,
    ]
    let text = shape.map { line in
      line.map { events[String($0)] ?? String($0) }.joined() + "\n"
    }.joined()
    let log = decode(text)
    #expect(log.undecodable.map(\.text) == [])
    #expect(begun(log) == [id])
    #expect(ended(log) == 1)
    #expect(log.outputs == ["hello, [world]"])
  }

  // MARK: Bars

  @Test(arguments: ["1772438400000", "1772438400", "2026-03-02", "17724384000001234", "12345678"])
  func aNumberIsNoService(cell: String) {
    let log = lines(
      "\(cell) | START RequestId: \(ids[0]) Version: $LATEST", "\(cell) | \(report(ids[0]))")
    #expect(log.catalog.sources.count == 1)
  }

  @Test func aRowWithoutBarsAroundItIsOfATable() {
    let log = lines(
      "1772438400000 | INIT_START Runtime Version: python:3.12.v1",
      "1772438400100 | START RequestId: \(ids[0]) Version: $LATEST",
      "1772438401000 | END RequestId: \(ids[0])", "1772438401000 | \(report(ids[0]))")
    #expect(log.undecodable.isEmpty)
    #expect(begun(log) == [ids[0]])
    #expect(log.catalog.sources.count == 1)
  }

  // MARK: Shippers

  @Test(arguments: [
    #""awscloudwatch":{"log_group":"/aws/lambda/orders","log_stream":"S"}"#,
    #""aws":{"cloudwatch":{"log_group":"/aws/lambda/orders","log_stream":"S"}}"#,
    #""aws.cloudwatch.log_group":"/aws/lambda/orders","aws.cloudwatch.log_stream":"S""#,
    #""cloudwatch.logGroup":"/aws/lambda/orders","cloudwatch.logStream":"S""#,
    #""aws":{"awslogs":{"logGroup":"/aws/lambda/orders","logStream":"S"}}"#,
  ])
  func aShipperNamesTheEnvironment(fields: String) {
    let names = fields.replacing("S\"", with: logStream + "\"")
    let messages = ["hello", "START RequestId: \(ids[0]) Version: $LATEST", "END RequestId: \(ids[0])"]
    let text = messages.map {
      #"{"@timestamp":"2026-11-20T09:15:00.000Z","message":"\#($0)\n",\#(names)}"# + "\n"
    }.joined()
    let log = decode(text)
    #expect(log.undecodable.isEmpty)
    #expect(log.outputs == ["hello"])
    #expect(log.events.allSatisfy { log.catalog.text($0.environment) == logStream })
    #expect(log.events.allSatisfy { log.catalog.text($0.function) == "orders" })
  }

  // MARK: Serverless

  @Test func aBareStartBeginsTheRequestOfTheNextEnd() {
    let log = lines(
      "INIT_START Runtime Version: python:3.13.v60\tRuntime Version ARN: arn", "START",
      "2026-11-20 10:15:00.560\t[INFO]\torder stored", "END RequestId: \(ids[0])",
      "END Duration: 287.61 ms (init: 412.35 ms) Memory Used: 91 MB", "START", "END RequestId: \(ids[1])",
      "END Duration: 29.40 ms Memory Used: 91 MB", "START",
      #"2026-11-20 10:15:20.560"# + "\tERROR\tInvoke Error \t"
        + #"{"errorType":"TypeError","errorMessage":"x","stack":["TypeError: x"]}"#,
      "END RequestId: \(ids[2])", "END Duration: 14.90 ms Memory Used: 91 MB")
    #expect(log.undecodable.isEmpty)
    #expect(begun(log) == ids)
    #expect(ended(log) == 3)
    #expect(answered(log) == ["TypeError"])
    #expect(log.outputs.count == 2)
  }

  @Test func aFunctionMayPrintStart() {
    let log = lines(
      "START RequestId: \(ids[0]) Version: $LATEST", "START", "work", "END RequestId: \(ids[0])",
      report(ids[0]))
    #expect(begun(log) == [ids[0]])
    #expect(log.outputs == ["START", "work"])
  }

  @Test func aStartWithoutEndIsNoRequest() {
    let log = lines(
      "START", "lost", "START", "work", "END RequestId: \(ids[0])",
      "END Duration: 29.40 ms Memory Used: 91 MB", "START", "last")
    #expect(begun(log) == [ids[0]])
    #expect(log.outputs.filter { $0 != "START" } == ["lost", "work", "last"])
  }

  // MARK: Tabs between messages

  @Test func messagesJoinedByTabsMayBeginWithStart() {
    let log = lines(
      "START RequestId: \(ids[0]) Version: $LATEST", "\t[ERROR] ValueError: no such order",
      "Traceback (most recent call last):", "  File \"/var/task/app.py\", line 9, in handler",
      "    raise ValueError(\"no such order\")\tEND RequestId: \(ids[0])", "\t" + report(ids[0]),
      "\tSTART RequestId: \(ids[1]) Version: $LATEST", "\tboom: java.lang.IllegalStateException",
      "java.lang.IllegalStateException: boom", "\tEND RequestId: \(ids[1])", "\t" + report(ids[1]))
    #expect(begun(log) == [ids[0], ids[1]])
    #expect(ended(log) == 2)
    #expect(answered(log) == ["ValueError", "java.lang.IllegalStateException"])
    #expect(log.outputs.first == "[ERROR] ValueError: no such order")
  }

  @Test func outputBeforeTheFirstTabbedMessageIsKept() {
    let log = lines(
      "hello", "\tSTART RequestId: \(ids[0]) Version: $LATEST", "\tEND RequestId: \(ids[0])",
      "\t" + report(ids[0]))
    #expect(begun(log) == [ids[0]])
    #expect(log.undecodable.isEmpty)
    #expect(log.outputs == ["hello"])
  }

  @Test func aStackTraceOfABareLogKeepsItsTabs() {
    let log = lines(
      "START RequestId: \(ids[0]) Version: $LATEST", "boom: java.lang.IllegalStateException",
      "java.lang.IllegalStateException: boom", "\tat example.Handler.handleRequest(Handler.java:17)",
      "END RequestId: \(ids[0])", report(ids[0]))
    #expect(answered(log) == ["java.lang.IllegalStateException"])
    #expect(log.outputs.last == "\tat example.Handler.handleRequest(Handler.java:17)")
  }

  // MARK: Pieces

  @Test func carriageReturnsAreTheSameInAnyPieces() {
    let bytes = Array("START RequestId: a Version: 1\r\na\r\r\n\u{1B}[31mb\u{1B}[0m\r\nc\r\r\n".utf8)
    func read(_ size: Int) -> [String] {
      var log = EventLog()
      var reader = StreamReader(format: .cloudWatch)
      for start in stride(from: 0, to: bytes.count, by: size) {
        bytes[start..<min(start + size, bytes.count)].withUnsafeBytes {
          reader.read($0, stream: nil, arrival: nil, into: &log)
        }
      }
      reader.finish(into: &log)
      return log.outputs
    }
    for size in 1...40 { #expect(read(size) == read(1_000)) }
  }
}
