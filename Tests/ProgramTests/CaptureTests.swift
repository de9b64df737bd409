import Foundation
import TestSupport
import Testing

/// `lanes summary --json` on the output of the real emulator.
@Suite(.needs(.lanes)) struct CaptureTests {
  /// Stamps are cut to milliseconds, and exact lengths are added to them.
  private static let tolerance = 0.0015

  @Test func everyCaptureIsExpected() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Repository.captures)
    let captures = files.filter { $0.hasSuffix(".log") }.map { $0.dropLast(4) }
    #expect(captures.sorted() == CaptureExpectation.all.map { $0.name[...] }.sorted())
  }

  @Test(arguments: CaptureExpectation.all.map(\.name))
  func tellsWhatHappened(name: String) async throws {
    let expected = try #require(CaptureExpectation.all.first { $0.name == name })
    let path = "\(Repository.captures)/\(name).log"
    let summary = try await SummaryDocument(of: path)

    // One process of the emulator is one environment, and each of these was ended.
    #expect(summary.environments.map(\.state) == ["gone"])
    #expect(summary.environments.first?.function == "app.handler")
    let spans = summary.environments.first?.spans ?? []
    let rows = try expected.spans.split(separator: "\n").map { try Row(line: $0) }
    let origin = try Row.seconds(summary.origin.dropFirst("2026-11-23T".count).prefix(12))
    // Phases of one moment are in no order.
    let found = spans.map { Row($0, origin: origin) }.sorted(by: Row.isBefore)
    expect(found, are: rows.sorted(by: Row.isBefore))

    let statistics = summary.statistics
    #expect(statistics.requests == expected.requests)
    #expect(statistics.coldStarts == 1)
    #expect(statistics.reinits == expected.reinits)
    #expect(statistics.throttles == 0)
    #expect(statistics.errors == expected.errors)
    #expect(statistics.timeouts == expected.timeouts)
    #expect(statistics.peakConcurrency == 1)
    // The Init Duration in REPORT is 0.02 to 0.1 ms; INIT REPORT is right.
    #expect(statistics.initMs?.max == expected.initMs)
    #expect(statistics.initMs?.p50 == expected.initMs)

    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(summary.input.lines == bytes.count { $0 == UInt8(ascii: "\n") })
    #expect(summary.input.undecodable == 0)
    #expect(summary.input.late == 0)
  }

  /// Reports the first row that differs, and all rows found.
  private func expect(_ found: [Row], are expected: [Row]) {
    let differs = zip(found, expected).first { !$0.isClose(to: $1, within: Self.tolerance) }
    let all = found.map(\.description).joined(separator: "\n")
    #expect(differs == nil, "expected \(differs?.1.description ?? ""), found:\n\(all)")
    #expect(found.count == expected.count, "found:\n\(all)")
  }

  @Test func aPanicIsTheEmulatorsEnd() async throws {
    let ending = try await lanes("summary", "\(Repository.captures)/concurrent-info.log")
    let title = try #require(ending.lines.first { $0.hasPrefix("rie-1") })
    #expect(
      title.contains(
        "gone (emulatorFailure: RIE cannot take two requests at once (panic: runtime error: invalid memory"))
  }

  /// 4 s of 3,008 MB, by hand: (896 + 2 + 1 + 5) ms × 3,008 MB / 1,024 MB.
  @Test func billsWhatReportSays() async throws {
    let summary = try await SummaryDocument(of: "\(Repository.captures)/cold-3warm-info.log")
    let billed = try #require(summary.statistics.billedGBSeconds)
    #expect(abs(billed - 0.904 * 3_008 / 1_024) < 0.000_01)
  }
}

/// A span as a row of the expectations.
private struct Row: CustomStringConvertible {
  var phase: String
  /// Seconds of the day.
  var start: Double
  var end: Double
  /// Or `inferred`.
  var outcome: String
  /// The first eight characters.
  var request: String

  init(line: Substring) throws {
    let words = line.split(separator: " ")
    try #require(words.count >= 4)
    phase = String(words[0])
    start = try Self.seconds(words[1])
    end = try Self.seconds(words[2])
    outcome = String(words[3])
    request = words.count > 4 ? String(words[4]) : ""
  }

  init(_ span: SummaryDocument.Span, origin: Double) {
    phase = span.phase
    start = origin + span.start
    end = span.end.map { origin + $0 } ?? .infinity
    outcome = span.observed ? span.outcome ?? "none" : "inferred"
    request = String((span.requestId ?? "").prefix(8))
  }

  static func isBefore(_ one: Row, _ other: Row) -> Bool {
    let millisecond = { (time: Double) in (time * 1_000).rounded() }
    return (millisecond(one.start), one.phase) < (millisecond(other.start), other.phase)
  }

  func isClose(to other: Row, within tolerance: Double) -> Bool {
    phase == other.phase && outcome == other.outcome && request == other.request
      && abs(start - other.start) < tolerance && abs(end - other.end) < tolerance
  }

  /// Of `03:06:29.104`.
  static func seconds(_ clock: Substring) throws -> Double {
    let parts = try clock.split(separator: ":").map { try #require(Double($0)) }
    try #require(parts.count == 3)
    return parts[0] * 3_600 + parts[1] * 60 + parts[2]
  }

  var description: String {
    let from = String(format: "%.4f", start)
    let to = String(format: "%.4f", end)
    return "\(phase) \(from) \(to) \(outcome) \(request)"
  }
}
