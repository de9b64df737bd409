import Foundation
import LambdaLifecycle
import TestSupport
import Testing
import TimelineExport

@Suite("Summary")
struct SummaryTests {
  private static let sessions = [("simulated", Sessions.simulated), ("emulated", Sessions.emulated)]

  private func json(_ session: Session, lines: Int = 7) -> String {
    String(decoding: SummaryJSON(session.timeline, session.log.catalog, lines: lines).text(), as: UTF8.self)
  }

  private func object(_ session: Session) throws -> [String: Any] {
    let data = Data(SummaryJSON(session.timeline, session.log.catalog, lines: 7).text())
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("the JSON of a simulated session and of an emulator's", arguments: [0, 1])
  func golden(index: Int) throws {
    let (name, session) = Self.sessions[index]
    // A span a line, so that a difference can be read.
    try expectGolden(
      "\(name).json", json(session).replacingOccurrences(of: "{\"phase\"", with: "\n{\"phase\""))
  }

  @Test("the text for people", arguments: [0, 1])
  func text(index: Int) throws {
    let (name, session) = Self.sessions[index]
    try expectGolden("\(name).txt", SummaryText(session.timeline, session.log.catalog, lines: 7).text())
  }

  @Test("of many environments, the text has those in which something failed, and some others")
  func many() {
    var session = Session(reading: .native, live: false, start: 0)
    for number in 1...60 {
      let environment = session.log.catalog.environment(session.log.catalog.name("env-\(number)"), of: .none)
      let request = session.log.catalog.request("r\(number)")
      let outcome = number > 45 ? Outcome.timeout : .success
      for (time, kind) in [
        (100, .phaseBegan(.invoke)), (103, .phaseEnded(PhaseEnd(.invoke, outcome: outcome))),
      ] as [(Int64, LifecycleEvent.Kind)] {
        session.log.append(
          LifecycleEvent(
            time: .seconds(Int64(number) * time), environment: environment, request: request, kind: kind))
      }
    }
    _ = session.fold()
    let lines = SummaryText(session.timeline, session.log.catalog, lines: 1).text().split(separator: "\n")
    let heads = lines.filter { $0.hasPrefix("env-") }.compactMap {
      $0.prefix { $0 != ":" }.split(separator: "-").last.flatMap { Int($0) }
    }
    #expect(heads == Array(1...5) + Array(46...60))
    #expect(lines.contains("… and 40 environments more; --json has them all"))
    // Times have one width, with thousands apart.
    let times = lines.filter { $0.contains("  invoke") }.map { $0.prefix(13) }
    #expect(times.contains("      0.000 s") && times.contains("  5,900.000 s"), "\(times)")
  }

  @Test("it is one line of JSON with exactly the keys of the contract", arguments: [0, 1])
  func keys(index: Int) throws {
    let session = Self.sessions[index].1
    #expect(json(session).filter { $0 == "\n" }.count == 1 && json(session).hasSuffix("}\n"))
    let root = try object(session)
    #expect(Set(root.keys) == ["origin", "functions", "environments", "findings", "statistics", "input"])
    #expect(root["origin"] as? String == "2026-01-01T00:00:00.000Z")
    let environments = try #require(root["environments"] as? [[String: Any]])
    #expect(environments.count == session.timeline.tracks.count)
    let phases = [
      "create", "extensionInit", "runtimeInit", "functionInit", "init", "restore", "invoke", "frozen",
      "runtimeShutdown", "extensionShutdown", "shutdown",
    ]
    for environment in environments {
      #expect(Set(environment.keys) == ["id", "function", "state", "cause", "spans"])
      #expect(["gone", "unknown"].contains(environment["state"] as? String))
      let spans = try #require(environment["spans"] as? [[String: Any]])
      #expect(!spans.isEmpty)
      for span in spans {
        let required: Set = ["phase", "start", "end", "observed", "outcome"]
        #expect(required.isSubset(of: span.keys))
        #expect(
          Set(span.keys).subtracting(required).isSubset(of: ["requestId", "extension", "errorType"]))
        #expect(phases.contains(try #require(span["phase"] as? String)))
        let start = try #require(span["start"] as? Double)
        #expect(start >= 0)
        if !(span["end"] is NSNull) { #expect(try #require(span["end"] as? Double) >= start) }
        #expect(span["observed"] is Bool)
        if !(span["outcome"] is NSNull) {
          let outcome = try #require(span["outcome"] as? String)
          #expect(["success", "error", "timeout", "failure", "killed"].contains(outcome))
        }
        for key in ["requestId", "extension", "errorType"] {
          #expect((span[key] as? String)?.isEmpty != true)
        }
      }
    }
  }

  @Test("figures: what is not known is left out, the rest adds up", arguments: [0, 1])
  func statistics(index: Int) throws {
    let session = Self.sessions[index].1
    let root = try object(session)
    let statistics = try #require(root["statistics"] as? [String: Any])
    // The emulated session has no warm request: its good ones waited for an init and a re-init.
    let waits = index == 0 ? ["coldWaitMs", "warmWaitMs"] : ["coldWaitMs", "reinitWaitMs"]
    #expect(
      Set(statistics.keys).subtracting(waits) == [
        "requests", "successes", "coldStarts", "reinits", "throttles", "unanswered", "retries", "dropped",
        "errors",
        "timeouts", "initializedAhead", "coldShare", "throttledShare", "initMs", "durationMs",
        "environments", "running", "idle", "concurrency", "lifespanSeconds", "peakConcurrency",
        "billedGBSeconds", "costUSD", "prices",
      ])
    let figures = session.timeline.statistics
    for (key, value) in [
      ("requests", figures.requests), ("coldStarts", figures.coldStarts), ("reinits", figures.reinits),
      ("throttles", figures.throttles), ("errors", figures.errors), ("timeouts", figures.timeouts),
      ("peakConcurrency", figures.peakConcurrency),
    ] { #expect(statistics[key] as? Int == value, "\(key)") }
    #expect(Set(waits).isSubset(of: statistics.keys))
    for key in ["initMs", "durationMs"] + waits {
      let quantiles = try #require(statistics[key] as? [String: Double])
      #expect(Set(quantiles.keys) == ["p50", "p95", "p99", "max"])
      let values = ["p50", "p95", "p99", "max"].compactMap { quantiles[$0] }
      #expect(values == values.sorted() && values[0] > 0)
    }
    #expect(statistics["billedGBSeconds"] is Double)
    let input = try #require(root["input"] as? [String: Int])
    #expect(Set(input.keys) == ["lines", "events", "undecodable", "late"])
    #expect(input["lines"] == 7)
    #expect(input["undecodable"] == session.timeline.undecodable)
  }

  @Test("what is open has no end, and its environment's state is unknown")
  func open() throws {
    let environments = try #require(try object(Sessions.simulated)["environments"] as? [[String: Any]])
    let last = try #require(environments.last)
    #expect(last["state"] as? String == "unknown")
    let spans = try #require(last["spans"] as? [[String: Any]])
    #expect(spans.last?["end"] is NSNull)
    #expect(spans.last?["outcome"] is NSNull)
    #expect(environments.first?["state"] as? String == "gone")
  }

  @Test("of nothing at all, no figure is invented")
  func empty() throws {
    let session = Session(reading: .native, live: false, start: 0)
    let root = try object(session)
    #expect((root["environments"] as? [Any])?.isEmpty == true)
    let statistics = try #require(root["statistics"] as? [String: Any])
    #expect(statistics["initMs"] == nil && statistics["durationMs"] == nil)
    #expect(statistics["requests"] as? Int == 0)
    #expect(!SummaryText(session.timeline, session.log.catalog, lines: 0).text().contains("p50"))
  }

  @Test(
    "names of a stream cannot break out of the JSON, nor reach a terminal",
    arguments: ["\u{1B}[2J", "a\"b\\c\n", "\u{202E}x", "\u{0}", "日本 ✖"])
  func names(name: String) throws {
    var session = Session(reading: .native, live: false, start: 0)
    let environment = session.log.catalog.environment(session.log.catalog.name(name), of: .none)
    let error = session.log.catalog.name(name)
    let request = session.log.catalog.request(name)
    for (time, kind) in [
      (0, .phaseBegan(.invoke)), (5, .phaseEnded(PhaseEnd(.invoke, outcome: .error, errorType: error))),
      (9, .environmentGone(.failure, detail: error)),
      (9, .undecodable(reason: error, TextRange(offset: 0, length: 0))),
    ] as [(Int64, LifecycleEvent.Kind)] {
      session.log.append(
        LifecycleEvent(time: .milliseconds(time), environment: environment, request: request, kind: kind))
    }
    _ = session.fold()
    let environments = try #require(try object(session)["environments"] as? [[String: Any]])
    #expect(environments.first?["id"] as? String == name)
    #expect(environments.first?["function"] == nil)
    let spans = try #require(environments.first?["spans"] as? [[String: Any]])
    #expect(spans.first?["requestId"] as? String == name)
    #expect(!json(session).dropLast().unicodeScalars.contains { $0.value < 0x20 })
    let text = SummaryText(session.timeline, session.log.catalog, lines: 1).text()
    #expect(!text.unicodeScalars.contains(where: isDangerous), "\(text.debugDescription)")
  }
}

/// True if it acts on a terminal or turns the direction of text; the newline alone ends lines.
func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
  if scalar == "\n" { return false }
  return scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
    || scalar.properties.generalCategory == .lineSeparator
    || scalar.properties.generalCategory == .paragraphSeparator
}
