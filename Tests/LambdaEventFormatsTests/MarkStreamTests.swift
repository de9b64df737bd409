import LambdaEventFormats
import LambdaLifecycle
import TestSupport
import Testing

/// Marks and import times in the output of real functions.
@Suite struct MarkStreamTests {
  private func timed(_ name: String, cut: Int? = nil) throws -> EventLog {
    var log = EventLog()
    var reader = StreamReader(format: nil)
    for piece in try Fixture.timed(name) {
      for part in parts(piece.bytes, cut) {
        part.withUnsafeBytes {
          reader.read($0, stream: piece.stream, arrival: piece.arrival, into: &log)
        }
      }
    }
    reader.finish(into: &log)
    return log
  }

  private func parts(_ bytes: [UInt8], _ cut: Int?) -> [[UInt8]] {
    guard let cut else { return [bytes] }
    return stride(from: 0, to: bytes.count, by: cut).map { Array(bytes[$0..<min($0 + cut, bytes.count)]) }
  }

  @Test func marksFollowTheirLines() throws {
    try expectGolden("errors-debug-timed", render(timed("errors-debug")))
  }

  @Test(arguments: [1, 7, 100]) func piecesMayBeginAndEndAnywhere(cut: Int) throws {
    #expect(try render(timed("errors-debug", cut: cut)) == render(timed("errors-debug")))
  }

  /// Lines of output in a file have no time, so that lengths are not known.
  @Test func marksOfAFileAreMoments() throws {
    let log = decode(try Fixture.bytes("rie/errors-debug.log"))
    let marks = log.events.compactMap { if case .mark(let mark) = $0.kind { mark } else { nil } }
    #expect(marks.count == 11)
    #expect(marks.allSatisfy { $0.edge == .moment })
    #expect(marks.prefix(2).map { log.catalog.text($0.name) } == ["function-init begin", "db connect begin"])
  }

  /// 91 imports of the Python runtime and its client; the line above them is output.
  @Test func importTimesTakeThePlaceOfTheirLines() throws {
    let log = try timed("import-times")
    let costs = log.events.compactMap { if case .imported(let cost) = $0.kind { cost } else { nil } }
    #expect(costs.count == 91)
    let largest = try #require(costs.max { $0.total < $1.total })
    #expect(log.catalog.text(largest.name) == "awslambdaric.lambda_runtime_client")
    #expect(!render(log).contains("function: import time:  "))
    #expect(log.undecodable.isEmpty)
  }

  @Test func telemetryHasMarks() {
    let log = decode(
      """
      {"time":"2026-01-01T00:00:00.000Z","type":"platform.initStart","record":{"initializationType":"on-demand","functionName":"f"}}
      {"time":"2026-01-01T00:00:00.100Z","type":"function","record":"lanes: function-init begin\\n"}
      {"time":"2026-01-01T00:00:00.150Z","type":"function","record":{"level":"INFO","message":"lanes: read config","requestId":"r"}}
      {"time":"2026-01-01T00:00:00.200Z","type":"extension","record":"lanes: not the function\\n"}
      """)
    #expect(
      log.events.compactMap { event -> String? in
        guard case .mark(let mark) = event.kind else { return nil }
        return "\(mark.edge) \(log.catalog.text(mark.name)) \(log.catalog.text(event.request))"
      } == ["begin function-init ", "moment read config r"])
  }

  /// A recording has its marks beside the lines that they came from.
  @Test func aRecordingTellsThemOnce() throws {
    let log = try timed("import-times")
    var encoder = RecordingEncoder(origin: log.events[0].time, source: .rie)
    var bytes = encoder.header()
    for event in log.events { encoder.encode(event, from: log, into: &bytes) }
    #expect(render(decode(bytes)) == render(log))
  }
}
