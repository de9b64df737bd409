// Folding requests.

extension Timeline {
  mutating func requestArrived(_ event: LifecycleEvent) {
    guard ledger.attempt(event.request, arrivedAt: event.time) == nil else {
      duplicates += 1
      return
    }
    // Its invocation was told first, and with it that there is a request; or requests have no ids.
    if let known = ledger.attempt(event.request, at: event.time), requests[Int(known)].ended > event.time,
      !requests[Int(known)].arrivalIsTold || event.request == .none
    {
      duplicates += 1
      return
    }
    if wasToldWhole(event) {
      duplicates += 1
      return
    }
    _ = ledger.add(event.request, arrival: event.time, event.environment, event.function, arrivalIsTold: true)
  }

  /// All of its invocation was told before its arrival: read late, or in the order of times that two clocks have told.
  private func wasToldWhole(_ event: LifecycleEvent) -> Bool {
    guard event.request != .none, let latest = ledger.attempts[event.request] else { return false }
    let request = requests[Int(latest)]
    guard !request.arrivalIsTold, request.ended != .never, request.arrival <= event.time else { return false }
    return event.time < request.ended || source(of: request.environment).hasUniqueRequests
  }

  mutating func requestAssigned(_ event: LifecycleEvent) {
    guard let request = ledger.attempt(event.request, at: event.time), requests[Int(request)].ended == .never
    else {
      return
    }
    guard let index = trackPlace(event.environment) else {
      return ledger.assign(request, to: event.environment)
    }
    takeUp(request, in: index, at: event.time)
    // A new environment has not finished its first init: the request waits for it. One without any init may have been
    // there before we began to listen, unless its creation was told.
    let (inits, isOpen) = (tracks[index].inits, tracks[index].initIsOpen)
    let isNew = tracks[index].creationIsTold && tracks[index].invocations == 0
    if inits == 0 && isNew || inits == 1 && isOpen {
      markCold(request)
    } else if isOpen {
      noteReinit(request, index)
    }
  }

  mutating func requestThrottled(_ reason: Name, _ event: LifecycleEvent) {
    let latest = ledger.attempts[event.request].map { requests[Int($0)] }
    if let latest, latest.isThrottled, latest.answered == event.time {
      duplicates += 1
      return
    }
    let known =
      ledger.attempt(event.request, at: event.time) ?? ledger.attempt(event.request, arrivedAt: event.time)
    let request = known ?? ledger.add(event.request, arrival: event.time, .none, event.function)
    guard ledger.throttle(request, reason, event.function, at: event.time) else {
      duplicates += 1
      return
    }
    landmarks.add(.throttle, event.time, .none)
  }

  /// The request of an invocation that begins. A source that tells no arrivals tells requests by this alone.
  /// - Parameter begin: when its invocation begins.
  mutating func requestRow(for event: LifecycleEvent, begun begin: Timestamp, _ index: Int) -> Int32 {
    if let twice = requestToldTwice(event, index) { return twice }
    if let known = ledger.attempt(event.request, at: event.time), requests[Int(known)].ended > event.time {
      // Without an id nothing else can be told of it.
      if event.request == .none { ledger.forgetNameless() }
      return known
    }
    let request = ledger.add(event.request, arrival: begin, event.environment, event.function)
    if event.request == .none { ledger.forgetNameless() }
    if followsInvoke(at: begin, index) { return request }
    let wait = tracks[index].wait(beforeInvokeAt: begin, hasServed: tracks[index].firstInvoke <= begin)
    setWait(of: request, since: wait.since, wait.start)
    // Nothing is frozen between an init and the invocation that it ran for.
    if wait.start.isForInit { dropInferredFrozen(index) }
    return request
  }

  /// The request of an invocation that has already been told, with its end.
  @inline(__always)
  private func requestToldTwice(_ event: LifecycleEvent, _ index: Int) -> Int32? {
    guard let last = tracks[index].rows.last, event.time <= last.start else { return nil }
    // Its length may have moved its begin by less than this.
    let near = tracks[index].source.clockResolution
    var row = tracks[index].rowCount(upTo: event.time &+ near) - 1
    let least = row - EnvironmentTrack.near
    while row > max(-1, least), tracks[index].rows[row].start >= event.time &- near {
      let request = tracks[index].rows[row].request
      if request >= 0, requests[Int(request)].id == event.request { return request }
      row -= 1
    }
    return nil
  }

  mutating func invokeBegan(_ request: Int32, _ time: Timestamp, _ index: Int) {
    tracks[index].invocations += 1
    if time < tracks[index].firstInvoke { tracks[index].firstInvoke = time }
    guard request >= 0 else { return }
    // Where no assignment is told: its environment's first init was under way while the request waited.
    if requests[Int(request)].arrivalIsTold, !requests[Int(request)].isRunning,
      tracks[index].invocations == 1, tracks[index].inits == 1,
      tracks[index].initEnded == .never || tracks[index].initEnded > requests[Int(request)].arrival
    {
      markCold(request)
    }
    takeUp(
      request, in: index, at: requests[Int(request)].arrivalIsTold ? time : requests[Int(request)].arrival)
    if requests[Int(request)].arrivalIsTold { noteReinit(request, index) }
    markAhead(request, at: time, index)
    let done = tracks[index].runtimeDone.first { $0.request == request }?.time
    // Told before the beginning.
    if let done, done > time { tracks[index][.extensionWork].starts.insert(done) }
  }

