internal import LambdaLifecycle

/// A question to AWS that is put until there is an answer: where AWS asks for patience, it is put again, less and less often.
struct AWSQuestion: Sendable {
  var words: [String]
  /// Gets the news that it takes longer.
  var errand: ErrandProgress

  private static let mostFailures = 4

  /// - Throws: `SourceError.aws`, in the words of `aws`; `CancellationError`.
  func answer() async throws -> [UInt8] {
    var patience = LogGroupPolling(start: 0)
    var failures = 0
    while true {
      try Task.checkCancellation()
      let result: AWSCommand.Result
      do { result = try await AWSCommand.run(words) } catch {
        throw SourceError.aws(
          "aws could not be run, or told more than 512 MB at once (\(error)); try a shorter --since, or --insights"
        )
      }
      if result.status == .exited(0) { return result.output }
      let failure = AWSFailure(result.status, stderr: result.stderr)
      switch failure.obstacle {
      case .throttled: errand.say("throttled by AWS: going on, more slowly")
      // An obstacle that may pass is waited for, but not for ever: a report may be paid already.
      case .network, .outage:
        failures += 1
        guard failures <= Self.mostFailures else { throw SourceError.aws(failure.line) }
        errand.say("\(failure.line): trying again")
      default: throw SourceError.aws(failure.line)
      }
      try await Task.sleep(for: .nanoseconds(patience.nextWait()))
    }
  }
}

/// Does something with each element, a few at a time: AWS takes only so many questions at once.
/// - Returns: the results, in the order of the elements.
func each<Element: Sendable, Value: Sendable>(
  _ elements: [Element], atOnce limit: Int, _ body: @escaping @Sendable (Element) async throws -> Value
) async throws -> [Value] {
  try await withThrowingTaskGroup(of: (Int, Value).self) { group in
    var values: [Int: Value] = [:]
    for (place, element) in elements.enumerated() {
      if place >= limit, let (done, value) = try await group.next() { values[done] = value }
      group.addTask { (place, try await body(element)) }
    }
    for try await (done, value) in group { values[done] = value }
    return elements.indices.compactMap { values[$0] }
  }
}
