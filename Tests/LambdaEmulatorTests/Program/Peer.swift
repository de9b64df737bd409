import Testing

@testable import LambdaEmulator

/// Programs of others that functions are called by, or that serve them. `scripts/test` names some in the
/// environment.
enum Peer: String {
  case python = "Python with awslambdaric and boto3 (LANES_PYTHON)"
  case aws = "the AWS CLI (LANES_AWS)"
  case node, curl

  /// Its path; nil where it is missing.
  var path: String? {
    let shell = Shell.current
    switch self {
    case .python: return shell.variables["LANES_PYTHON"]
    case .aws: return shell.variables["LANES_AWS"]
    case .node, .curl: return shell.program(rawValue)
    }
  }

  /// Runs it to its end.
  /// - Returns: its output.
  func run(_ arguments: [String], _ variables: [String: String] = [:]) async throws -> String {
    let words = [try #require(path, "missing: \(rawValue)")] + arguments
    var shell = Shell.current
    shell.variables.merge(variables) { $1 }
    let result = try await waiting { [shell] in
      try ForeignCommand.run(words, in: shell, folder: "/", seconds: 30)
    }
    #expect(result.failure == nil, "\(result.errorText)")
    return result.output
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test where a peer is missing; with `LANES_TEST_PEERS=required` it runs and fails
  /// instead.
  static func needs(_ peers: Peer...) -> Self {
    let missing = peers.filter { $0.path == nil }.map(\.rawValue).joined(separator: ", ")
    let areRequired = Shell.current.variables["LANES_TEST_PEERS"] == "required"
    return .enabled(
      if: missing.isEmpty || areRequired, "needs \(missing); scripts/test installs what is missing")
  }
}
