internal import LambdaLifecycle
internal import NIOCore

/// The events of invocations that nobody waits for, from their arrival until the function has done them or Lambda gives
/// them up.
struct InvocationQueue {
  /// What the events may have together: Lambda has no such limit, the memory of this machine has.
  static let mostBytes = 256 << 20
  /// What each takes beside its bytes, about.
  private static let bytesOfEach = 1 << 10

  /// What becomes of them when they fail.
  var policy = RetryPolicy()
  private var events: Set<CallNumber> = []
  private var bytes = 0

  /// How many there are.
  var count: Int { events.count }

  /// Whether there is room for one more.
  func hasRoom(for event: ByteBuffer) -> Bool {
    bytes + Self.bytesOfEach + event.readableBytes <= Self.mostBytes
  }

  /// Whether it is one of the queue's.
  func contains(_ call: CallNumber) -> Bool { events.contains(call) }

  /// An event has come.
  mutating func add(_ call: InvokeCall) {
    events.insert(call.number)
    bytes += Self.bytesOfEach + call.event.readableBytes
  }

  /// It is done or given up.
  mutating func remove(_ call: InvokeCall) {
    guard events.remove(call.number) != nil else { return }
    bytes -= Self.bytesOfEach + call.event.readableBytes
  }
}
