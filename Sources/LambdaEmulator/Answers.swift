internal import Synchronization

/// The answers that callers got: added by the emulator's thread, taken by the screen's.
package final class Answers: Sendable {
  /// The most calls and bytes that are kept for somebody who does not look; the newest stay.
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

  /// Returns the calls since the last time, oldest first.
  package func take() -> [AnsweredCall] {
    state.withLock { state in
      defer { (state.calls, state.bytes) = ([], 0) }
      return state.calls
    }
  }

  /// Keeps a notice, of which only the newest is shown.
  package func tell(_ notice: String) { state.withLock { $0.notice = notice } }

  /// Returns the newest notice, once.
  package func takeNotice() -> String? {
    state.withLock { state in
      defer { state.notice = nil }
      return state.notice
    }
  }
}
