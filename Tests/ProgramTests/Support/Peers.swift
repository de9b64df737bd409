import Foundation
import TestSupport
import Testing

/// Programs that the tests need beside this package. `scripts/test` names them in the environment.
enum Peer: String {
  case lanes = "the program lanes (swift build)"
  case tmux = "tmux"
  case emulator = "the Runtime Interface Emulator (LANES_RIE)"
  case python = "Python with awslambdaric (LANES_PYTHON)"
  case xmllint = "xmllint (libxml2-utils)"
  case rsvg = "rsvg-convert (librsvg2-bin)"
  case aws = "the AWS CLI (LANES_AWS)"
  case moto = "moto's server (LANES_MOTO)"
  case checkJSONSchema = "check-jsonschema (LANES_CHECK_JSONSCHEMA)"

  /// Its path; nil if it is missing.
  var path: String? {
    switch self {
    case .lanes: Self.named("LANES_PROGRAM") ?? Self.builtProgram
    case .tmux: Self.inPath("tmux")
    case .xmllint: Self.inPath("xmllint")
    case .rsvg: Self.inPath("rsvg-convert")
    case .emulator: Self.named("LANES_RIE")
    case .python: Self.named("LANES_PYTHON")
    case .aws: Self.named("LANES_AWS")
    case .moto: Self.named("LANES_MOTO")
    case .checkJSONSchema: Self.named("LANES_CHECK_JSONSCHEMA")
    }
  }

  /// Its path.
  /// - Throws: a failed expectation if it is not there.
  func required(sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    try #require(path, "missing: \(rawValue)", sourceLocation: sourceLocation)
  }

  /// A missing peer is a failure, not a reason to skip.
  static var areRequired: Bool { ProcessInfo.processInfo.environment["LANES_TEST_PEERS"] == "required" }

  private static func named(_ variable: String) -> String? {
    ProcessInfo.processInfo.environment[variable].flatMap(executable)
  }

  private static func inPath(_ name: String) -> String? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return path.split(separator: ":").lazy.compactMap { executable("\($0)/\(name)") }.first
  }

  /// Beside the test bundle, which is built into the same directory.
  private static var builtProgram: String? {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return executable(tests.deletingLastPathComponent().appendingPathComponent("lanes").path)
      ?? executable(Repository.path(".build/debug/lanes"))
  }

  private static func executable(_ path: String) -> String? {
    FileManager.default.isExecutableFile(atPath: path) ? path : nil
  }
}

extension Trait where Self == ConditionTrait {
  /// Skips the test, visibly, where a peer is missing; with `LANES_TEST_PEERS=required` it runs and fails instead.
  static func needs(_ peers: Peer...) -> Self {
    let missing = peers.filter { $0.path == nil }.map(\.rawValue).joined(separator: ", ")
    return .enabled(
      if: missing.isEmpty || Peer.areRequired, "needs \(missing); scripts/test installs what is missing")
  }
}
