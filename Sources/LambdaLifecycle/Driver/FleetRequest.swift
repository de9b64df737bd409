/// A request that a fleet works on: in flight, or waiting to be tried again.
package struct FleetRequest<Payload: Sendable>: Sendable {
  package var id = RequestID.none
  /// The place of its function.
  package var function: UInt16 = 0
  package internal(set) var start = StartKind.warm
  /// The attempts before this one, and those of them that were throttled.
  package internal(set) var retries: Int32 = 0
  var throttles: Int32 = 0
  /// Its answer was bad: an event is tried again. What fails after a good answer, as an extension may, changes nothing.
  var hasFailed = false
  /// Of this attempt, and of the first one.
  package internal(set) var arrival: Timestamp = 0
  var firstArrival: Timestamp = 0
  /// The world's own knowledge of it.
  package var payload: Payload

  package init(_ payload: Payload, function: Int, id: RequestID = .none) {
    self.payload = payload
    self.function = UInt16(function)
    self.id = id
  }
}

/// The requests that a fleet works on; the places of those that are over are used again. An invocation's name is its
/// place: what was meant for an earlier one is stale by its generation.
package struct RequestTable<Payload: Sendable>: Sendable {
  private var requests: [FleetRequest<Payload>] = []
  private var free: [UInt32] = []

  package subscript(invocation: Invocation) -> FleetRequest<Payload> {
    @inline(__always) get { requests[Int(invocation) - 1] }
    @inline(__always) _modify { yield &requests[Int(invocation) - 1] }
  }

  @inline(__always)
  mutating func add(_ request: FleetRequest<Payload>) -> Invocation {
    if let place = free.popLast() {
      requests[Int(place)] = request
      return place + 1
    }
    requests.append(request)
    return UInt32(requests.count)
  }

  /// Gives the place back. What stands in it stays readable until the next request is added.
  @inline(__always)
  mutating func remove(_ invocation: Invocation) { free.append(invocation - 1) }
}
