internal import Dispatch
internal import Synchronization

/// Work in the background that a program without a loop of its own waits for.
package final class Errand<Value: Sendable>: Sendable {
  private let result: Mutex<Result<Value, any Error>> = Mutex(.failure(CancellationError()))
  private let progress = ErrandProgress()
  private let done = DispatchSemaphore(value: 0)

  package init(_ body: @escaping @Sendable (ErrandProgress) async throws -> Value) {
    let progress = progress
    Task.detached { [self] in
      do {
        let value = try await body(progress)
        result.withLock { $0 = .success(value) }
      } catch {
        result.withLock { $0 = .failure(error) }
      }
      done.signal()
    }
  }

  /// Waits for the end.
  /// - Parameters:
  ///   - show: gets how far it is, some times a second.
  ///   - say: gets each sentence once.
  /// - Throws: the error of the work.
  package func wait(show: (String) -> Void, say: (String) -> Void) throws -> Value {
    while done.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      progress.takeSentences().forEach(say)
      show(progress.text)
    }
    progress.takeSentences().forEach(say)
    return try result.withLock { $0 }.get()
  }
}

/// The progress of work in the background, as the work reports it.
package final class ErrandProgress: Sendable {
  private struct State {
    var text = ""
    var sentences: [String] = []
    var said: Set<String> = []
  }

  private let state = Mutex(State())

  package init() {}

  /// The progress, in words.
  package var text: String { state.withLock { $0.text } }

  package func show(_ text: String) { state.withLock { $0.text = text } }

  /// Something to be said, once however often it happens.
  package func say(_ sentence: String) {
    state.withLock { state in
      if state.said.insert(sentence).inserted { state.sentences.append(sentence) }
    }
  }

  /// The sentences said since the last call.
  package func takeSentences() -> [String] {
    state.withLock { state in
      defer { state.sentences = [] }
      return state.sentences
    }
  }
}
