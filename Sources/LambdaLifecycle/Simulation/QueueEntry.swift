/// Something that the simulator has to do at a moment.
struct QueueEntry: Comparable, Sendable {
  enum What: Sendable {
    case signal(Signal)
    /// The response, and the runtime's Next, which follows at once.
    case answer(Invocation, Outcome, Generation)
    case invocationDeadline(Invocation, Generation)
    /// The wake-up that the driver of the fleet wanted.
    case due(Due)
    case backgroundDone(UInt32)
    /// The runtime ends, because somebody wanted it to.
    case crash(Generation)
    /// The next of several requests that somebody sent; the place is that of their series.
    case series
  }

  var time: Timestamp
  var order: UInt64
  /// Of an environment, where it is about one.
  var place: UInt32
  var what: What

  @inline(__always)
  static func < (a: QueueEntry, b: QueueEntry) -> Bool {
    a.time < b.time || (a.time == b.time && a.order < b.order)
  }

  static func == (a: QueueEntry, b: QueueEntry) -> Bool { a.order == b.order }
}
