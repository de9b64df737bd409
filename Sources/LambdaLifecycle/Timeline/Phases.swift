// Folding the begins and ends of phases.

extension Timeline {
  mutating func phaseBegan(_ phase: Phase, extensionName: Name, _ event: LifecycleEvent, _ index: Int) {
    if phase == .frozen { return frozenBegan(event.time, index) }
    if extensionName != .none {
      guard !isKnown(phase, event.time, request: -1, extensionName, index) else { return }
      open(SpanRow(phase: phase, start: event.time, extensionName: extensionName), index)
      return
    }
    let begin = begin(of: phase, told: event.time, index)
    let request = phase == .invoke ? requestRow(for: event, begun: begin, index) : waiting(for: phase, event)
    guard !isKnown(phase, event.time, request: request, .none, index) else { return }
    closeImplied(by: phase, at: begin, index)
    inferBefore(phase, begins: begin, index)
    noteInit(phase, at: begin, isSuppressed: request >= 0, index)
    var row = SpanRow(phase: phase, start: begin, request: request)
    if phase == .invoke, runsConcurrently(index) { row.place = tracks[index].freePlace() }
    open(row, index)
    tracks[index].insertStart(row)
    if phase == .invoke {
      invokeBegan(request, begin, index)
    } else if tracks[index].invocations > 0, phase.isInit || phase == .restore {
      // Told after the invocation that may have waited for it.
      judgeAgain(invokeAfter: begin, index)
    }
  }

  /// The request that an init ran for, where it ran inside its invocation: after a reset, or a first init that failed.
  private func waiting(for phase: Phase, _ event: LifecycleEvent) -> Int32 {
    phase.isInit && event.request != .none ? ledger.attempts[event.request] ?? -1 : -1
  }

  mutating func phaseEnded(_ told: PhaseEnd, _ event: LifecycleEvent, _ index: Int) {
    guard let end = endOfDividedInit(told, told: event.time, index) else {
      duplicates += 1
      return
    }
    if end.phase == .frozen { return frozenEnded(event.time, index) }
    var request: Int32?
    if end.phase == .invoke, event.request != .none {
      request = ledger.attempt(event.request, at: event.time, among: tracks[index].running)
      guard request != nil else { return endedUnopened(end, event, index) }
    }
    guard let row = openRow(end.phase, request: request, extensionName: end.extensionName, index) else {
      return endedUnopened(end, event, index)
    }
    let start = tracks[index].rows[row].start
    // An old end, told again: the span has begun after it.
    guard event.time >= start &- tracks[index].source.clockResolution else {
      return endedUnopened(end, event, index)
    }
    let (fitted, time) = fit(end, row, told: event.time, index)
    close(fitted, end, at: time, index)
  }

  /// When a span has ended: the length that the source measured wins, as long as it is one that can be.
  func moment(of end: PhaseEnd, told time: Timestamp, begun start: Timestamp) -> Timestamp {
    guard end.duration >= 0 else { return max(start, time) }
    let (moment, overflow) = start.addingReportingOverflow(end.duration)
    return overflow || moment == .never ? max(start, time) : moment
  }

  /// The end of a span whose begin we have not seen: told twice, or from before we began to listen.
  private mutating func endedUnopened(_ end: PhaseEnd, _ event: LifecycleEvent, _ index: Int) {
    if endedLate(end, event, index) || endedBadly(end, event, index) { return }
    guard end.duration >= 0 else {
      duplicates += 1
      return
    }
    let (start, overflow) = event.time.subtractingReportingOverflow(end.duration)
    guard !overflow else {
      anomalies += 1
      return
    }
    let known = tracks[index].rows.suffix(1_024).contains { row in
      row.phase == end.phase && row.extensionName == end.extensionName && row.end != .never
        && (event.request == .none || row.request < 0 || requests[Int(row.request)].id == event.request)
        && row.end &- row.start == end.duration
    }
    guard !known else {
      duplicates += 1
      return
    }
    var began = event
    began.time = start
    phaseBegan(end.phase, extensionName: end.extensionName, began, index)
    let row = openRow(end.phase, request: nil, extensionName: end.extensionName, index)
    guard let row, tracks[index].rows[row].start >= start else { return }
    // Only its length was told; that it ended here was concluded.
    if !tracks[index].source.tellsInitEnd, end.phase != .invoke {
      tracks[index].rows[row].startIsInferred = true
    }
    close(row, end, at: event.time, index)
  }

