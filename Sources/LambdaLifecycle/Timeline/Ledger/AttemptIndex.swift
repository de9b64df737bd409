// The attempt that an event is about.
//
// A retry of an asynchronous event has the id of the attempt before it, which has failed or was throttled
// (asynchronous invocation page). Attempts with one id are a chain, the latest first; an event belongs to the latest
// attempt that had arrived by its time, so that it is of no matter in which order attempts are reported.

/// The latest attempt of every request that is under way or may be tried again.
struct AttemptIndex: Sendable {
  private var latest: [RequestID: Int32] = [:]
  /// How many of them are known before those that are over are forgotten.
  private var forgetFrom = 4_096

  private static let remembered = 2_048

  var reckonedBytes: Int { latest.reckonedBytes }

  /// The latest attempt with that id, if it is known.
  @inline(__always)
  subscript(id: RequestID) -> Int32? { latest[id] }

  /// The attempt under way that an event at `time` is about.
  @inline(__always)
  func attempt(_ id: RequestID, at time: Timestamp, _ requests: [RequestRow]) -> Int32? {
    guard var place = latest[id] else { return nil }
    while requests[Int(place)].arrival > time, requests[Int(place)].previousAttempt >= 0 {
      place = requests[Int(place)].previousAttempt
    }
    return requests[Int(place)].isOver ? nil : place
  }

  /// The attempt with this id that arrived at this moment; also one that is over, as far as it is still known.
  func attempt(_ id: RequestID, arrivedAt arrival: Timestamp, _ requests: [RequestRow]) -> Int32? {
    var place = latest[id] ?? -1
    while place >= 0 {
      if requests[Int(place)].arrival == arrival { return place }
      place = requests[Int(place)].previousAttempt
    }
    guard let last = requests.last, arrival <= last.arrival else { return nil }
    // Requests lie nearly in the order of their arrival.
    let low = requests.partitionPoint { $0.arrival < arrival }
    let nearby = max(0, low - 64)..<min(requests.count, low + 64)
    return nearby.first { requests[$0].id == id && requests[$0].arrival == arrival }.map(Int32.init)
  }

  /// Takes in a request that is new: it may be another attempt.
  /// - Returns: when the retry arrived, if there is one more.
  @inline(__always)
  mutating func add(_ place: Int32, to requests: inout [RequestRow]) -> Timestamp? {
    let id = requests[Int(place)].id
    // Without an id nobody knows which request it would be a retry of.
    guard let known = latest.updateValue(place, forKey: id), id != .none else { return nil }
    return addRetry(place, after: known, &requests)
  }

  /// Puts an attempt into the chain whose latest one was `known`.
  private mutating func addRetry(
    _ place: Int32, after known: Int32, _ requests: inout [RequestRow]
  ) -> Timestamp {
    let arrival = requests[Int(place)].arrival
    var later: Int32 = -1
    var earlier = known
    while earlier >= 0, requests[Int(earlier)].arrival > arrival {
      later = earlier
      earlier = requests[Int(earlier)].previousAttempt
    }
    requests[Int(place)].previousAttempt = earlier
    if later >= 0 {
      requests[Int(later)].previousAttempt = place
      latest[requests[Int(place)].id] = known
    }
    // The first attempt is no retry; what follows it is.
    return earlier >= 0 ? arrival : requests[Int(later)].arrival
  }

  /// Nothing more can be reported of attempts with that id.
  @inline(__always)
  mutating func remove(_ id: RequestID) { latest[id] = nil }

  /// An attempt that was thought to be over for good may be followed by another.
  mutating func remember(_ id: RequestID, _ place: Int32) {
    if latest[id] == nil { latest[id] = place }
  }

  /// An attempt is over. Only one that went wrong may be followed by another. Not every failure is in a log:
  /// there, one that looks well may be tried again too, within minutes.
  mutating func forget(_ request: Int32, _ requests: [RequestRow], _ sources: EnvironmentSources) {
    guard requests[Int(request)].isOver else { return }
    let id = requests[Int(request)].id
    guard requests[Int(request)].arrivalIsTold || sources[requests[Int(request)].environment].tellsFailures
    else { return forgetLater(requests) }
    if let known = latest[id], isPast(known, requests) { latest[id] = nil }
  }

  /// Once many are known, those that have been over for long are forgotten together.
  private mutating func forgetLater(_ requests: [RequestRow]) {
    guard latest.count >= forgetFrom else { return }
    let recent = requests.count - Self.remembered
    // With room for those to come, which `filter` would not leave.
    let count = latest.values.count { $0 >= recent || !isPast($0, requests) }
    forgetFrom = 2 * max(count, Self.remembered)
    var kept = [RequestID: Int32](minimumCapacity: forgetFrom)
    for (id, place) in latest where place >= recent || !isPast(place, requests) { kept[id] = place }
    latest = kept
  }

  /// Nothing more is expected of the attempts of which this is the latest.
  private func isPast(_ latest: Int32, _ requests: [RequestRow]) -> Bool {
    guard !requests[Int(latest)].mayBeRetried else { return false }
    var place = latest
    while place >= 0 {
      guard requests[Int(place)].isOver else { return false }
      place = requests[Int(place)].previousAttempt
    }
    return true
  }

  /// Finds the latest attempts anew, from the requests that are left.
  mutating func rebuild(_ requests: [RequestRow], _ sources: EnvironmentSources) {
    latest.removeAll()
    for (index, request) in requests.enumerated() {
      guard !request.isOver || request.mayBeRetried || request.previousAttempt >= 0 else { continue }
      // Without an id nothing can be reported of one that has begun.
      if request.id == .none, request.isOver || request.isRunning { continue }
      if let known = latest[request.id], requests[Int(known)].arrival > request.arrival { continue }
      latest[request.id] = Int32(index)
    }
    for place in Array(latest.values) { forget(place, requests, sources) }
  }

  /// - Parameter places: the new place of each request, -1 if it is gone.
  mutating func renumber(_ places: [Int32]) {
    latest = latest.compactMapValues { places[Int($0)] < 0 ? nil : places[Int($0)] }
  }
}

extension RequestLedger {
  /// The attempt under way that an event at `time` is about.
  @inline(__always)
  func attempt(_ id: RequestID, at time: Timestamp) -> Int32? { attempts.attempt(id, at: time, requests) }

  /// The same, where the event names an environment: mostly it is about one that runs there, which is found
  /// without hashing.
  @inline(__always)
  func attempt(_ id: RequestID, at time: Timestamp, among running: [Int32]) -> Int32? {
    for request in running where requests[Int(request)].id == id && requests[Int(request)].arrival <= time {
      return request
    }
    return attempt(id, at: time)
  }

  /// The attempt with this id that arrived at this moment; also one that is over, as far as it is still known.
  func attempt(_ id: RequestID, arrivedAt arrival: Timestamp) -> Int32? {
    attempts.attempt(id, arrivedAt: arrival, requests)
  }
}
