// Folding requests.

extension Timeline {
  mutating func requestArrived(_ event: LifecycleEvent) {
    guard attempt(event.request, arrivedAt: event.time) == nil else {
      duplicates += 1
      return
    }
    // Its invocation was told first, and with it that there is a request; or requests have no ids.
    if let known = attempt(event.request, at: event.time), requests[Int(known)].ended > event.time,
      !requests[Int(known)].arrivalIsTold || event.request == .none
    {
      duplicates += 1
      return
    }
    _ = addRequest(event.request, arrival: event.time, event.environment, arrivalIsTold: true)
  }

  mutating func requestAssigned(_ event: LifecycleEvent) {
    guard let request = attempt(event.request, at: event.time), requests[Int(request)].ended == .never else {
      return
    }
    guard event.environment != .none, let track = track(event.environment) else {
      requests[Int(request)].environment = event.environment
      return
    }
    takeUp(request, in: Int(trackIndex[event.environment.index]), at: event.time)
    // A new environment has not finished its first init: the request waits for it. One without any init may have been
    // there before we began to listen, unless its creation was told.
    let isNew = track.creationIsTold && track.invocations == 0
    if track.inits == 0 && isNew || track.inits == 1 && track.initIsOpen {
      markCold(request)
    } else if track.initIsOpen {
      noteReinit(request, Int(trackIndex[event.environment.index]))
    }
  }

  mutating func requestThrottled(_ reason: Name, _ event: LifecycleEvent) {
    let latest = attempts[event.request].map { requests[Int($0)] }
    if let latest, latest.isThrottled, latest.answered == event.time {
      duplicates += 1
      return
    }
    let known = attempt(event.request, at: event.time) ?? attempt(event.request, arrivedAt: event.time)
    let request = known ?? addRequest(event.request, arrival: event.time, .none)
    guard !requests[Int(request)].isThrottled else {
      duplicates += 1
      return
    }
    requests[Int(request)].isThrottled = true
    requests[Int(request)].throttleReason = reason
    requests[Int(request)].answered = event.time
    statistics.throttles += 1
    badAnswers.insert(event.time)
    landmarks.add(.throttle, event.time, .none)
    noteAnswer(request)
  }

  mutating func markCold(_ request: Int32) {
    guard !requests[Int(request)].isCold else { return }
    if requests[Int(request)].isReinit { unmarkReinit(request) }
    requests[Int(request)].isCold = true
    coldArrivals.insert(requests[Int(request)].arrival)
    landmarks.add(.coldStart, requests[Int(request)].arrival, requests[Int(request)].environment)
    statistics.coldStarts += 1
  }

  /// The request of an invocation that begins. A source that tells no arrivals tells requests by this alone.
  mutating func requestRow(for event: LifecycleEvent, _ index: Int) -> Int32 {
    if let twice = requestToldTwice(event, index) { return twice }
    if let known = attempt(event.request, at: event.time), requests[Int(known)].ended > event.time {
      // Without an id nothing else can be told of it.
      if event.request == .none { attempts[.none] = nil }
      return known
    }
    let waitedForInit = ranInit(forInvokeAt: event.time, index)
    let arrival = waitedForInit ? tracks[index].initBegan : event.time
    let request = addRequest(event.request, arrival: arrival, event.environment)
    if event.request == .none { attempts[.none] = nil }
    if waitedForInit {
      markCold(request)
      // Nothing is frozen between an init and the invocation that it ran for.
      dropInferredFrozen(index)
    }
    return request
  }

  /// On demand, init runs because a request waits for it. Only a long gap shows that it ran ahead of any request
  /// ("occasionally", execution environment page).
  private func ranInit(forInvokeAt time: Timestamp, _ index: Int) -> Bool {
    guard tracks[index].invocations == 0, tracks[index].inits == 1, !tracks[index].initHasFailed,
      tracks[index].initBegan != .never
    else { return false }
    let type = tracks[index].initializationType
    guard type != .provisionedConcurrency, type != .managedInstances else { return false }
    return tracks[index].initEnded == .never || time &- tracks[index].initEnded < .milliseconds(100)
  }

  /// The request of an invocation that has already been told, with its end.
  @inline(__always)
  private func requestToldTwice(_ event: LifecycleEvent, _ index: Int) -> Int32? {
    guard let last = tracks[index].rows.last, event.time <= last.start else { return nil }
    var row = tracks[index].rowCount(upTo: event.time) - 1
    while row >= 0, tracks[index].rows[row].start == event.time {
      let request = tracks[index].rows[row].request
      if request >= 0, requests[Int(request)].id == event.request { return request }
      row -= 1
    }
    return nil
  }