  @inline(__always)
  private func isKnown(
    _ phase: Phase, _ time: Timestamp, request: Int32, _ name: Name, _ index: Int
  ) -> Bool {
    guard let last = tracks[index].rows.last, time <= last.start else { return false }
    // What has failed is reset, also where an earlier reset has the same time by rounding.
    let resolution = tracks[index].source.clockResolution
    if phase.isShutdown, !last.phase.isShutdown, last.outcome.isBad, last.end <= time &+ resolution {
      return false
    }
    return tracks[index].hasRow(phase, told: time, request: request, extensionName: name)
  }

  private mutating func open(_ row: SpanRow, _ index: Int) {
    moveCreation(to: row.start, index)
    let place = tracks[index].insert(row)
    tracks[index].openRows.append(Int32(place))
  }

  /// - Parameter isImplied: nobody said so; the end itself may still come.
  mutating func close(
    _ row: Int, _ end: PhaseEnd, at time: Timestamp, _ index: Int, isImplied: Bool = false
  ) {
    let phase = end.phase
    tracks[index].openRows.removeAll { $0 == row }
    tracks[index].rows[row].end = time
    tracks[index].rows[row].outcome = end.outcome
    tracks[index].rows[row].errorType = end.errorType
    tracks[index].rows[row].endIsInferred = isImplied
    if time > last { last = time }
    activity.add(tracks[index].rows[row].start, time)
    if phase.isInit || phase == .restore {
      initPartEnded(end, at: time, index, isImplied: isImplied)
    }
    if end.extensionName != .none {
      extensionBecameReady(tracks[index].rows[row], at: time, index)
      if phase == .extensionInit, end.outcome == .success { inferAfterExtension(readyAt: time, index) }
      return
    }
    tracks[index].insertEnd(tracks[index].rows[row])
    if phase == .runtimeShutdown { tracks[index].hideWithoutRuntime(row) }
    if row + 1 < tracks[index].rows.count, phase.isInit || phase == .restore {
      judgeAgain(invokeAfter: tracks[index].rows[row].start, index)
      // What it ran for has been told already.
      if tracks[index].rows[(row + 1)...].contains(where: { $0.phase == .invoke }) {
        finishInit(at: time, index)
      }
    }
    if phase == .invoke { invokeEnded(row, at: time, index, isImplied: isImplied) }
    if phase == .extensionInit, end.outcome == .success { extensionsHaveRegistered(at: time, index) }
    // Extensions that never told their end have ended with the others.
    if phase == .extensionShutdown || phase == .shutdown { closeExtensionRows(.none, at: time, index) }
    // A reset's outcome is its reason, which the phase before it has already told.
    if end.outcome.isBad, !phase.isShutdown || end.outcome == .killed {
      noteFailure(tracks[index].rows[row], index)
    }
    inferAfter(phase, end.outcome, ended: time, index)
  }

  mutating func noteFailure(_ row: SpanRow, _ index: Int) {
    let lane: EnvironmentTrack.LaneIndex =
      switch row.phase {
      case .invoke: .failedInvoke
      case .extensionInit: .failedExtensionInit
      default: row.phase.isShutdown ? .failedShutdown : .failedInit
      }
    tracks[index].insertFailure(row, lane)
    addMarker(Marker(time: row.end, environment: tracks[index].id, kind: .failed(row.phase, row.outcome)))
    // Of a failed invocation, the answer to its request is the error.
    if row.phase != .invoke || row.request < 0 { landmarks.add(.error, row.end, tracks[index].id) }
  }

