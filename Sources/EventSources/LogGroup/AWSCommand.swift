internal import Glibc
internal import Subprocess

/// The user's own `aws`, which has the credentials, run once.
enum AWSCommand {
  struct Result: Sendable {
    var status: ChildStatus
    var output: [UInt8]
    var stderr: String
  }

  /// An answer is held in memory until it is whole.
  private static let answerLimit = 512 << 20

  /// - Throws: the system's error where it cannot be run, or has printed more than is held.
  static func run(_ words: [String]) async throws -> Result {
    let result = try await Subprocess.run(
      .name("aws"), arguments: Arguments(words), input: .none,
      output: .bytes(limit: answerLimit), error: .string(limit: 1 << 20))
    return Result(
      status: ChildStatus(result.terminationStatus), output: result.standardOutput,
      stderr: result.standardError)
  }

  /// - Throws: `SourceError.noAWS` where there is none.
  static func check() throws(SourceError) {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    guard path.split(separator: ":").contains(where: { access("\($0)/aws", X_OK) == 0 }) else { throw .noAWS }
  }
}
