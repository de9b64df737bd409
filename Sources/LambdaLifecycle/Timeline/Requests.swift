// Folding requests.

extension Timeline {
  mutating func requestArrived(_ event: LifecycleEvent) {
    forgetEnded(event.request, before: event.time)
    guard openRequests[event.request] == nil, knownRequest(event.request, arrival: event.time) == nil else {
      duplicates += 1
      return
    }
    _ = addRequest(event.request, arrival: event.time, event.environment)
  }

  private mutating func addRequest(
    _ id: RequestID, arrival: Timestamp, _ environment: EnvironmentID
  ) -> Int32 {
    let index = Int32(requests.count)
    requests.append(RequestRow(id: id, arrival: arrival, environment: environment))
    openRequests[id] = index
    arrivals.insert(arrival)
    statistics.requests += 1
    return index
  }

  mutating func requestAssigned(_ event: LifecycleEvent) {
    guard let request = openRequests[event.request], requests[Int(request)].ended == .never else { return }
    guard event.environment != .none, let track = track(event.environment) else {
      requests[Int(request)].environment = event.environment
      return
    }
    takeUp(request, in: Int(trackIndex[event.environment.index]), at: event.time)
    // A new environment has not finished its first init: the request waits for it. One without any init may have been
    // there before we began to listen, unless its creation was told.
    let isNew = track.creationIsTold && track.invocations == 0
    if track.inits == 0 && isNew || track.inits == 1 && track.initIsOpen { markCold(request) }
  }

  mutating func requestThrottled(_ event: LifecycleEvent) {
    let known = openRequests[event.request] ?? knownRequest(event.request, arrival: event.time)
    let request = known ?? addRequest(event.request, arrival: event.time, .none)
    openRequests[event.request] = nil
    guard !requests[Int(request)].isThrottled else {
      duplicates += 1
      return
    }
    requests[Int(request)].isThrottled = true
    requests[Int(request)].answered = event.time
    statistics.throttles += 1
    badAnswers.insert(event.time)
    noteAnswer(request)
  }

  mutating func markCold(_ request: Int32) {
    guard !requests[Int(request)].isCold else { return }
    requests[Int(request)].isCold = true
    coldArrivals.insert(requests[Int(request)].arrival)
    statistics.coldStarts += 1
  }

  /// The request of an invocation that begins. A source that tells no arrivals tells requests by this alone.
  mutating func requestRow(for event: LifecycleEvent, _ index: Int) -> Int32 {
    if let twice = requestToldTwice(event, index) { return twice }
    forgetEnded(event.request, before: event.time)
    if let known = openRequests[event.request] {
      // Without an id nothing else can be told of it.
      if event.request == .none { openRequests[.none] = nil }
      return known
    }
    let waitedForInit = ranInit(forInvokeAt: event.time, index)
    let arrival = waitedForInit ? tracks[index].initBegan : event.time
    let request = addRequest(event.request, arrival: arrival, event.environment)
    if event.request == .none { openRequests[.none] = nil }
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
    noteReinit(request, index)
    // Where no assignment is told: its environment's first init was under way while the request waited.
    if !requests[Int(request)].isRunning, tracks[index].invocations == 1, tracks[index].inits == 1,
      tracks[index].initEnded == .never || tracks[index].initEnded > requests[Int(request)].arrival
    {
      markCold(request)
    }
    takeUp(request, in: index, at: time)
    let done = tracks[index].runtimeDone.first { $0.request == request }?.time
    // Told before the begin.
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

  /// An invocation that begins has waited for a re-init if that began when the request was there.
  mutating func noteReinit(_ request: Int32, _ index: Int) {
    requests[Int(request)].isReinit =
      tracks[index].inits > 1 && tracks[index].initBegan >= requests[Int(request)].arrival
  }

  mutating func runtimeDone(_ event: LifecycleEvent, _ index: Int) {
    guard let request = openRequests[event.request],
      !tracks[index].runtimeDone.contains(where: { $0.request == request })
    else { return }
    tracks[index].runtimeDone.append((request, event.time))
    // What is left of the invocation is the extensions'.
    guard let row = tracks[index].openRow(.invoke, request: request, extensionName: .none),
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
      let begin = tracks[index].durationBegin(ofInvoke: place, within: capabilities.clockResolution)
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

  /// What follows the end of an invocation finds its request by the row.
  private mutating func forget(_ request: Int32) {
    let row = requests[Int(request)]
    guard row.answered != .never, row.ended != .never, openRequests[row.id] == request else { return }
    openRequests[row.id] = nil
  }

  /// A retry has the id of the request before it, whose invocation has ended (asynchronous invocation page).
  private mutating func forgetEnded(_ id: RequestID, before time: Timestamp) {
    guard let request = openRequests[id], requests[Int(request)].ended <= time else { return }
    openRequests[id] = nil
  }

  mutating func requestAnswered(_ outcome: Outcome, _ event: LifecycleEvent) {
    guard let request = openRequests[event.request] else { return }
    if requests[Int(request)].answered == .never { answer(request, outcome, at: event.time) }
    forget(request)
  }

  private mutating func answer(_ request: Int32, _ outcome: Outcome, at time: Timestamp) {
    let row = requests[Int(request)]
    requests[Int(request)].answered = time
    requests[Int(request)].outcome = outcome
    noteAnswer(request)
    if outcome.isBad { badAnswers.insert(time) }
    statistics.answered(outcome, wait: time &- row.arrival, start: row.start)
  }

  private mutating func noteAnswer(_ request: Int32) {
    if let last = answers.last, requests[Int(request)].answered < requests[Int(last)].answered {
      answersAreStale = true
    }
    answers.append(request)
  }

  mutating func reported(_ report: Report, _ event: LifecycleEvent) {
    guard let request = openRequests[event.request] ?? lastRequest(event) else { return }
    let row = Int(request)
    guard requests[row].billedMs < 0 else {
      duplicates += 1
      return
    }
    requests[row].billedMs = max(0, report.billedMs)
    requests[row].memoryMB = report.memoryMB
    statistics.billing.add(milliseconds: Int64(report.billedMs), memoryMB: report.memoryMB)
    if report.outcome.isBad, requests[row].outcome == .none { requests[row].outcome = report.outcome }
    forget(request)
  }

  /// A request that is over, told a second time. Requests lie nearly in the order of their arrival.
  private func knownRequest(_ id: RequestID, arrival: Timestamp) -> Int32? {
    guard let last = requests.last, arrival <= last.arrival else { return nil }
    let low = requests.partitionPoint { $0.arrival < arrival }
    let nearby = max(0, low - 64)..<min(requests.count, low + 64)
    return nearby.first { requests[$0].id == id && requests[$0].arrival == arrival }.map(Int32.init)
  }

  /// A report may follow the end of its invocation; it belongs to one of the latest of its environment, or of all
  /// where it names none.
  @inline(__always)
  private func lastRequest(_ event: LifecycleEvent) -> Int32? {
    if event.environment != .none {
      let track = Int(trackIndex[event.environment.index])
      return tracks[track].rows.suffix(64).last { row in
        row.request >= 0 && requests[Int(row.request)].id == event.request
      }?.request
    }
    return requests.indices.suffix(64).last { requests[$0].id == event.request }.map(Int32.init)
  }
}
