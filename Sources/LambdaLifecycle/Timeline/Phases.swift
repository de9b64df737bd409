// Folding the begins and ends of phases.

extension EnvironmentTrack {
  mutating func phaseBegan(
    _ phase: Phase, extensionName: Name, _ event: LifecycleEvent, _ session: inout SessionFold
  ) {
    if phase == .frozen { return frozenBegan(event.time, &session) }
    if extensionName != .none {
      guard !isKnown(phase, event.time, request: -1, extensionName) else { return }
      open(SpanRow(phase: phase, start: event.time, extensionName: extensionName), &session)
      return
    }
    let begin = begin(of: phase, told: event.time, &session)
    let request =
      phase == .invoke
      ? requestRow(for: event, begun: begin, &session) : session.requestWaiting(for: phase, event)
    guard !isKnown(phase, event.time, request: request, .none) else { return }
    closeImplied(by: phase, at: begin, &session)
    inferBefore(phase, begins: begin, &session)
    noteInit(phase, at: begin, isSuppressed: request >= 0, &session)
    var row = SpanRow(phase: phase, start: begin, request: request)
    if phase == .invoke, runsConcurrently { row.place = freePlace() }
    open(row, &session)
    insertStart(row)
    if phase == .invoke {
      invokeBegan(request, begin, &session)
    } else if invocations > 0, phase.isInitOrRestore {
      // Reported after the invocation that may have waited for it.
      judgeAgain(invokeAfter: begin, &session)
    }
  }

  mutating func phaseEnded(_ told: PhaseEnd, _ event: LifecycleEvent, _ session: inout SessionFold) {
    guard let end = endOfDividedInit(told, told: event.time) else {
      session.duplicates += 1
      return
    }
    if end.phase == .frozen { return self[.frozen].insertEnd(at: event.time) }
    var request: Int32?
    if end.phase == .invoke, event.request != .none {
      request = session.ledger.attempt(event.request, at: event.time, among: session.inFlight[id])
      guard request != nil else { return endedUnopened(end, event, &session) }
    }
    guard let row = openRow(end.phase, request: request, extensionName: end.extensionName) else {
      return endedUnopened(end, event, &session)
    }
    let start = rows[row].start
    // An old end, reported again: the span has begun after it.
    guard event.time >= start &- source.clockResolution else {
      return endedUnopened(end, event, &session)
    }
    let (fitted, time) = fit(end, row, told: event.time, &session)
    close(fitted, end, at: time, &session)
  }

  /// The end of a span whose begin we have not seen: reported twice, or from before we began to listen.
  private mutating func endedUnopened(_ end: PhaseEnd, _ event: LifecycleEvent, _ session: inout SessionFold)
  {
    if endedLate(end, event, &session) || endedBadly(end, event, &session) { return }
    guard end.duration >= 0 else {
      session.duplicates += 1
      return
    }
    let (start, overflow) = event.time.subtractingReportingOverflow(end.duration)
    guard !overflow else {
      session.anomalies += 1
      return
    }
    let known = rows.suffix(1_024).contains { row in
      row.phase == end.phase && row.extensionName == end.extensionName && row.end != .never
        && (event.request == .none || row.request < 0
          || session.requests[Int(row.request)].id == event.request)
        && row.end &- row.start == end.duration
    }
    guard !known else {
      session.duplicates += 1
      return
    }
    var began = event
    began.time = start
    phaseBegan(end.phase, extensionName: end.extensionName, began, &session)
    let row = openRow(end.phase, request: nil, extensionName: end.extensionName)
    guard let row, rows[row].start >= start else { return }
    // Only its length was reported; that it ended here was concluded.
    if !source.tellsInitEnd, end.phase != .invoke {
      rows[row].startIsInferred = true
    }
    close(row, end, at: event.time, &session)
  }

  @inline(__always)
  private mutating func isKnown(
    _ phase: Phase, _ time: Timestamp, request: Int32, _ name: Name
  ) -> Bool {
    guard let last = rows.last, time <= last.start else { return false }
    // A failed phase is reset, also where an earlier reset has the same time by rounding.
    let resolution = source.clockResolution
    if phase.isShutdown, !last.phase.isShutdown, last.outcome.isBad, last.end <= time &+ resolution {
      return false
    }
    return hasRow(phase, told: time, request: request, extensionName: name)
  }

  private mutating func open(_ row: SpanRow, _ session: inout SessionFold) {
    moveCreation(to: row.start, &session)
    let place = insert(row)
    openRows.append(Int32(place))
  }

