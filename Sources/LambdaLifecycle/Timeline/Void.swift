// Taking back what a fork made void.

extension Timeline {
  /// Restricts the timeline to what happened up to and including `time`, as if nothing later had ever been folded.
  mutating func void(after time: Timestamp) {
    settle()
    generation += 1
    arrivals.removeAll(after: time)
    coldArrivals.removeAll(after: time)
    badAnswers.removeAll(after: time)
    markers.removeAll { $0.time > time }
    answers.removeAll { requests[Int($0)].answered > time }
    inits.removeAll { $0.time > time }
    reinits.removeAll { $0 > time }
    inFlight.removeAll(after: time)
    peaks.removeAll { $0.time > time }
    last = min(last, time)
    voidRequests(after: time)
    tracks.removeAll { $0.created > time }
    for index in tracks.indices {
      tracks[index].void(after: time)
      for row in tracks[index].openRows {
        let request = tracks[index].rows[Int(row)].request
        if request >= 0 { noteReinit(request, index) }
      }
    }
    rebuildIndexes()
    var cursor = StatisticsCursor()
    statistics = cursor.statistics(of: self, at: time)
    addMarker(Marker(time: time, environment: .none, kind: .forked))
  }

  private mutating func voidRequests(after time: Timestamp) {
    while let last = requests.last, last.arrival > time { requests.removeLast() }
    for index in requests.indices {
      if requests[index].answered > time {
        requests[index].answered = .never
        requests[index].outcome = .none
        requests[index].isThrottled = false
      }
      if requests[index].ended > time {
        requests[index].ended = .never
        requests[index].duration = -1
        requests[index].isReinit = false
        requests[index].billedMs = -1
        requests[index].memoryMB = -1
      }
      let request = requests[index]
      requests[index].isRunning =
        request.ended == .never && request.environment != .none && !request.isThrottled
    }
  }

  private mutating func rebuildIndexes() {
    trackIndex = trackIndex.map { _ in -1 }
    for (index, track) in tracks.enumerated() { trackIndex[track.id.index] = Int32(index) }
    openRequests.removeAll()
    for (index, request) in requests.enumerated()
    where request.answered == .never || request.isRunning || request.ended == .never && !request.isThrottled {
      openRequests[request.id] = Int32(index)
    }
  }
}

extension EnvironmentTrack {
  mutating func void(after time: Timestamp) {
    for index in lanes.indices { lanes[index].removeAll(after: time) }
    rows.removeLast(rows.count - rowCount(upTo: time))
    openRows = []
    for index in rows.indices where rows[index].end > time {
      rows[index].end = .never
      rows[index].outcome = .none
      rows[index].errorType = .none
      rows[index].endIsInferred = false
      openRows.append(Int32(index))
    }
    if gone > time {
      gone = .never
      goneReason = .spindown
      goneDetail = .none
    }
    extensionStates.removeAll { $0.time > time }
    runtimeDone.removeAll { $0.time > time }
    reopenExtensionWork()
    lastEvent = min(lastEvent, time)
    invocations = self[.invoke].starts.count
    let inferred = self[.inferredFrozen]
    inferredFrozenFrom =
      inferred.starts.count > inferred.ends.count ? inferred.starts.times.last ?? .never : .never
    voidInit()
  }

  /// The extensions' part of an invocation that is open again: its end will be told anew.
  private mutating func reopenExtensionWork() {
    guard let done = self[.extensionWork].dangling, !runtimeDone.contains(where: { $0.time == done }) else {
      return
    }
    let invoke = openRows.last { rows[Int($0)].phase == .invoke }
    if let invoke { runtimeDone.append((rows[Int(invoke)].request, done)) }
  }

  /// Reads the state of init off the rows that are left.
  private mutating func voidInit() {
    inits = 0
    initIsOpen = false
    initHasFailed = false
    initBegan = .never
    initEnded = .never
    for row in rows where row.phase != .create {
      guard row.phase.isInit else {
        initIsOpen = false
        continue
      }
      if row.extensionName == .none, !initIsOpen {
        inits += 1
        initIsOpen = true
        initHasFailed = false
        initBegan = row.start
        initEnded = .never
      }
      if row.end != .never { initEnded = initEnded == .never ? row.end : max(initEnded, row.end) }
      if row.outcome.isBad { initHasFailed = true }
    }
    let frozen = self[.frozen].starts.times.last ?? .min
    if initIsOpen, initBegan <= frozen { initIsOpen = false }
  }
}
