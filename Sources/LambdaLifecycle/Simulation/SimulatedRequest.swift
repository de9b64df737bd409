/// A request that the simulator works on: in flight, or waiting to be tried again.
struct SimulatedRequest: Sendable {
  var id = RequestID.none
  /// What its draws depend on.
  var number: UInt64 = 0
  /// The attempts before this one.
  var retries: Int32 = 0
  var throttles: Int32 = 0
  /// The place of its traffic in the scenario; -1 for one that somebody sent.
  var traffic: Int32 = -1
  var function: UInt16 = 0
  var kind = RequestKind.normal
  var start = StartKind.warm
  /// Its answer was bad: an event is tried again. What fails after a good answer, as an extension may, changes nothing.
  var hasFailed = false
  /// Its worker has ended before the handler could answer: the answer that is planned means nothing.
  var isVoid = false
  /// Of this attempt, and of the first one.
  var arrival: Timestamp = 0
  var firstArrival: Timestamp = 0
  /// Managed Instances: when this invocation times out.
  var deadline = Timestamp.never
  /// Of a trace or a traffic that gives its own lengths; -1 where it does not.
  var duration: Nanoseconds = -1
  var coldDuration: Nanoseconds = -1
  var initDuration: Nanoseconds = -1

  /// What the draws of this attempt depend on.
  var attempt: UInt64 { number &+ UInt64(retries) << 56 }
}

/// The requests that the simulator works on; the places of those that are over are used again. An invocation's name is
/// its place: what was meant for an earlier one is stale by its generation.
struct RequestTable: Sendable {
  private var requests: [SimulatedRequest] = []
  private var free: [UInt32] = []

  subscript(invocation: Invocation) -> SimulatedRequest {
    @inline(__always) get { requests[Int(invocation) - 1] }
    @inline(__always) _modify { yield &requests[Int(invocation) - 1] }
  }

  @inline(__always)
  mutating func add(_ request: SimulatedRequest) -> Invocation {
    if let place = free.popLast() {
      requests[Int(place)] = request
      return place + 1
    }
    requests.append(request)
    return UInt32(requests.count)
  }

  @inline(__always)
  mutating func remove(_ invocation: Invocation) { free.append(invocation - 1) }
}
