internal import EventSources
internal import Subprocess
internal import SystemPackage

/// A command of the user's that answers a question before the screen opens: his Python, his `aws`.
///
/// It gets nothing on its standard input and a limited time: nothing may wait for a word that nobody sees it ask for.
enum ForeignCommand {
  struct Result: Sendable {
    var status: ChildStatus
    var output: String
    var errorText: String

    /// The reason of a failure, in one line; nil for a success.
    var failure: String? {
      guard status != .exited(0) else { return nil }
      // The last line names a traceback's error.
      return errorText.split(separator: "\n").last.map { Self.trimmed($0) } ?? "\(status)"
    }

    private static func trimmed(_ line: Substring) -> String {
      String(line.drop(while: \.isWhitespace).prefix(200))
    }
  }

  /// The reason why there is no result.
  enum Problem: Error, Equatable, CustomStringConvertible {
    case didNotRun(String)
    /// It took longer, and was ended.
    case tooSlow(seconds: Int)

    var description: String {
      switch self {
      case .didNotRun(let reason): "it did not run: \(reason)"
      case .tooSlow(let seconds): "it did not answer within \(seconds) s"
      }
    }
  }

  /// Runs a command and waits for its end; not to be called on an event loop.
  /// - Parameters:
  ///   - words: the path of the program and its arguments.
  ///   - folder: its working directory; nil for the shell's.
  /// - Throws: `Problem` where it cannot be started or takes too long.
  static func run(
    _ words: [String], in shell: Shell, folder: String? = nil, seconds: Int = 10
  ) throws(Problem) -> Result {
    let directory = folder ?? shell.folder
    let work = Errand<Result?> { _ in
      try await withThrowingTaskGroup(of: Result?.self) { group in
        group.addTask { try await start(words, variables: shell.variables, folder: directory) }
        group.addTask {
          try await Task.sleep(for: .seconds(seconds))
          return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
      }
    }
    let result: Result?
    do {
      result = try work.wait(show: { _ in }, say: { _ in })
    } catch {
      throw .didNotRun("\((error as? SubprocessError)?.underlyingError.map { "\($0)" } ?? "\(error)")")
    }
    guard let result else { throw .tooSlow(seconds: seconds) }
    return result
  }

  private static func start(
    _ words: [String], variables: [String: String], folder: String
  ) async throws -> Result {
    var options = PlatformOptions()
    // Processes that it has started end with it when the time is up.
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .milliseconds(100))
    ]
    let environment = variables.map { (Environment.Key(rawValue: $0.key), $0.value) }
    let result = try await Subprocess.run(
      .path(FilePath(words[0])), arguments: Arguments(Array(words.dropFirst())),
      environment: .custom(
        environment.reduce(into: [:]) { if let key = $1.0 { $0[key] = $1.1 } }),
      workingDirectory: FilePath(folder), platformOptions: options, input: .none,
      output: .string(limit: 64 << 20), error: .string(limit: 1 << 20))
    let status: ChildStatus =
      switch result.terminationStatus {
      case .exited(let code): .exited(code)
      case .signaled(let signal): .signaled(signal)
      }
    return Result(status: status, output: result.standardOutput, errorText: result.standardError)
  }
}
