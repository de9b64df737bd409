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
    removeTracks { $0.created > time }
    for index in tracks.indices { tracks[index].void(after: time, requestPlaces: places) }
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
  /// - Parameter places: the new place of each request, -1 where it is gone.
  mutating func void(after time: Timestamp, requestPlaces places: [Int32]) {
    rows.removeLast(rows.count - rowCount(upTo: time))
    openRows = []
    for index in rows.indices where rows[index].end > time {
      rows[index].end = .never
      rows[index].outcome = .none
      rows[index].errorType = .none
      rows[index].endIsInferred = false
      openRows.append(Int32(index))
    }
    markTable.void(after: time)
    runtimesDone.void(after: time)
    renumberRequests(places)
    reopenExtensionWork()
    arrivalOrder.void(after: time)
    departure.void(after: time)
    service.void(
      after: time, invocations: rows.count { $0.phase == .invoke } + letGoCount(.phase(.invoke)))
    inferredRest.void(after: time, open: self[.inferredFrozen].dangling)
    initProgress = InitProgress(rows, firstInvoke: service.firstInvoke)
    let frozen = self[.frozen].starts.times.last ?? .min
    if initProgress.isOpen, initProgress.began <= frozen || initIsDone { initProgress.finish() }
  }

  /// The extensions' part of an invocation that is open again: its end will be reported anew.
  private mutating func reopenExtensionWork() {
    guard let done = self[.extensionWork].dangling, !runtimesDone.rows.contains(where: { $0.time == done })
    else {
      return
    }
    let invoke = openRows.last { rows[Int($0)].phase == .invoke }
    if let invoke, rows[Int(invoke)].request >= 0 {
      runtimesDone.add(rows[Int(invoke)].request, at: done)
    } else {
      self[.extensionWork].starts.remove(done)
    }
  }
}
