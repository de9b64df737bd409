// Taking back what a fork made void.

extension Timeline {
  /// Restricts the timeline to what happened up to and including `time`, as if nothing later had ever been folded.
  mutating func void(after time: Timestamp) {
    settle()
    session.ledger.revise(from: time)
    for track in tracks where track.gone != .never && track.gone > time {
      session.landmarks.removeShutdown(of: track.id)
    }
    take(.void(after: time))
    session.last = min(last, time)
    let places = session.ledger.void(after: time, session.sources)
    tracks.removeAll { $0.created > time }
    for index in tracks.indices { tracks[index].void(after: time, requestPlaces: places) }
    trackPlaces.rebuild(tracks)
    session.inFlight.keep(tracks)
    session.inFlight.removeAll()
    settle()
    for (place, request) in requests.enumerated() where request.isRunning {
      guard let index = trackPlace(request.environment) else { continue }
      session.inFlight.append(Int32(place), to: request.environment)
      // The init that it came to wait for may not have begun.
      let hasBegun = request.start != .ahead || tracks[index].invocations > 0
      if !hasBegun || request.isReinit && !tracks[index].ranReinit(for: Int32(place)) {
        session.unmark(Int32(place))
      }
    }
    session.markerList.insert(Marker(time: time, environment: .none, kind: .forked))
  }
}

extension EnvironmentTrack {
  mutating func void(after time: Timestamp, requestPlaces places: [Int32]) {
    rows.removeLast(rows.count - rowCount(upTo: time))
    openRows = []
    for index in rows.indices where rows[index].request >= 0 {
      rows[index].request = places[Int(rows[index].request)]
    }
    for index in rows.indices where rows[index].end > time {
      rows[index].end = .never
      rows[index].outcome = .none
      rows[index].errorType = .none
      rows[index].endIsInferred = false
      openRows.append(Int32(index))
    }
    if firstThaw > time { firstThaw = .never }
    if firstInvoke > time { firstInvoke = .never }
    if gone > time {
      gone = .never
      goneReason = .spindown
      goneDetail = .none
    }
    voidMarks(after: time, requestPlaces: places)
    runtimeDone = runtimeDone.filter { $0.time <= time }.map { (places[Int($0.request)], $0.time) }
    runtimeDone.removeAll { $0.request < 0 }
    reopenExtensionWork()
    lastEvent = min(lastEvent, time)
    invocations = rows.count { $0.phase == .invoke } + letGoCount(.phase(.invoke))
    if silentFrom > time { silentFrom = .never }
    if silentFrom == .never { inferredFrozenFrom = self[.inferredFrozen].dangling ?? .never }
    voidInit()
  }

  /// The extensions' part of an invocation that is open again: its end will be reported anew.
  private mutating func reopenExtensionWork() {
    guard let done = self[.extensionWork].dangling, !runtimeDone.contains(where: { $0.time == done }) else {
      return
    }
    let invoke = openRows.last { rows[Int($0)].phase == .invoke }
    if let invoke, rows[Int(invoke)].request >= 0 {
      runtimeDone.append((rows[Int(invoke)].request, done))
    } else {
      self[.extensionWork].starts.remove(done)
    }
  }

  /// Reads the state of init off the rows that are left.
  private mutating func voidInit() {
    inits = 0
    hasFirstInit = false
    initIsOpen = false
    initHasFailed = false
    initBegan = .never
    initEnded = .never
    for row in rows where row.phase != .create {
      guard row.phase.isInitOrRestore else {
        initIsOpen = false
        continue
      }
      if row.extensionName == .none, !initIsOpen || row.phase == .restore {
        isRestored = row.phase == .restore
        inits = isRestored ? 1 : max(row.request >= 0 || firstInvoke < row.start ? 2 : 1, inits + 1)
        if row.request < 0 { hasFirstInit = true }
        initIsOpen = true
        initHasFailed = false
        initBegan = row.start
        initEnded = .never
      }
      if row.endIsInferred, row.outcome == .none {
        initEnded = .never
      } else if row.end != .never {
        initEnded = initEnded == .never ? row.end : max(initEnded, row.end)
      }
      if row.outcome.isBad { initHasFailed = true }
    }
    let frozen = self[.frozen].starts.times.last ?? .min
    if initIsOpen, initBegan <= frozen || initIsDone { initIsOpen = false }
  }
}
