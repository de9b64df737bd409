import Foundation
import TestSupport
import Testing

/// The output of `lanes export`, read by somebody else's reader.
@Suite(.needs(.lanes, .python)) struct ExportTests {
  /// A session with extensions, a re-init, a failure and a mark, and a capture of the real emulator.
  static let inputs = [
    "demos/first-session.jsonl", "Tests/LambdaEventFormatsTests/Fixtures/rie/timeout2s-info.log",
  ]

  /// A file that is there as long as this is.
  private struct Exported {
    var scratch: Scratch
    var file: String
  }

  /// Exports a file.
  private func export(_ input: String, as format: String, _ options: String...) async throws -> Exported {
    let scratch = try Scratch()
    let file = scratch.file("export.\(format)")
    let ending = try await lanes(["export", Repository.path(input), "--as", format, "-o", file] + options)
    #expect(ending.status == 0, "\(ending.errors)")
    return Exported(scratch: scratch, file: file)
  }

  private func read<Content: Decodable>(_ exported: Exported, by reader: String, _ type: Content.Type)
    async throws
    -> Content
  {
    let ending = try await run(
      try Peer.python.required(), [Repository.path("Tests/ProgramTests/Readers/\(reader).py"), exported.file])
    #expect(ending.status == 0, "\(ending.text.prefix(2_000))\(ending.errors)")
    return try withExtendedLifetime(exported) {
      try JSONDecoder().decode(type, from: Data(ending.output))
    }
  }

  private func summary(_ input: String) async throws -> SummaryDocument {
    try await SummaryDocument(of: Repository.path(input))
  }

  @Test(arguments: inputs) func tableHasEverySpanAndRequest(input: String) async throws {
    let file = try await export(input, as: "csv")
    let rows = try await read(file, by: "table", [[String: String]].self)
    let summary = try await summary(input)
    let spans = summary.environments.flatMap(\.spans)
    #expect(rows.filter { $0["row"] == "span" }.map { $0["phase"] ?? "" } == spans.map(\.phase))
    #expect(rows.count { $0["row"] == "request" } == summary.statistics.requests)
    for (row, span) in zip(rows, spans) {
      guard let end = span.end else { continue }
      let length = try #require(Double(row["durationMs"] ?? ""))
      #expect(abs(length - (end - span.start) * 1_000) < 0.000_01)
    }
  }

  @Test(arguments: inputs) func perfettoTakesEverySlice(input: String) async throws {
    struct Trace: Decodable {
      struct Slice: Decodable {
        var thread: String
        var name: String
        var dur: Int
      }
      var slices: [Slice]
      var flows: Int
      var counters: Int
      var faults: [String]
    }
    let file = try await export(input, as: "trace")
    let trace = try await read(file, by: "trace", Trace.self)
    let summary = try await summary(input)
    #expect(trace.faults.isEmpty)
    #expect(
      trace.slices.count { !$0.thread.hasPrefix("requests") } == summary.environments.flatMap(\.spans).count)
    #expect(trace.slices.count { $0.thread.hasPrefix("requests") } == summary.statistics.requests)
    #expect(trace.flows == summary.environments.flatMap(\.spans).count { $0.phase == "invoke" })
    #expect(trace.counters > 0)
    #expect(trace.slices.allSatisfy { $0.dur >= 0 })
  }

  @Test(arguments: inputs) func openTelemetryTakesEverySpan(input: String) async throws {
    struct Traced: Decodable {
      var name: String
      var trace: String
      var isRoot: Bool
      var nanoseconds: Int
      var cold: Bool?
      var isError: Bool
    }
    let file = try await export(input, as: "otlp")
    let spans = try await read(file, by: "otlp", [Traced].self)
    let summary = try await summary(input)
    let all = summary.environments.flatMap(\.spans).filter { $0.phase != "frozen" }
    #expect(spans.count { !$0.isRoot } == all.count)
    #expect(spans.count { $0.isRoot && $0.cold != nil } == all.count { $0.phase == "invoke" })
    #expect(spans.count { $0.cold == true } == summary.statistics.coldStarts)
    #expect(spans.contains { $0.isError } == (summary.statistics.errors + summary.statistics.timeouts > 0))
  }

  @Test(arguments: inputs) func playbackEndsWithTheScreen(input: String) async throws {
    let file = try await export(input, as: "cast", "--width", "100", "--height", "30")
    let ending = try await run(
      try Peer.python.required(), [Repository.path("Tests/ProgramTests/Readers/cast.py"), file.file])
    #expect(ending.status == 0, "\(ending.errors)")
    let screen = try await lanes(
      "export", Repository.path(input), "--as", "txt", "--width", "100", "--height", "30")
    #expect(screen.status == 0)
    withExtendedLifetime(file) {
      #expect(ending.lines.filter { !$0.isEmpty } == screen.lines.filter { !$0.isEmpty })
    }
  }

  @Test(.needs(.xmllint, .rsvg), arguments: inputs) func pictureIsValidAndDrawn(input: String) async throws {
    let exported = try await export(input, as: "svg", "--title", "A <title> & \"more\"")
    let (scratch, file) = (exported.scratch, exported.file)
    let valid = try await run(try Peer.xmllint.required(), ["--noout", "--nonet", file])
    #expect(valid.status == 0 && valid.errors.isEmpty, "\(valid.errors)")
    let drawn = scratch.file("picture.png")
    let picture = try await run(try Peer.rsvg.required(), [file, "-o", drawn])
    #expect(picture.status == 0, "\(picture.errors)")
    let text = try scratch.text("export.svg")
    #expect(text.contains("A &lt;title&gt; &amp; &quot;more&quot;"))
    #expect(!text.contains("<script"))
    #expect(text.contains("role=\"img\"") && text.contains("<desc"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: drawn)).count > 5_000)
  }

  @Test func partsAndMistakes() async throws {
    let input = Repository.path(Self.inputs[0])
    let part = try await lanes("export", input, "--as", "csv", "--end", "1s", "--environment", "env-1")
    #expect(part.status == 0)
    #expect(part.lines.dropFirst().allSatisfy { $0.contains("env-1") })
    #expect(!part.lines.contains { $0.contains("shutdown") || $0.contains("Shutdown") })
    for (options, word) in [
      (["--as", "gif"], "gif"), (["--as", "svg", "--start", "soon"], "soon"),
      (["--as", "svg", "--width", "1"], "--width"),
      (["--as", "svg", "--start", "9s", "--end", "2s"], "--start"),
      (["--as", "cast", "--speed", "0"], "--speed"),
    ] {
      let ending = try await lanes(["export", input] + options)
      #expect(ending.status == 2 && ending.errors.contains(word), "\(options): \(ending.errors)")
    }
    let nobody = try await lanes("export", input, "--as", "svg", "--environment", "nobody")
    #expect(nobody.status == 1 && nobody.errors.contains("env-1"))
  }
}
