import Foundation
import LambdaLifecycle
import ScenarioFiles
import Testing

/// Decisions of an independent simulator (SimFaaS 0.2.2) on 5,000 requests, whose arrivals and durations are replayed
/// from a trace. Lambda's rules for a function without extensions, whose cold duration covers init, are the same.
@Suite("Beside SimFaaS")
struct SimFaaSTests {
  private struct Decision {
    var outcome: String
    var instance: Int
    var end: Double
  }

  @Test("every decision is the same: cold or warm, which environment, its end and its termination")
  func decisions() throws {
    let run = try Replay()
    let expected = try Fixture.rows("simfaas-decisions.csv").map { row in
      Decision(outcome: row[0], instance: try #require(Int(row[1])), end: try #require(Double(row[2])))
    }
    #expect(run.timeline.requests.count == 5_000)
    #expect(expected.count == 5_000)
    for (request, decision) in zip(run.timeline.requests, expected) {
      let outcome = request.isThrottled ? "reject" : request.isCold ? "cold" : "warm"
      #expect(outcome == decision.outcome)
      // Environments are numbered in order of creation, by both.
      #expect(request.environment.index == decision.instance)
      #expect(abs(run.seconds(request.answered) - decision.end) < 1e-6)
    }
  }

  @Test("every environment lives from the same to the same microsecond")
  func instances() throws {
    let run = try Replay()
    let expected = try Fixture.rows("simfaas-instances.csv")
    #expect(run.timeline.tracks.count == expected.count)
    for (track, row) in zip(run.timeline.tracks, expected) {
      #expect(abs(run.seconds(track.created) - (try #require(Double(row[0])))) < 1e-6)
      #expect(abs(run.seconds(track.gone) - (try #require(Double(row[1])))) < 1e-6)
    }
  }
}

/// The trace, run to its end.
private struct Replay {
  private(set) var timeline: Timeline

  init() throws {
    let text = """
      title: SimFaaS
      functions:
        faas:
          runtime: provided.al2023
          runtimeInit: 0 s
          functionInit: 0 s
          handler: 0 s
          timeout: 900 s
          idleTimeout: 60 s
      requests:
        - trace: simfaas-trace.csv
      """
    let file = try ScenarioFile.read(text.utf8, name: "simfaas.yaml") { try Fixture.bytes($0) }
    var log = EventLog()
    var simulator = Simulator(file.scenario, seed: 1, start: 0, into: &log)
    simulator.advance(to: .never, into: &log)
    timeline = Timeline(.simulation)
    for event in log.events { timeline.fold(event) }
    timeline.settle()
  }

  func seconds(_ time: Timestamp) -> Double { Double(time) / 1e9 }
}

private enum Fixture {
  static func bytes(_ name: String) throws -> [UInt8] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    return Array(try Data(contentsOf: file))
  }

  /// The rows below the header.
  static func rows(_ name: String) throws -> [[String]] {
    String(decoding: try bytes(name), as: UTF8.self).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}