  /// A phase that nobody ended has ended where the next one began.
  private mutating func closeImplied(by phase: Phase, at time: Timestamp, _ index: Int) {
    // Several invocations may run at once, but none before init is over.
    let isBesideOthers = phase == .invoke && runsConcurrently(index)
    for row in tracks[index].openRows.map(Int.init) {
      let open = tracks[index].rows[row]
      guard open.extensionName == .none, open.start < time, !isBesideOthers || open.phase.isInit else {
        continue
      }
      if isAnomaly(withoutEnd: open.phase, index) { anomalies += 1 }
      close(row, PhaseEnd(open.phase), at: time, index, isImplied: true)
    }
  }

  // MARK: Frozen

  private mutating func frozenBegan(_ time: Timestamp, _ index: Int) {
    let lane = tracks[index][.frozen]
    guard !lane.starts.contains(time) else {
      duplicates += 1
      return
    }
    finishInit(at: time, index)
    tracks[index][.frozen].starts.insert(time)
  }

  mutating func frozenEnded(_ time: Timestamp, _ index: Int) {
    tracks[index][.frozen].settle()
    let lane = tracks[index][.frozen]
    let place = lane.ends.count(upTo: time)
    // The span that ends here, and with it all later ones, must have begun before its end.
    guard place < lane.starts.count, lane.starts.times[place] <= time else { return }
    for later in place..<lane.ends.count {
      guard later + 1 < lane.starts.count, lane.starts.times[later + 1] <= lane.ends.times[later] else {
        return
      }
    }
    tracks[index][.frozen].ends.insert(time)
  }

  // MARK: Init

  private mutating func noteInit(_ phase: Phase, at time: Timestamp, isSuppressed: Bool, _ index: Int) {
    guard phase.isInit || phase == .restore else {
      // A good init leads to an invocation or is frozen.
      if phase.isShutdown, tracks[index].source.tellsFreezing { tracks[index].initHasFailed = true }
      if phase != .create { finishInit(at: time, index) }
      return
    }
    // What ran before the snapshot was taken is another init.
    if phase == .restore, !tracks[index].isRestored { finishInit(at: time, index) }
    if tracks[index].initIsOpen { return }
    tracks[index].initIsOpen = true
    tracks[index].isRestored = phase == .restore
    tracks[index].initHasFailed = false
    tracks[index].initBegan = time
    tracks[index].initEnded = .never
    // A restored environment begins with its restore; one that has served, or serves, had its first init before.
    let isAgain = isSuppressed || tracks[index].firstInvoke < time
    if !isSuppressed { tracks[index].hasFirstInit = true }
    tracks[index].inits = phase == .restore ? 1 : max(isAgain ? 2 : 1, tracks[index].inits + 1)
    for request in tracks[index].running where requests[Int(request)].arrivalIsTold {
      if tracks[index].inits > 1 {
        markReinit(request)
      } else {
        markCold(request)
      }
    }
  }

  private mutating func initPartEnded(
    _ end: PhaseEnd, at time: Timestamp, _ index: Int, isImplied: Bool
  ) {
    if end.outcome.isBad { tracks[index].initHasFailed = true }
    let known = tracks[index].initEnded
    if tracks[index].initIsOpen {
      // The length of an init is known when the end of its last part is.
      tracks[index].initEnded = isImplied ? .never : known == .never ? time : max(known, time)
    } else if known == .never, !isImplied {
      tracks[index].initEnded = time
      recordInit(index)
    }
  }

  /// Something that is no init has begun: the init before is over. The first one of an environment counts.
  mutating func finishInit(at time: Timestamp, _ index: Int) {
    guard tracks[index].initIsOpen else { return }
    // Extensions that have not become ready have failed with it.
    closeExtensionRows(.none, at: time, index)
    tracks[index].initIsOpen = false
    recordInit(index)
  }

  private mutating func recordInit(_ index: Int) {
    guard tracks[index].inits == 1, !tracks[index].initHasFailed, tracks[index].initEnded != .never else {
      return
    }
    let length = tracks[index].initEnded &- tracks[index].initBegan
    ledger.add(
      InitLength(
        time: tracks[index].initEnded, length: length, isRestore: tracks[index].isRestored,
        environment: tracks[index].id))
  }
}
