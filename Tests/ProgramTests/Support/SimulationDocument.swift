import Foundation
import Testing

/// The output of `lanes simulate --json`; the figures that the tests look at.
struct SimulationDocument: Decodable {
  struct Figures: Decodable {
    var requests: Double?
    var errors: Double?
    var throttles: Double?
    var coldStarts: Double?
    var coldShare: Double?
  }

  var seed: UInt64
  var runs: Int
  var seconds: Double
  var figures: Figures

  /// Asks the program.
  init(of arguments: [String]) async throws {
    self = try await decoded(arguments)
  }
}

/// Its output for a sweep.
struct SweepDocument: Decodable {
  struct Row: Decodable {
    var value: String
    var figures: SimulationDocument.Figures
  }

  var sweep: String
  var rows: [Row]

  /// Asks the program.
  init(of arguments: [String]) async throws {
    self = try await decoded(arguments)
  }
}

private func decoded<Document: Decodable>(_ arguments: [String]) async throws -> Document {
  let ending = try await run(try Peer.lanes.required(), arguments)
  return try JSONDecoder().decode(Document.self, from: Data(ending.output))
}
