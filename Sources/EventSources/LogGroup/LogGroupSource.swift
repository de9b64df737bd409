internal import Dispatch
internal import LambdaLifecycle

/// Asks a log group for new events again and again by running the user's own `aws`, which has the credentials.
final class LogGroupSource: Sendable {
  private let work: Task<Void, Never>
  private let done: DispatchSemaphore

  /// Begins to ask.
  /// - Parameter start: the moment of the oldest events that are wanted.
  /// - Throws: `SourceError.noAWS`.
  init(_ group: LogGroup, from start: Timestamp, source: Int, into inbox: Inbox) throws(SourceError) {
    try AWSCommand.check()
    let done = DispatchSemaphore(value: 0)
    self.done = done
    work = Task.detached {
      await Self.poll(group, LogGroupPolling(start: start), source, inbox)
      inbox.put(.ended(source: source))
      done.signal()
    }
  }

  /// Asks no more, and ends the `aws` that is under way.
  func stop() { work.cancel() }

  /// After `stop`: waits until nothing is left of it, at most a second.
  func waitForEnd() { _ = done.wait(timeout: .now() + .seconds(1)) }

  private static func poll(
    _ group: LogGroup, _ first: LogGroupPolling, _ source: Int, _ inbox: Inbox
  ) async {
    var polling = first
    while !Task.isCancelled {
      let step = await ask(group, &polling, source, inbox)
      if Task.isCancelled { return }
      let wait: Nanoseconds
      switch step {
      case .giveUp(let reason):
        inbox.put(.failed(source: source, message: reason))
        return
      case .tryAgain(let length, let reason):
        wait = length
        inbox.put(.stalled(source: source, reason: reason, until: currentTime() &+ length))
      case .askAgain(let length): wait = length
      }
      try? await Task.sleep(for: .nanoseconds(wait))
    }
  }

  private static func ask(
    _ group: LogGroup, _ polling: inout LogGroupPolling, _ source: Int, _ inbox: Inbox
  ) async -> LogGroupPolling.Step {
    let asked = currentTime()
    do {
      let result = try await AWSCommand.run(group.arguments(from: polling.start))
      guard result.status == .exited(0) else { return polling.failed(result.status, stderr: result.stderr) }
      // Only whole answers: half a document would spoil the next.
      inbox.put(
        .chunk(
          Chunk(source: source, stream: .data, arrival: currentTime(), bytes: result.output + [0x0A]))
      )
      return polling.answered(asked: asked)
    } catch {
      return .giveUp(
        "aws could not be run, or told more than 512 MB at once (\(error)); try a shorter --since")
    }
  }
}
