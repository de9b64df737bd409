internal import Synchronization

/// What callers got: added by the emulator's thread, taken by whoever shows it.
package final class Answers: Sendable {
  /// What is kept of the newest for somebody who does not look: so many, and so many bytes.
  private static let most = 1_000
  private static let mostBytes = 64 << 20

  private struct State {
    var calls: [AnsweredCall] = []
    var bytes = 0
    var notice: String?
  }

  private let state = Mutex(State())

  package init() {}

  package func add(_ call: AnsweredCall) {
    state.withLock { state in
      state.calls.append(call)
      state.bytes += call.bytes
      guard state.calls.count > Self.most || state.bytes > Self.mostBytes else { return }
      // Half of them, so that it is not done at every call; the newest stays, whatever its size.
      state.calls.removeFirst(state.calls.count / 2)
      state.bytes = state.calls.reduce(0) { $0 + $1.bytes }
    }
  }

  /// Those that have come since this was asked last, oldest first.
  package func take() -> [AnsweredCall] {
    state.withLock { state in
      defer { (state.calls, state.bytes) = ([], 0) }
      return state.calls
    }
  }

  /// Something beside answers, the newest of which is shown.
  package func tell(_ notice: String) { state.withLock { $0.notice = notice } }

  /// What has been told last, once.
  package func takeNotice() -> String? {
    state.withLock { state in
      defer { state.notice = nil }
      return state.notice
    }
  }
}