  mutating func invokeBegan(_ request: Int32, _ time: Timestamp, _ index: Int) {
    tracks[index].invocations += 1
    guard request >= 0 else { return }
    // Where no assignment is told: its environment's first init was under way while the request waited.
    if !requests[Int(request)].isRunning, tracks[index].invocations == 1, tracks[index].inits == 1,
      tracks[index].initEnded == .never || tracks[index].initEnded > requests[Int(request)].arrival
    {
      markCold(request)
    }
    takeUp(request, in: index, at: time)
    noteReinit(request, index)
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
    requests[place].environment = tracks[index].id
    tracks[index].running.append(request)
    guard !requests[place].isRunning else { return }
    requests[place].isRunning = true
    population.began(at: time, wakes: isAlone(index))
  }

  private mutating func release(_ request: Int32, at time: Timestamp) {
    guard requests[Int(request)].isRunning else { return }
    requests[Int(request)].isRunning = false
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
    let environment = requests[Int(request)].environment
    guard environment.index < trackIndex.count, trackIndex[environment.index] >= 0 else { return nil }
    let index = Int(trackIndex[environment.index])
    tracks[index].running.removeAll { $0 == request }
    return index
  }

  /// The environment is gone, and with it the requests that waited for its init.
  mutating func releaseAll(_ index: Int, at time: Timestamp) {
    for request in tracks[index].running {
      release(request, at: time)
      requests[Int(request)].ended = time
    }
  }

  /// A request that waits for an init, or whose invocation begins, may have come to a re-init.
  mutating func noteReinit(_ request: Int32, _ index: Int) {
    if tracks[index].inits > 1, tracks[index].ranReinit(for: request) { markReinit(request) }
  }

  /// It waits for a re-init. One that has waited for the first init, which failed, stays a cold start.
  mutating func markReinit(_ request: Int32) {
    guard !requests[Int(request)].isCold, !requests[Int(request)].isReinit else { return }
    requests[Int(request)].isReinit = true
    reinitArrivals.insert(requests[Int(request)].arrival)
    statistics.reinits += 1
  }

  /// What was taken for a wait for a re-init was none.
  mutating func unmarkReinit(_ request: Int32) {
    requests[Int(request)].isReinit = false
    reinitArrivals.remove(requests[Int(request)].arrival)
    statistics.reinits -= 1
  }

  mutating func runtimeDone(_ event: LifecycleEvent, _ index: Int) {
    guard let request = attempt(event.request, at: event.time, in: index),
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
      if requests[request].ended == .never { requests[request].ended = time }
      return forget(row.request)
    }
    if requests[request].duration < 0 {
      let begin = tracks[index].durationBegin(ofInvoke: place, within: tracks[index].source.clockResolution)
      requests[request].ended = time
      requests[request].duration = time &- begin
      statistics.durations.record(time &- begin)
    }
    if requests[request].answered == .never {
      // The caller has its response when the runtime has sent it, at the latest when the runtime asks for more.
      let answered = row.outcome.isBad ? time : runtimeEnd ?? time
      answer(row.request, row.outcome, at: answered)
    }
    forget(row.request)
  }

  mutating func requestAnswered(_ outcome: Outcome, _ event: LifecycleEvent) {
    guard let request = attempt(event.request, at: event.time) else { return }
    if requests[Int(request)].answered == .never { answer(request, outcome, at: event.time) }
    endUnlessRestored(request, event)
    forget(request)
  }

  /// After a restore that has failed there is no invocation whose end could be told.
  private mutating func endUnlessRestored(_ request: Int32, _ event: LifecycleEvent) {
    guard event.environment != .none, requests[Int(request)].isRunning,
      let last = tracks[Int(trackIndex[event.environment.index])].rows.last, last.phase == .restore,
      last.outcome.isBad
    else { return }
    release(request, at: event.time)
    requests[Int(request)].ended = event.time
  }

  private mutating func answer(_ request: Int32, _ outcome: Outcome, at time: Timestamp) {
    let row = requests[Int(request)]
    requests[Int(request)].answered = time
    requests[Int(request)].outcome = outcome
    if row.environment == .none { statistics.refused += 1 }
    noteAnswer(request)
    if outcome.isBad {
      badAnswers.insert(time)
      landmarks.add(.error, time, row.environment)
    }
    statistics.answered(outcome, wait: time &- row.arrival, start: row.start)
  }

  private mutating func noteAnswer(_ request: Int32) {
    if let last = answers.last, requests[Int(request)].answered < requests[Int(last)].answered {
      markStale(from: requests[Int(request)].answered)
    }
    answers.append(request)
  }
}