  /// From here on the request counts as concurrency: an environment is busy during init too (concurrency page).
  private mutating func takeUp(_ request: Int32, in index: Int, at time: Timestamp) {
    let place = Int(request)
    if requests[place].isRunning {
      guard requests[place].environment != tracks[index].id else { return }
      removeFromTrack(request)
    }
    tracks[index].running.append(request)
    guard ledger.take(request, by: tracks[index].id, at: time) else { return }
    population.began(at: time, wakes: isAlone(index))
  }

  private mutating func release(_ request: Int32, at time: Timestamp) {
    guard ledger.release(request) else { return }
    let index = removeFromTrack(request)
    population.ended(
      at: time, rests: index.map { !runsConcurrently($0) || tracks[$0].running.isEmpty } ?? true)
  }

  /// The request that an environment has just taken up, or given back, is the only one it has. Only with Managed
  /// Instances can it be another way; for the others the order in which they are told is of no matter.
  @inline(__always)
  private func isAlone(_ index: Int) -> Bool { !runsConcurrently(index) || tracks[index].running.count == 1 }

  /// - Returns: the place of its track.
  @discardableResult
  private mutating func removeFromTrack(_ request: Int32) -> Int? {
    guard let index = trackPlace(requests[Int(request)].environment) else { return nil }
    tracks[index].running.removeAll { $0 == request }
    return index
  }

  /// The environment is gone, and with it the requests that waited for its init.
  mutating func releaseAll(_ index: Int, at time: Timestamp) {
    for request in tracks[index].running {
      release(request, at: time)
      ledger.end(request, at: time)
    }
  }

  /// A request that waits for an init, or whose invocation begins, may have come to a re-init.
  mutating func noteReinit(_ request: Int32, _ index: Int) {
    if tracks[index].inits > 1, tracks[index].ranReinit(for: request) { markReinit(request) }
  }

  mutating func runtimeDone(_ event: LifecycleEvent, _ index: Int) {
    guard let request = ledger.attempt(event.request, at: event.time, among: tracks[index].running),
      !tracks[index].runtimeDone.contains(where: { $0.request == request })
    else { return }
    tracks[index].runtimeDone.append((request, event.time))
    // What is left of the invocation is the extensions'.
    guard let row = openRow(.invoke, request: request, extensionName: .none, index),
      tracks[index].rows[row].start < event.time
    else { return }
    tracks[index][.extensionWork].starts.insert(event.time)
  }

  /// An invocation has ended: with it the request's duration, and its answer if nobody told that.
  mutating func invokeEnded(_ place: Int, at time: Timestamp, _ index: Int, isImplied: Bool) {
    let row = tracks[index].rows[place]
    guard row.request >= 0 else { return }
    let request = Int(row.request)
    var runtimeEnd: Timestamp?
    if let place = tracks[index].runtimeDone.firstIndex(where: { $0.request == row.request }) {
      let done = tracks[index].runtimeDone.remove(at: place).time
      if done > row.start {
        runtimeEnd = min(done, time)
        tracks[index][.extensionWork].settle()
        let work = tracks[index][.extensionWork]
        if done < time, work.dangling != nil, work.starts.contains(done) {
          tracks[index][.extensionWork].ends.insert(time)
        } else if done >= time {
          tracks[index][.extensionWork].starts.remove(done)
        }
      }
    }
    release(row.request, at: time)
    if isImplied {
      // How long it took, and what came of it, is left to the end itself, should it still come.
      if requests[request].ended == .never { ledger.end(row.request, at: time) }
      return ledger.forget(row.request, sources)
    }
    if requests[request].duration < 0 {
      let begin = tracks[index].durationBegin(ofInvoke: place, within: tracks[index].source.clockResolution)
      ledger.end(row.request, at: time, begun: begin)
    }
    if requests[request].answered == .never {
      // The caller has its response when the runtime has sent it, at the latest when the runtime asks for more.
      let answered = row.outcome.isBad ? time : runtimeEnd ?? time
      answer(row.request, row.outcome, row.errorType, at: answered)
    }
    ledger.forget(row.request, sources)
  }

  mutating func requestAnswered(_ outcome: Outcome, _ errorType: Name, _ event: LifecycleEvent) {
    guard let request = ledger.attempt(event.request, at: event.time) else { return }
    if requests[Int(request)].answered == .never { answer(request, outcome, errorType, at: event.time) }
    endUnlessRestored(request, event)
    ledger.forget(request, sources)
  }

  /// After a restore that has failed there is no invocation whose end could be told.
  private mutating func endUnlessRestored(_ request: Int32, _ event: LifecycleEvent) {
    guard let index = trackPlace(event.environment), requests[Int(request)].isRunning,
      let last = tracks[index].rows.last, last.phase == .restore,
      last.outcome.isBad
    else { return }
    release(request, at: event.time)
    ledger.end(request, at: event.time)
  }

  private mutating func answer(
    _ request: Int32, _ outcome: Outcome, _ errorType: Name, at time: Timestamp
  ) {
    ledger.answer(request, outcome, errorType, at: time)
    if outcome.isBad { landmarks.add(.error, time, requests[Int(request)].environment) }
  }

  mutating func requestDropped(_ reason: Name, _ event: LifecycleEvent) {
    guard ledger.drop(event.request, reason, at: event.time) else {
      duplicates += 1
      return
    }
    addMarker(Marker(time: event.time, environment: .none, kind: .dropped(event.request, reason: reason)))
  }
}
