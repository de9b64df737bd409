internal import LambdaLifecycle
internal import NIOCore

/// The events of invocations that nobody waits for, from their arrival until the function has done them or Lambda gives
/// them up.
struct InvocationQueue {
  /// The most bytes of all events together: Lambda has no such limit, the memory of this machine has.
  static let mostBytes = 256 << 20
  /// The memory that each takes beside its bytes, about.
  private static let bytesOfEach = 1 << 10

  /// The retries of events that fail.
  var policy = RetryPolicy()
  private var events: Set<CallNumber> = []
  private var bytes = 0

  /// The number of events.
  var count: Int { events.count }

  /// True where there is room for one more.
  func hasRoom(for event: ByteBuffer) -> Bool {
    bytes + Self.bytesOfEach + event.readableBytes <= Self.mostBytes
  }

  /// True for an event of the queue.
  func contains(_ call: CallNumber) -> Bool { events.contains(call) }

  /// Adds an event that has come.
  mutating func add(_ call: InvokeCall) {
    events.insert(call.number)
    bytes += Self.bytesOfEach + call.event.readableBytes
  }

  /// Removes an event that is done or given up.
  mutating func remove(_ call: InvokeCall) {
    guard events.remove(call.number) != nil else { return }
    bytes -= Self.bytesOfEach + call.event.readableBytes
  }
}
