// Which attempt an event is about.
//
// A retry of an asynchronous event has the id of the attempt before it, which has failed or was throttled
// (asynchronous invocation page). Attempts with one id are a chain, the latest first; an event belongs to the latest
// attempt that had arrived by its time, so that it is of no matter in which order attempts are told.

extension Timeline {
  /// The attempt under way that an event at `time` is about.
  @inline(__always)
  func attempt(_ id: RequestID, at time: Timestamp) -> Int32? {
    guard var place = attempts[id] else { return nil }
    while requests[Int(place)].arrival > time, requests[Int(place)].previousAttempt >= 0 {
      place = requests[Int(place)].previousAttempt
    }
    return requests[Int(place)].isOver ? nil : place
  }

  /// The same, where the event is told of an environment: mostly it is about one that runs there, which is found
  /// without hashing.
  @inline(__always)
  func attempt(_ id: RequestID, at time: Timestamp, in index: Int) -> Int32? {
    for place in 0..<tracks[index].running.count {
      let request = tracks[index].running[place]
      if requests[Int(request)].id == id, requests[Int(request)].arrival <= time { return request }
    }
    return attempt(id, at: time)
  }

  /// The attempt with this id that arrived at this moment; also one that is over, as far as it is still known.
  func attempt(_ id: RequestID, arrivedAt arrival: Timestamp) -> Int32? {
    var place = attempts[id] ?? -1
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

  mutating func addRequest(
    _ id: RequestID, arrival: Timestamp, _ environment: EnvironmentID, _ function: Name,
    arrivalIsTold: Bool = false
  ) -> Int32 {
    let place = Int32(requests.count)
    requests.append(
      RequestRow(
        id: id, arrival: arrival, environment: environment, function: function, arrivalIsTold: arrivalIsTold))
    arrivals.insert(arrival)
    // Without an id there is no telling which request it would be a retry of.
    if let latest = attempts.updateValue(place, forKey: id), id != .none { addRetry(place, to: latest) }
    return place
  }

  /// Puts an attempt into the chain whose latest one was `latest`.
  private mutating func addRetry(_ place: Int32, to latest: Int32) {
    let arrival = requests[Int(place)].arrival
    var later: Int32 = -1
    var earlier = latest
    while earlier >= 0, requests[Int(earlier)].arrival > arrival {
      later = earlier
      earlier = requests[Int(earlier)].previousAttempt
    }
    requests[Int(place)].previousAttempt = earlier
    if later >= 0 {
      requests[Int(later)].previousAttempt = place
      attempts[requests[Int(place)].id] = latest
    }
    // The first attempt is no retry; what follows it is.
    let retry = earlier >= 0 ? arrival : requests[Int(later)].arrival
    if let last = retries.last, retry < last { markStale(from: retry) }
    retries.append(retry)
  }

  /// An attempt is over. Only one that went wrong may be followed by another. Not every failure is told by a log: there, one
  /// that looks well may be tried again too, within minutes.
  mutating func forget(_ request: Int32) {
    guard requests[Int(request)].isOver else { return }
    let id = requests[Int(request)].id
    guard requests[Int(request)].arrivalIsTold || source(of: requests[Int(request)].environment).tellsFailures
    else { return forgetLater() }
    if let latest = attempts[id], isPast(latest) { attempts[id] = nil }
  }

  /// Once many are known, those that have been over for long are forgotten together.
  private mutating func forgetLater() {
    guard attempts.count >= forgetFrom else { return }
    let recent = requests.count - Self.remembered
    // With room for those to come, which `filter` would not leave.
    let kept = attempts.values.count { $0 >= recent || !isPast($0) }
    forgetFrom = 2 * max(kept, Self.remembered)
    var attempts = [RequestID: Int32](minimumCapacity: forgetFrom)
    for (id, latest) in self.attempts where latest >= recent || !isPast(latest) { attempts[id] = latest }
    self.attempts = attempts
  }

  private static let remembered = 2_048

  /// Nothing more is expected of the attempts of which this is the latest.
  private func isPast(_ latest: Int32) -> Bool {
    guard !requests[Int(latest)].mayBeRetried else { return false }
    var place = latest
    while place >= 0 {
      guard requests[Int(place)].isOver else { return false }
      place = requests[Int(place)].previousAttempt
    }
    return true
  }

  /// Lambda's queue gives an event up: there will be no further attempt.
  mutating func requestDropped(_ reason: Name, _ event: LifecycleEvent) {
    guard !drops.suffix(64).contains(where: { $0.time == event.time && $0.request == event.request }) else {
      duplicates += 1
      return
    }
    if let last = drops.last, event.time < last.time { markStale(from: event.time) }
    drops.append((event.time, event.request, reason))
    if let latest = attempts[event.request], requests[Int(latest)].isOver { attempts[event.request] = nil }
    addMarker(Marker(time: event.time, environment: .none, kind: .dropped(event.request, reason: reason)))
  }

  /// The last event that was given up by `time`, and why.
  package func lastDrop(upTo time: Timestamp) -> (time: Timestamp, reason: Name)? {
    let count = drops.partitionPoint { $0.time <= time }
    return count > 0 ? (drops[count - 1].time, drops[count - 1].reason) : nil
  }

  /// Finds the latest attempts anew, from the requests that are left.
  mutating func rebuildAttempts() {
    attempts.removeAll()
    for (index, request) in requests.enumerated() {
      guard !request.isOver || request.mayBeRetried || request.previousAttempt >= 0 else { continue }
      // Without an id nothing can be told of one that has begun.
      if request.id == .none, request.isOver || request.isRunning { continue }
      if let known = attempts[request.id], requests[Int(known)].arrival > request.arrival { continue }
      attempts[request.id] = Int32(index)
    }
    for latest in Array(attempts.values) { forget(latest) }
  }
}

extension RequestRow {
  /// Nothing more will be told of it but its report.
  var isOver: Bool { isThrottled || answered != .never && ended != .never }

  /// It went wrong: if it came from a queue, it will be tried again.
  var mayBeRetried: Bool { isThrottled || outcome.isBad }
}

extension Timeline {
  /// Which attempt at its event a request is, from 1 on.
  package func attemptNumber(of request: Int) -> Int {
    var number = 1
    var place = requests[request].previousAttempt
    while place >= 0 {
      number += 1
      place = requests[Int(place)].previousAttempt
    }
    return number
  }
}
