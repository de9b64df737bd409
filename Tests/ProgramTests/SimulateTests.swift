import Foundation
import TestSupport
import Testing

/// `lanes simulate`, as a script or a person calls it.
@Suite(.needs(.lanes)) struct SimulateTests {
  private static let steady = Repository.path("demos/steady.yaml")
  private static let endless = "functions: {f: {runtime: python3.13}}\nrequests: [{poisson: 1 per second}]\n"

  @Test func figuresOfARun() async throws {
    let ending = try await lanes("simulate", Self.steady)
    #expect(ending.status == 0)
    #expect(ending.errors.isEmpty)
    #expect(ending.lines.first?.hasPrefix("Steady light traffic: 1 h 00 m simulated, seed 7") == true)
    for title in ["requests", "p_cold", "environments", "mean lifespan", "cost"] {
      #expect(ending.lines.contains { $0.hasPrefix(title) })
    }
    #expect(try await lanes("simulate", Self.steady).output == ending.output)
    #expect(try await lanes("simulate", Self.steady, "--seed", "8").output != ending.output)
  }

  @Test func jsonHasTheSameFigures() async throws {
    let document = try await SimulationDocument(of: ["simulate", Self.steady, "--json"])
    #expect(document.seed == 7)
    #expect(document.seconds == 3_600)
    let requests = try #require(document.figures.requests)
    #expect(requests > 200)
    let text = try await lanes("simulate", Self.steady)
    #expect(text.lines.contains { $0.hasPrefix("requests") && $0.hasSuffix(" \(Int(requests))") })
  }

  /// A deadline that nobody runs into any more is no end: the last event is.
  @Test(arguments: ["", ", idleTimeout: 30 s"])
  func withoutUntilItEndsWithItsLastEvent(setting: String) async throws {
    let scenario =
      "functions: {f: {runtime: python3.13, timeout: 900 s, functionInit: 200 ms, handler: 100 ms\(setting)}}\n"
      + "requests: [{burst: 1, at: 1 s}]\n"
    let scratch = try Scratch()
    let file = try scratch.write(Array(scenario.utf8), to: "one.yaml")
    let run = try await SimulationDocument(of: ["simulate", file, "--json"])
    let events = try await lanes("simulate", file, "--events")
    let line = try #require(events.lines.last { !$0.isEmpty })
    let last =
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])["time"]
      as? Double ?? 0
    #expect(abs(run.seconds - last) < 1e-6, "\(run.seconds) s, the last event at \(last) s")
    #expect(run.seconds < 400)
  }

  /// The events of a run, folded by `summary`, give the same counts as the run without events.
  @Test(arguments: ["steady", "failures", "async-retries", "burst-and-throttle"])
  func eventsTellTheSameAsFigures(demo: String) async throws {
    let scratch = try Scratch()
    let scenario = Repository.path("demos/\(demo).yaml")
    let figures = try await SimulationDocument(of: ["simulate", scenario, "--until", "10 min", "--json"])
      .figures
    let events = try await lanes("simulate", scenario, "--until", "10 min", "--events")
    #expect(events.status == 0)
    let summary = try await SummaryDocument(of: try scratch.write(events.output, to: "events.jsonl"))
    #expect(summary.input.undecodable == 0)
    #expect(summary.input.late == 0)
    #expect(Double(summary.statistics.requests) == figures.requests)
    #expect(Double(summary.statistics.coldStarts) == figures.coldStarts)
    #expect(Double(summary.statistics.throttles) == figures.throttles)
    #expect(Double(summary.statistics.errors) == figures.errors)

    // The recording is the same stream.
    let file = scratch.file("record.jsonl")
    #expect(try await lanes("simulate", scenario, "--until", "10 min", "--record", file).status == 0)
    #expect(try scratch.text("record.jsonl").split(separator: "\n") == events.text.split(separator: "\n"))
  }

  /// One byte of difference between machines, or between debug and release, would change these.
  @Test(arguments: ["steady", "failures", "async-retries"])
  func sameSeedSameBytes(demo: String) async throws {
    let scenario = Repository.path("demos/\(demo).yaml")
    let ending = try await lanes("simulate", scenario, "--events", "--until", "10 min")
    try expectGolden("simulate-\(demo)", "\(ending.output.count) bytes, FNV-1a \(fnv1a(ending.output))\n")
  }

  @Test func severalRunsHaveIntervals() async throws {
    let ending = try await lanes("simulate", Self.steady, "--runs", "4")
    #expect(ending.lines.first?.contains("4 runs, seeds from 7, mean ± 95 % interval") == true)
    #expect(ending.lines.contains { $0.hasPrefix("requests") && $0.contains("±") })
  }

  @Test func aSweepHasARowForEachValue() async throws {
    let ending = try await lanes("simulate", Self.steady, "--sweep", "idleTimeout=10 s,1 min,10 min")
    #expect(ending.lines.count == 5)
    #expect(ending.lines[1].hasPrefix("idleTimeout"))
    for (line, value) in zip(ending.lines.dropFirst(2), ["10 s", "1 min", "10 min"]) {
      #expect(line.hasPrefix(value))
    }
    let rows = try await SweepDocument(of: [
      "simulate", Self.steady, "--sweep", "idleTimeout=10 s,10 min", "--json",
    ])
    let shares = rows.rows.compactMap(\.figures.coldShare)
    #expect(shares.count == 2)
    // Kept longer, fewer of them are cold.
    #expect(shares[0] > shares[1])
  }

  @Test func aScenarioFromStandardInput() async throws {
    let scratch = try Scratch()
    let file = try scratch.write(Self.endless.utf8, to: "endless.yaml")
    let ending = try await lanes("simulate", "-", "--until", "1 min", input: file)
    #expect(ending.status == 0)
    #expect(ending.lines.count > 10)
  }

  @Test func trafficWithoutEndNeedsOne() async throws {
    let scratch = try Scratch()
    let ending = try await lanes("simulate", try scratch.write(Self.endless.utf8, to: "endless.yaml"))
    #expect(ending.status == 1)
    #expect(ending.output.isEmpty)
    #expect(ending.errors.contains("--until"))
  }

  @Test func mistakesAreToldWithTheirPlace() async throws {
    let scratch = try Scratch()
    let text = "functions:\n  f:\n    memory: 12 GB\n    timeout: 20 min\n    hendler: 3 ms\n"
    let ending = try await lanes("simulate", try scratch.write(text.utf8, to: "wrong.yaml"))
    #expect(ending.status == 1)
    #expect(ending.output.isEmpty)
    for place in ["wrong.yaml:3:", "wrong.yaml:4:", "wrong.yaml:5:", "did you mean handler?"] {
      #expect(ending.errors.contains(place))
    }
  }

  @Test(arguments: [
    ["--runs", "0"], ["--pace", "0", "--events"], ["--pace", "2"], ["--events", "--json"],
    ["--events", "--runs", "2"], ["--record", "x", "--sweep", "memory=1"],
  ])
  func optionsThatDoNotGoTogether(options: [String]) async throws {
    let ending = try await run(try Peer.lanes.required(), ["simulate", Self.steady] + options)
    #expect(ending.status == 2)
    #expect(ending.output.isEmpty)
  }

  /// The reader of a pipe may go away.
  @Test func aClosedPipeEndsItQuietly() async throws {
    let program = try Peer.lanes.required()
    let ending = try await run(
      "/bin/sh", ["-c", "'\(program)' simulate '\(Self.steady)' --until 24h --events | head -1"])
    #expect(ending.lines.count == 1)
    #expect(ending.errors.isEmpty)
  }
}

extension TerminalTests {
  @Suite(.needs(.lanes)) struct SimulatedStream {
    /// A simulation is a live stream like any other.
    @Test func simulateIsWatchedLive() async throws {
      let scenario = Repository.path("demos/cold-start-on-demand.yaml")
      try await TmuxSession.with(columns: 100, rows: 28) { tmux in
        try await tmux.type(
          "\"$LANES\" simulate '\(scenario)' --events --pace 4 | \"$LANES\" watch -; echo status=$?")
        try await tmux.wait(for: "env-1 ∅ gone", "requests 1", "cold 1")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }
  }
}

/// FNV-1a of 64 bits: any change shows.
private func fnv1a(_ bytes: [UInt8]) -> String {
  let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  return String(hash, radix: 16)
}
