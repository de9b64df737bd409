import Foundation
import TestSupport
import Testing

/// The facts that exports must keep, and the texts that must not get out of them.
@Suite(.needs(.lanes)) struct ExportContentTests {
  /// Two functions, of which one is throttled.
  private static let throttled = Repository.path("demos/burst-with-throttling.jsonl.gz")

  private func text(_ input: String, as format: String, _ options: String...) async throws -> String {
    let ending = try await lanes(["export", input, "--as", format] + options)
    #expect(ending.status == 0, "\(ending.errors)")
    return ending.text
  }

  // MARK: Requests without an environment

  @Test func throttledRequestsKeepTheirFunction() async throws {
    let summary = try await SummaryDocument(of: Self.throttled)
    let throttles = summary.statistics.throttles
    try #require(throttles > 0)
    let rows = try await text(Self.throttled, as: "csv").split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let function = try #require(rows[0].firstIndex(of: "function"))
    let isThrottled = try #require(rows[0].firstIndex(of: "throttled"))
    let refused = rows.filter { $0[isThrottled] == "true" }
    #expect(refused.count == throttles)
    #expect(refused.allSatisfy { $0[function] == "checkout" })
    #expect(refused.allSatisfy { $0.last == "ReservedFunctionConcurrentInvocationLimitExceeded" })
  }

  @Test func tracesHoldAllRequests() async throws {
    let summary = try await SummaryDocument(of: Self.throttled)
    let lines = try await text(Self.throttled, as: "otlp").split(separator: "\n")
    let spans = try lines.flatMap { try JSONDecoder().decode(Traces.self, from: Data($0.utf8)).spans }
    let requests = spans.filter { $0.parentSpanId == nil && $0.attribute("faas.invocation_id") != nil }
    #expect(requests.count == summary.statistics.requests)
    let throttled = requests.filter { $0.attribute("error.type")?.contains("LimitExceeded") == true }
    #expect(throttled.count == summary.statistics.throttles)
    #expect(!spans.contains { $0.name.contains("env") && $0.name != "environment" })
  }

  @Test func noProcessIsInvented() async throws {
    let trace = try JSONDecoder().decode(
      TraceFile.self, from: Data(try await text(Self.throttled, as: "trace").utf8))
    let names = trace.traceEvents.filter { $0.name == "process_name" }.compactMap { $0.args?["name"] }
    #expect(names == ["checkout"])
  }

  // MARK: Causes

  /// An environment that was initialized ahead, by a log whose clocks differ by a millisecond: nobody waited for its init.
  @Test func spansBelongToTheirCause() async throws {
    let scratch = try Scratch()
    let file = scratch.file("ahead.jsonl")
    let common = #""environment":"env-1","function":"hello""#
    try """
    {"format":"lambda-lanes-recording","version":1,"origin":"2026-11-23T03:06:28Z","source":"native"}
    {"time":0,"event":"environmentCreated",\(common)}
    {"time":0,"event":"phaseBegan","phase":"init",\(common)}
    {"time":0.5,"event":"phaseEnded","phase":"init","outcome":"success",\(common)}
    {"time":0.499,"event":"requestArrived","function":"hello","requestId":"r-1"}
    {"time":0.501,"event":"requestAssigned","requestId":"r-1",\(common)}
    {"time":0.501,"event":"phaseBegan","phase":"invoke","requestId":"r-1",\(common)}
    {"time":0.6,"event":"requestAnswered","outcome":"success","requestId":"r-1",\(common)}
    {"time":0.6,"event":"phaseEnded","phase":"invoke","outcome":"success","requestId":"r-1",\(common)}
    {"time":0.6,"event":"phaseBegan","phase":"shutdown",\(common)}
    {"time":0.7,"event":"phaseEnded","phase":"shutdown",\(common)}

    """.write(toFile: file, atomically: true, encoding: .utf8)
    let lines = try await text(file, as: "otlp").split(separator: "\n")
    let spans = try lines.flatMap { try JSONDecoder().decode(Traces.self, from: Data($0.utf8)).spans }
    let request = try #require(spans.first { $0.attribute("faas.invocation_id") == "r-1" })
    let below = spans.filter { $0.parentSpanId == request.spanId }.map(\.name)
    let isCold = request.attributes.contains { $0.key == "faas.coldstart" && $0.value.boolValue == true }
    #expect(below == (isCold ? ["invoke", "init"] : ["invoke"]))
    #expect(spans.contains { $0.name == "shutdown" && $0.parentSpanId != request.spanId })
  }

  // MARK: Texts from outside

  /// Names that a spreadsheet would run, a terminal would obey, or that turn the direction of text.
  private static let hostile = """
    {"format":"lambda-lanes-recording","version":1,"origin":"2026-11-23T03:06:28Z","source":"native"}
    {"time":0,"event":"environmentCreated","environment":"=1+1","function":"@SUM\\u001b[31m\\u202egnp"}
    {"time":0,"event":"phaseBegan","phase":"init","environment":"=1+1","function":"@SUM\\u001b[31m\\u202egnp"}
    {"time":0.5,"event":"phaseEnded","phase":"init","outcome":"error","errorType":"-A\\u2066B\\u0085","environment":"=1+1"}

    """

  @Test(arguments: ["csv", "json", "trace", "otlp", "svg", "txt", "cast"])
  func nothingActsOnTheReader(format: String) async throws {
    let scratch = try Scratch()
    let file = scratch.file("hostile.jsonl")
    try Self.hostile.write(toFile: file, atomically: true, encoding: .utf8)
    let output = try await text(file, as: format)
    let acting: [Unicode.Scalar] = ["\u{202E}", "\u{2066}", "\u{85}", "\u{1B}"]
    #expect(!output.unicodeScalars.contains { acting.contains($0) })
    guard format == "csv" else { return }
    let cells = output.split(separator: "\r\n").dropFirst().flatMap {
      $0.split(separator: ",").map { $0.first == "\"" ? $0.dropFirst() : $0 }
    }
    #expect(!cells.contains { "=+-@".contains($0.first ?? " ") }, "\(output)")
    #expect(output.contains("'=1+1") && output.contains("'@SUM\\u{1B}[31m\\u{202E}gnp"), "\(output)")
  }

  /// Negative numbers are numbers.
  @Test func numbersGetNoApostrophe() async throws {
    let output = try await text(Self.throttled, as: "csv")
    #expect(!output.contains("'"))
  }

  // MARK: Screens

  @Test func theScreenBeginsAndEndsWhereAsked() async throws {
    let session = Repository.path("demos/first-session.jsonl")
    let whole = try await text(session, as: "txt", "--width", "100", "--height", "30")
    let part = try await text(
      session, as: "txt", "--start", "1s", "--end", "1200ms", "--width", "100", "--height", "30")
    #expect(!whole.contains("PAUSED") && !part.contains("PAUSED"))
    #expect(part.contains("00:01.2 of"))
    // Two tenths of a second fill the axis.
    #expect(part.contains("1.05") || part.contains("1.1"), "\(part)")
    let cast = try await text(session, as: "cast", "--start", "1s", "--end", "1200ms")
    #expect(!cast.contains("PAUSED"))
  }
}

/// The parts of OTLP/JSON that tests look at.
private struct Traces: Decodable {
  struct Span: Decodable {
    struct Attribute: Decodable {
      struct Value: Decodable {
        var stringValue: String?
        var boolValue: Bool?
      }
      var key: String
      var value: Value
    }
    var name: String
    var spanId: String
    var parentSpanId: String?
    var attributes: [Attribute]

    func attribute(_ key: String) -> String? { attributes.first { $0.key == key }?.value.stringValue }
  }
  struct Scope: Decodable { var spans: [Span] }
  struct Resource: Decodable { var scopeSpans: [Scope] }
  var resourceSpans: [Resource]

  var spans: [Span] { resourceSpans.flatMap(\.scopeSpans).flatMap(\.spans) }
}

private struct TraceFile: Decodable {
  struct Event: Decodable {
    var name: String
    var args: [String: String]?

    private enum CodingKeys: CodingKey { case name, args }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      name = try values.decode(String.self, forKey: .name)
      args = try? values.decode([String: String].self, forKey: .args)
    }
  }
  var traceEvents: [Event]
}
