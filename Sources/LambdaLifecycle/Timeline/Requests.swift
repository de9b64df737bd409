// Folding requests.

extension Timeline {
  mutating func requestArrived(_ event: LifecycleEvent) {
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
    requests[Int(request)].environment = event.environment
    guard event.environment != .none, let track = track(event.environment) else { return }
    takeUp(request, at: event.time)
    // A new environment has not finished its first init: the request waits for it.
    if track.inits == 0 || track.inits == 1 && track.initIsOpen { markCold(request) }
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
    answers.append(request)
  }

  private mutating func markCold(_ request: Int32) {
    guard !requests[Int(request)].isCold else { return }
    requests[Int(request)].isCold = true
    coldArrivals.insert(requests[Int(request)].arrival)
    statistics.coldStarts += 1
  }

  /// The request of an invocation that begins. A source that tells no arrivals tells requests by this alone.
  mutating func requestRow(for event: LifecycleEvent, _ index: Int) -> Int32 {
    if let known = openRequests[event.request] { return known }
    let track = tracks[index]
    // On demand, init runs because a request waits for it. Only a long gap shows that it ran ahead of any request
    // ("occasionally", execution environment page).
    let waitedForInit =
      track.invocations == 0 && track.inits == 1 && !track.initHasFailed && track.initBegan != .never
      && track.initializationType != .provisionedConcurrency && track.initializationType != .managedInstances
      && (track.initEnded == .never || event.time &- track.initEnded < .milliseconds(100))
    let arrival = waitedForInit ? track.initBegan : event.time
    if let twice = requestToldTwice(event, index) { return twice }
    let request = addRequest(event.request, arrival: arrival, event.environment)
    if waitedForInit { markCold(request) }
    return request
  }

  /// The request of an invocation that has already been told, with its end.
  @inline(__always)
  private func requestToldTwice(_ event: LifecycleEvent, _ index: Int) -> Int32? {
    let track = tracks[index]
    guard let last = track.rows.last, event.time <= last.start else { return nil }
    var row = track.rowCount(upTo: event.time) - 1
    while row >= 0, track.rows[row].start == event.time {
      let request = track.rows[row].request
      if request >= 0, requests[Int(request)].id == event.request { return request }
      row -= 1
    }
    return nil
  }

  mutating func invokeBegan(_ request: Int32, _ time: Timestamp, _ index: Int) {
    tracks[index].invocations += 1
    guard request >= 0 else { return }
    requests[Int(request)].environment = tracks[index].id
    noteReinit(request, index)
    takeUp(request, at: time)
  }

  /// From here on the request counts as concurrency: an environment is busy during init too (concurrency page).
  private mutating func takeUp(_ request: Int32, at time: Timestamp) {
    guard !requests[Int(request)].isRunning else { return }
    requests[Int(request)].isRunning = true
    let peak = statistics.peakConcurrency
    statistics.began()
    inFlight.starts.insert(time)
    if statistics.peakConcurrency > peak { peaks.append((time, Int32(clamping: statistics.peakConcurrency))) }
  }

  private mutating func release(_ request: Int32, at time: Timestamp) {
    guard requests[Int(request)].isRunning else { return }
    requests[Int(request)].isRunning = false
    statistics.ended()
    inFlight.ends.insert(time)
  }

  /// The environment is gone, and with it the requests that waited for its init.
  mutating func releaseAll(of environment: EnvironmentID, at time: Timestamp) {
    for request in openRequests.values
    where requests[Int(request)].isRunning && requests[Int(request)].environment == environment {
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
  mutating func invokeEnded(_ place: Int, at time: Timestamp, _ index: Int) {
    let row = tracks[index].rows[place]
    guard row.request >= 0 else { return }
    let request = Int(row.request)
    var runtimeEnd: Timestamp?
    if let place = tracks[index].runtimeDone.firstIndex(where: { $0.request == row.request }) {
      let done = tracks[index].runtimeDone.remove(at: place).time
      if done > row.start {
        runtimeEnd = min(done, time)
        if done < time {
          tracks[index][.extensionWork].ends.insert(time)
        } else {
          tracks[index][.extensionWork].starts.remove(done)
        }
      }
    }
    release(row.request, at: time)
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
    if requests[request].billedMs >= 0 || capabilities.tellsFreezing == false { forget(row.request) }
  }

  private mutating func forget(_ request: Int32) {
    let id = requests[Int(request)].id
    if requests[Int(request)].answered != .never, !requests[Int(request)].isRunning { openRequests[id] = nil }
  }

  mutating func requestAnswered(_ outcome: Outcome, _ event: LifecycleEvent) {
    guard let request = openRequests[event.request] else { return }
    if requests[Int(request)].answered == .never { answer(request, outcome, at: event.time) }
  }

  private mutating func answer(_ request: Int32, _ outcome: Outcome, at time: Timestamp) {
    let row = requests[Int(request)]
    requests[Int(request)].answered = time
    requests[Int(request)].outcome = outcome
    answers.append(request)
    if outcome.isBad { badAnswers.insert(time) }
    statistics.answered(outcome, wait: time &- row.arrival, start: row.start)
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
    statistics.bill(milliseconds: report.billedMs, memoryMB: report.memoryMB)
    if report.outcome.isBad, requests[row].outcome == .none { requests[row].outcome = report.outcome }
    forget(request)
  }

  /// A request that is over, told a second time. Requests lie nearly in the order of their arrival.
  private func knownRequest(_ id: RequestID, arrival: Timestamp) -> Int32? {
    guard let last = requests.last, arrival <= last.arrival else { return nil }
    var low = 0
    var high = requests.count
    while low < high {
      let middle = (low + high) / 2
      if requests[middle].arrival < arrival { low = middle + 1 } else { high = middle }
    }
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
