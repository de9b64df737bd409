import LambdaEventFormats
import LambdaLifecycle
import TestSupport
import Testing

/// The envelopes that tools, clipboards and downloads put around the messages of a log.
@Suite struct EnvelopeTests {
  /// The lifecycle of a log, whatever it calls its environment.
  private func lifecycle(_ log: EventLog) -> String {
    renderLifecycle(log).replacing(PrintedLog.logStream, with: "env-1").replacing("4a5b61", with: "env-1")
  }

  @Test(arguments: PrintedLog.printers.map(\.name)) func everyEnvelopeTellsTheSame(name: String) throws {
    let printer = try #require(PrintedLog.printers.first { $0.name == name })
    let text = printer.print(try PrintedLog.session())
    let log = decode(text)
    #expect(log.undecodable.map(\.text) == [])
    try expectGolden("cloudwatch-one-stream", lifecycle(log))
    #expect(
      !log.outputs.contains {
        $0.hasPrefix("REPORT ") || $0.hasPrefix("START ") || $0.contains("events at this moment")
      })
  }

  /// The output of version 1 of the AWS CLI for one log (against moto), and of the writer of version 2's
  /// YAML.
  @Test(arguments: [
    "filter.text", "get.text", "filter.table", "get.table", "filter-query-ts-msg.json",
    "filter-query-ts-msg.text",
    "filter-query-map.json", "filter-query-map.text", "filter-query-map.table", "filter-query-ts-msg.table",
    "query.json", "query.text", "query.table", "filter.yaml", "get.yaml",
  ])
  func everyOutputOfTheCLITellsTheSame(name: String) throws {
    func decoded(_ name: String) throws -> EventLog {
      decode(try Fixture.bytes("CloudWatch/envelopes/cli-\(name)"))
    }
    let log = try decoded(name)
    let stream = "2026/03/02/[$LATEST]00112233445566778899aabbccddeeff"
    let told = try [log, decoded("filter.json")].map { render($0).replacing(stream, with: "env-1") }
    #expect(told[0] == told[1])
    #expect(log.undecodable.isEmpty)
  }

  @Test(arguments: PrintedLog.printers.map(\.name), [1, 61]) func anyChunksAreTheSame(name: String, size: Int)
    throws
  {
    let printer = try #require(PrintedLog.printers.first { $0.name == name })
    let bytes = Array(printer.print(try PrintedLog.session()).utf8)
    var reader = StreamReader(format: nil)
    #expect(render(reader.read(bytes, inPiecesOf: size)) == render(decode(bytes)))
  }
}

extension EventLog {
  /// The lines that functions have written.
  var outputs: [String] {
    events.compactMap {
      guard case .output(_, let range) = $0.kind else { return nil }
      return text.text(range)
    }
  }
}
