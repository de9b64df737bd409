internal import Dispatch
internal import Synchronization

/// The place that all sources deliver into and the program's loop takes from. Bounded: a source that is
/// faster than the loop waits, and with it, by a full pipe, the program that feeds it.
package final class Inbox: Sendable {
  private struct State {
    var notices: [SourceNotice] = []
    var bytes = 0
    var waiting = 0
    var isClosed = false
  }

  private let limit: Int
  private let state = Mutex(State())
  private let room = DispatchSemaphore(value: 0)
  private let wakeup: Wakeup

  /// - Parameter limit: bytes of chunks that wait in it.
  package init(limit: Int = 8 << 20) throws(SourceError) {
    self.limit = limit
    wakeup = try Wakeup()
  }

  /// Readable while something is in it: for `poll`.
  package var descriptor: Int32 { wakeup.descriptor }

  /// Delivers; a chunk waits here until there is room, anything else (it is small and rare) never waits.
  /// - Returns: false once the inbox is closed, when nothing is kept any more: the source should end.
  @discardableResult
  package func put(_ notice: SourceNotice) -> Bool {
    let size = notice.size
    while true {
      let accepted: Bool? = state.withLock { state in
        if state.isClosed { return false }
        // Whatever its size, one chunk always fits.
        guard size == 0 || state.bytes == 0 || state.bytes + size <= limit else {
          state.waiting += 1
          return nil
        }
        if state.notices.isEmpty { wakeup.signal() }
        state.notices.append(notice)
        state.bytes += size
        return true
      }
      if let accepted { return accepted }
      room.wait()
    }
  }

  /// The result of an offer.
  package enum Answer: Sendable { case taken, full, closed }

  /// Delivers without waiting.
  package func offer(_ notice: SourceNotice) -> Answer {
    let size = notice.size
    return state.withLock { state in
      if state.isClosed { return .closed }
      guard state.bytes == 0 || state.bytes + size <= limit else { return .full }
      if state.notices.isEmpty { wakeup.signal() }
      state.notices.append(notice)
      state.bytes += size
      return .taken
    }
  }

  /// Takes the oldest notices, as many as hold `maxBytes` together, at least one if there is any.
  package func take(maxBytes: Int) -> [SourceNotice] {
    state.withLock { state in
      var bytes = 0
      var count = 0
      while count < state.notices.count {
        let size = state.notices[count].size
        if count > 0 && bytes + size > maxBytes { break }
        bytes += size
        count += 1
      }
      let taken = Array(state.notices.prefix(count))
      state.notices.removeFirst(count)
      state.bytes -= bytes
      if state.notices.isEmpty { wakeup.reset() }
      release(&state)
      return taken
    }
  }

  /// Drops its notices and all that still come, and releases sources that wait for room: at quit.
  package func close() {
    state.withLock { state in
      state.isClosed = true
      state.notices = []
      state.bytes = 0
      wakeup.reset()
      release(&state)
    }
  }

  private func release(_ state: inout State) {
    for _ in 0..<state.waiting { room.signal() }
    state.waiting = 0
  }
}
