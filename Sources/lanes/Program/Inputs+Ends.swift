import EventSources
import LambdaLifecycle

/// For an input of which no line gave its format away.
func notRecognised(_ status: SourceStatus) -> String {
  let found =
    status.lines == 0 ? "nothing" : "\(status.lines) line\(status.lines == 1 ? "" : "s") of something else"
  return """
    \(status.name): expected output of the Runtime Interface Emulator, sam local, LocalStack or cargo lambda, of aws \
    logs or sam logs, Telemetry API events or a lanes recording, found \(found). If it is one of them, name it with --from.
    """
}

extension Inputs {
  /// Whether all inputs were read to their ends, and understood.
  /// - Throws: `Failure` of the first that was not.
  func checkEnd() throws {
    if let failure { throw Failure(description: failure) }
    if let unknown = inputs.first(where: { $0.format == nil }) {
      throw Failure(description: notRecognised(unknown.status))
    }
  }
}

extension Inputs {
  /// Those whose lines are told as not understood: their first thousand, or all of them, gave no format away.
  var notUnderstood: [Int] {
    inputs.indices.filter { place in
      let status = inputs[place].status
      return inputs[place].format == nil && status.lines > 0 && (hasEnded || status.lines >= 1_000)
    }
  }
}
