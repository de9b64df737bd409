import Foundation

/// The output of `lanes summary --json`.
struct SummaryDocument: Decodable, Equatable {
  struct Span: Decodable, Equatable {
    var phase: String
    var start: Double
    /// nil while it is open.
    var end: Double?
    var observed: Bool
    var outcome: String?
    var requestId: String?
    var `extension`: String?
  }

  struct Environment: Decodable, Equatable {
    var id: String
    var function: String?
    var state: String
    var spans: [Span]
  }

  struct Quantiles: Decodable, Equatable {
    var p50: Double
    var p95: Double
    var p99: Double
    var max: Double
  }

  struct Statistics: Decodable, Equatable {
    var requests: Int
    var coldStarts: Int
    var reinits: Int
    var throttles: Int
    var errors: Int
    var timeouts: Int
    var initMs: Quantiles?
    var durationMs: Quantiles?
    var peakConcurrency: Int
    /// Nil where no report has it.
    var billedGBSeconds: Double?
  }

  struct Input: Decodable, Equatable {
    var lines: Int
    var events: Int
    var undecodable: Int
    var late: Int
  }

  var origin: String
  var environments: [Environment]
  var statistics: Statistics
  var input: Input

  /// Asks the program.
  init(of path: String) async throws {
    let ending = try await lanes("summary", "--json", path)
    self = try JSONDecoder().decode(Self.self, from: Data(ending.output))
  }
}
