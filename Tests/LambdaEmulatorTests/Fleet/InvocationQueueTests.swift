import LambdaLifecycle
import NIOCore
import Testing

@testable import LambdaEmulator

@Suite struct InvocationQueueTests {
  private func call(_ number: CallNumber, _ bytes: Int) -> InvokeCall {
    let event = ByteBuffer(repeating: UInt8(ascii: " "), count: bytes)
    return InvokeCall(number, CallRequest(id: .none, event: event, wishes: CallerWishes()), at: 0)
  }

  @Test("It has room for as many bytes as it says, and gives back what has gone, once")
  func room() {
    var queue = InvocationQueue()
    let calls = (1...256).map { call($0, (1 << 20) - 1_024) }
    for call in calls {
      #expect(queue.hasRoom(for: call.event))
      queue.add(call)
    }
    #expect(queue.count == 256)
    #expect(!queue.hasRoom(for: ByteBuffer()))
    queue.remove(calls[0])
    queue.remove(calls[0])
    #expect(queue.hasRoom(for: calls[0].event))
    #expect(!queue.hasRoom(for: ByteBuffer(repeating: 0, count: 1 << 20)))
    #expect(!queue.contains(1))
    #expect(queue.contains(2))
  }
}
