import Foundation
import TestSupport
import Testing

/// Two sessions side by side, and conditions that fail.
@Suite(.needs(.lanes)) struct DiffTests {
  private let session = Repository.path("demos/first-session.jsonl")

  @Test func theSameSessionHasNoChange() async throws {
    let ending = try await lanes("diff", session, session, "--fail-if", "coldShare > +0.1%")
    #expect(ending.status == 0)
    let rows = ending.lines.dropFirst(3)
    #expect(rows.count > 10)
    #expect(rows.allSatisfy { $0.hasSuffix(" =") })
  }

  /// The sessions that a guard must not let pass.
  @Test(arguments: [
    ("coldShare > 40%", "coldShare > 40%: it is 50.000 %"),
    ("restoreMs.p50 > 1", "restoreMs.p50 > 1: the second session does not tell restoreMs.p50"),
    ("restoreMs.p50 > +10%", "restoreMs.p50 > +10%: the second session does not tell restoreMs.p50"),
  ])
  func whatIsNotKnownFails(condition: String, message: String) async throws {
    let ending = try await lanes("diff", session, session, "--fail-if", condition)
    #expect(ending.status == 1 && ending.errors == "lanes: \(message)\n", "\(ending.errors)")
  }

  @Test func aRiseFromNothingIsMoreThanAnyPart() async throws {
    let scratch = try Scratch()
    let (quiet, bad) = (scratch.file("quiet.jsonl"), scratch.file("bad.jsonl"))
    for (file, outcome) in [(quiet, "success"), (bad, "error")] {
      try Self.recording(of: outcome).write(toFile: file, atomically: true, encoding: .utf8)
    }
    let risen = try await lanes("diff", quiet, bad, "--fail-if", "errors > +1000%")
    #expect(
      risen.status == 1 && risen.errors == "lanes: errors > +1000%: 0 has become 1\n", "\(risen.errors)")
    #expect(try await lanes("diff", bad, quiet, "--fail-if", "errors > +1000%").status == 0)
    #expect(try await lanes("diff", quiet, quiet, "--fail-if", "errors > +0%").status == 0)
  }

  @Test func anEmptySessionFailsEveryCondition() async throws {
    let scratch = try Scratch()
    let empty = scratch.file("empty.jsonl")
    try Self.header.write(toFile: empty, atomically: true, encoding: .utf8)
    for condition in [
      "errors > 0", "coldShare > 99%", "coldWaitMs.p95 > 10000", "requests < 0", "errors > +10%",
    ] {
      let ending = try await lanes("diff", session, empty, "--fail-if", condition)
      #expect(
        ending.status == 1 && ending.errors.contains("has no request"), "\(condition): \(ending.errors)")
      let other = try await lanes("diff", empty, session, "--fail-if", condition)
      #expect(other.status == (condition.contains("+") ? 1 : 0), "\(condition): \(other.errors)")
    }
  }

  @Test func oneSessionAlone() async throws {
    #expect(try await lanes("summary", session, "--fail-if", "errors > 0").status == 0)
    let ending = try await lanes("summary", session, "--fail-if", "coldStarts > 1")
    #expect(ending.status == 1 && ending.errors == "lanes: coldStarts > 1: it is 2\n", "\(ending.errors)")
    #expect(ending.text.contains("findings:"))
    let change = try await lanes("summary", session, "--fail-if", "errors > +10%")
    #expect(
      change.status == 2 && change.errors.contains("a change is one from another session"), "\(change.errors)"
    )
  }

  private static let header =
    #"{"format":"lambda-lanes-recording","version":1,"origin":"2026-11-23T03:06:28Z","source":"native"}"#
    + "\n"

  private static func recording(of outcome: String) -> String {
    let common = #""environment":"env-1","function":"hello","requestId":"r-1""#
    return header
      + #"{"time":0,"event":"requestArrived","function":"hello","requestId":"r-1"}"# + "\n"
      + #"{"time":0.1,"event":"requestAssigned",\#(common)}"# + "\n"
      + #"{"time":0.1,"event":"phaseBegan","phase":"invoke",\#(common)}"# + "\n"
      + #"{"time":0.2,"event":"requestAnswered","outcome":"\#(outcome)",\#(common)}"# + "\n"
      + #"{"time":0.2,"event":"phaseEnded","phase":"invoke","outcome":"\#(outcome)",\#(common)}"# + "\n"
  }

  @Test(arguments: [
    ("p_cold > 0.4", "p_cold > 0.4: it is 50.000 %"),
    ("coldWaitMs.p50>=1341", "coldWaitMs.p50>=1341: it is 1,341.2 ms"),
  ])
  func aConditionThatHolds(condition: String, message: String) async throws {
    let ending = try await lanes("diff", session, session, "--fail-if", condition, "--fail-if", "errors > 0")
    #expect(ending.status == 1)
    #expect(ending.errors == "lanes: \(message)\n")
  }

  @Test(arguments: [
    ("speed > 3", "there is no figure \"speed\". There are requests, successes"),
    ("coldShare", "expected NAME > NUMBER, as coldShare > 0.05"),
    ("coldShare > much", "expected a number behind >, found \"much\""),
    (
      "errors > 5%",
      "errors is no share: expected a number, as 5, or with its sign a change since the first session, as +5%"
    ),
    (
      "errors > +5",
      "expected a number without a sign, as 5, or a change in percent since the first session, as +5%"
    ),
    ("init > 500", "expected one of initMs.p50, initMs.p95, initMs.p99, initMs.max, found \"init\""),
  ])
  func aConditionThatIsNone(condition: String, message: String) async throws {
    let ending = try await lanes("diff", session, session, "--fail-if", condition)
    #expect(ending.status == 2)
    #expect(ending.errors.contains(message))
  }

  @Test func forScriptsAndForDocuments() async throws {
    let json = try await lanes("diff", session, session, "--json")
    let object = try JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any]
    let figures = try #require(object?["figures"] as? [[String: Any]])
    let cold = try #require(figures.first { $0["name"] as? String == "coldStarts" })
    #expect(cold["a"] as? Int == 2 && cold["b"] as? Int == 2 && cold["change"] as? Int == 0)
    let markdown = try await lanes("diff", session, session, "--markdown")
    #expect(markdown.lines.allSatisfy { $0.hasPrefix("| ") && $0.hasSuffix("|") })
  }
}
