internal import Synchronization

/// What callers got: added by the emulator's thread, taken by whoever shows it.
package final class Answers: Sendable {
  /// The newest that are kept for somebody who does not look.
  private static let most = 1_000
  private let calls = Mutex<[AnsweredCall]>([])

  package init() {}

  package func add(_ call: AnsweredCall) {
    calls.withLock { calls in
      if calls.count >= Self.most { calls.removeFirst(Self.most / 2) }
      calls.append(call)
    }
  }

  /// Those that have come since this was asked last, oldest first.
  package func take() -> [AnsweredCall] {
    calls.withLock { calls in
      defer { calls = [] }
      return calls
    }
  }
}