  /// - Parameter isImplied: nobody said so; the end itself may still come.
  mutating func close(
    _ row: Int, _ end: PhaseEnd, at time: Timestamp, _ session: inout SessionFold, isImplied: Bool = false
  ) {
    let phase = end.phase
    openRows.removeAll { $0 == row }
    rows[row].end = time
    rows[row].outcome = end.outcome
    rows[row].errorType = end.errorType
    rows[row].endIsInferred = isImplied
    if time > session.last { session.last = time }
    session.activity.add(rows[row].start, time)
    if phase.isInitOrRestore {
      let isKnownNow = initProgress.partEnded(at: time, end.outcome, isImplied: isImplied)
      if isKnownNow { recordInit(&session) }
    }
    if end.extensionName != .none {
      extensionBecameReady(rows[row], at: time)
      if phase == .extensionInit, end.outcome == .success { inferAfterExtension(readyAt: time, &session) }
      return
    }
    insertEnd(rows[row])
    if phase == .runtimeShutdown { hideWithoutRuntime(row) }
    if row + 1 < rows.count, phase.isInitOrRestore {
      judgeAgain(invokeAfter: rows[row].start, &session)
      // The invocation it ran for has been reported already.
      if rows[(row + 1)...].contains(where: { $0.phase == .invoke }) {
        finishInit(at: time, &session)
      }
    }
    if phase == .invoke { invokeEnded(row, at: time, &session, isImplied: isImplied) }
    if phase == .extensionInit, end.outcome == .success { extensionsHaveRegistered(at: time) }
    // Extensions that never reported their end have ended with the others.
    if phase == .extensionShutdown || phase == .shutdown { closeExtensionRows(.none, at: time, &session) }
    // A reset's outcome is its reason, which the phase before it has already reported.
    if end.outcome.isBad, !phase.isShutdown || end.outcome == .killed {
      noteFailure(rows[row], &session)
    }
    inferAfter(phase, end.outcome, ended: time, &session)
  }

  mutating func noteFailure(_ row: SpanRow, _ session: inout SessionFold) {
    let lane: EnvironmentTrack.LaneIndex =
      switch row.phase.family {
      case .invoke: .failedInvoke
      case .initialization: row.phase == .extensionInit ? .failedExtensionInit : .failedInit
      case .create, .restore, .frozen: .failedInit
      case .shutdown: .failedShutdown
      }
    insertFailure(row, lane)
    session.markerList.insert(Marker(time: row.end, environment: id, kind: .failed(row.phase, row.outcome)))
    // Of a failed invocation, the answer to its request is the error.
    if row.phase != .invoke || row.request < 0 { session.landmarks.add(.error, row.end, id) }
  }

  /// A phase that nobody ended has ended where the next one began.
  private mutating func closeImplied(by phase: Phase, at time: Timestamp, _ session: inout SessionFold) {
    // Several invocations may run at once, but none before init is over.
    let isBesideOthers = phase == .invoke && runsConcurrently
    for row in openRows.map(Int.init) {
      let open = rows[row]
      guard open.extensionName == .none, open.start < time, !isBesideOthers || open.phase.isInit else {
        continue
      }
      if isAnomaly(withoutEnd: open.phase) { session.anomalies += 1 }
      close(row, PhaseEnd(open.phase), at: time, &session, isImplied: true)
    }
  }

  // MARK: Frozen

  private mutating func frozenBegan(_ time: Timestamp, _ session: inout SessionFold) {
    guard !self[.frozen].starts.contains(time) else {
      session.duplicates += 1
      return
    }
    finishInit(at: time, &session)
    self[.frozen].starts.insert(time)
  }

  // MARK: Init

  private mutating func noteInit(
    _ phase: Phase, at time: Timestamp, isSuppressed: Bool, _ session: inout SessionFold
  ) {
    guard phase.isInitOrRestore else {
      // A good init leads to an invocation or is frozen.
      if phase.isShutdown, source.tellsFreezing { initProgress.fail() }
      if phase != .create { finishInit(at: time, &session) }
      return
    }
    // An init that ran before the snapshot was taken is another one.
    if phase == .restore, !initProgress.isRestore { finishInit(at: time, &session) }
    if initProgress.isOpen { return }
    initProgress.begin(
      at: time, isRestore: phase == .restore, isSuppressed: isSuppressed,
      hasServed: service.firstInvoke < time)
    for request in session.inFlight[id] where session.requests[Int(request)].arrivalIsTold {
      if initProgress.count > 1 {
        session.markReinit(request)
      } else {
        session.markCold(request)
      }
    }
  }

  /// Something that is no init has begun: the init before is over. The first one of an environment counts.
  mutating func finishInit(at time: Timestamp, _ session: inout SessionFold) {
    guard initProgress.isOpen else { return }
    // Extensions that have not become ready have failed with it.
    closeExtensionRows(.none, at: time, &session)
    initProgress.finish()
    recordInit(&session)
  }

  private mutating func recordInit(_ session: inout SessionFold) {
    guard let length = initProgress.firstLength else { return }
    session.ledger.add(
      InitLength(
        time: initProgress.ended, length: length, isRestore: initProgress.isRestore, environment: id))
  }
}
