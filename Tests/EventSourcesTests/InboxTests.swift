import EventSources
import Synchronization
import Testing

@Suite struct InboxTests {
  private func chunk(_ count: Int) -> SourceNotice {
    .chunk(Chunk(source: 1, stream: .data, arrival: 0, bytes: Array(repeating: 7, count: count)))
  }

  @Test func isReadableWhileItHoldsSomething() throws {
    let inbox = try Inbox()
    #expect(!inbox.isReadable)
    inbox.put(chunk(3))
    inbox.put(.ended(source: 1))
    #expect(inbox.isReadable)
    #expect(inbox.take(maxBytes: 1) == [chunk(3)])
    #expect(inbox.isReadable)
    #expect(inbox.take(maxBytes: 1) == [.ended(source: 1)])
    #expect(!inbox.isReadable)
    #expect(inbox.take(maxBytes: 1).isEmpty)
  }

  @Test func givesNoMoreThanAskedForButAtLeastOne() throws {
    let inbox = try Inbox()
    for _ in 0..<4 { inbox.put(chunk(1000)) }
    #expect(inbox.take(maxBytes: 2500).count == 2)
    #expect(inbox.take(maxBytes: 10).count == 1)
  }

  private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func increment() { count.withLock { $0 += 1 } }
  }

  @Test func aProducerWaitsUntilThereIsRoom() async throws {
    let inbox = try Inbox(limit: 10_000)
    let delivered = Counter()
    let chunk = chunk(1000)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await onThread {
          for _ in 0..<200 {
            guard inbox.put(chunk) else { return }
            delivered.increment()
          }
          inbox.put(.ended(source: 1))
        }
      }
      var taken = 0
      var most = 0
      while taken < 200 {
        let notices = try await inbox.take { _ in true }
        taken += notices.filter { $0 == chunk }.count
        most = max(most, delivered.value - taken)
      }
      // Ten chunks and the account of them do not fit.
      #expect(most < 10)
    }
    #expect(delivered.value == 200)
  }

  @Test func closingReleasesAProducerThatWaits() async throws {
    let inbox = try Inbox(limit: 1000)
    let chunk = chunk(900)
    inbox.put(chunk)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask { try await onThread { inbox.put(chunk) } }
      group.addTask {
        inbox.close()
        return true
      }
      var results: Set<Bool> = []
      for try await result in group { results.insert(result) }
      #expect(results == [true, false])
    }
    #expect(!inbox.put(chunk))
    #expect(!inbox.isReadable)
  }

  @Test func aChunkLargerThanTheInboxFitsAlone() throws {
    let inbox = try Inbox(limit: 10)
    #expect(inbox.put(chunk(1000)))
    #expect(inbox.take(maxBytes: 1).count == 1)
  }
}
