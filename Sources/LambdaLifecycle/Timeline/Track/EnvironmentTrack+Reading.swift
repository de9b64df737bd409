extension EnvironmentTrack {
  /// The state of the environment at `time`. After `inputEnd`, if it is not gone, nobody knows.
  package func state(at time: Timestamp, inputEnd: Timestamp = .never) -> EnvironmentState {
    if time >= gone { return .gone }
    if time >= inputEnd || time >= silentFrom { return .unknown }
    func isOpen(_ phase: Phase) -> Bool { self[phase].open(at: time) > 0 }
    if isOpen(.invoke) { return .invoking }
    if Phase.shutdowns.contains(where: isOpen) {
      return isReset(at: time) ? .resetting : .shuttingDown
    }
    if isOpen(.restore) { return .restoring }
    if isPublishing(at: time) { return .publishing }
    if Phase.inits.contains(where: isOpen) {
      return .initializing
    }
    if isOpen(.frozen) || self[.inferredFrozen].open(at: time) > 0 { return .frozen }
    if isOpen(.create) { return .creating }
    if !source.tellsRest { return .unknown }
    guard let last = lastRow(at: time) else { return .creating }
    if runsConcurrently, !rows[last].phase.isShutdown {
      return betweenInvocations(last, time)
    }
    // After a failed invocation the environment is reset before it is used again, whether or not the source
    // reports it.
    if rows[last].phase == .invoke, rows[last].outcome.isBad, rows[last].end <= time { return .reset }
    switch rows[last].phase.family {
    case .create: return .creating
    case .initialization: return .initializing
    case .restore: return .restoring
    case .invoke, .frozen: return .frozen
    case .shutdown: return .reset
    }
  }

  /// A version is published in an environment of its own, which no request ever comes to: it has an init, not a
  /// restore (SnapStart page).
  package func isPublishing(at time: Timestamp) -> Bool {
    func hasBegun(_ phase: Phase) -> Bool { self[phase].starts.count(upTo: time) > 0 }
    return initializationType == .snapStart && !hasBegun(.restore) && !hasBegun(.invoke)
      && Phase.inits.contains(where: hasBegun)
  }

  /// A Managed Instance is not frozen when its init or its invocations are over, nor reset when one failed (Managed
  /// Instances pages).
  private func betweenInvocations(_ last: Int, _ time: Timestamp) -> EnvironmentState {
    let row = rows[last]
    switch row.phase.family {
    case .invoke: return .idle
    case .create: return .creating
    case .initialization, .restore, .frozen, .shutdown:
      let isReady =
        Gap.after(row.phase, row.outcome) == .frozen && self[.extensionReadiness].open(at: time) == 0
      return isReady ? .idle : .initializing
    }
  }

  /// A shutdown open at `time` is a reset if it follows at once on a phase that failed.
  private func isReset(at time: Timestamp) -> Bool {
    var index = rowCount(upTo: time) - 1
    var begin = Timestamp.never
    while index >= 0 {
      let row = rows[index]
      index -= 1
      if row.extensionName != .none || row.phase == .create { continue }
      guard row.phase.isShutdown else { return row.end <= time && row.outcome.isBad }
      // An earlier shutdown was the reset.
      if begin != .never, row.end < begin { return false }
      begin = row.start
    }
    return false
  }

  /// Index of the last row (of a phase, not of a single extension) that begins at or before `time`.
  package func lastRow(at time: Timestamp) -> Int? {
    var index = rowCount(upTo: time) - 1
    while index >= 0, rows[index].extensionName != .none { index -= 1 }
    return index >= 0 ? index : nil
  }

  /// When the state at `time` began.
  package func stateBegan(at time: Timestamp) -> Timestamp {
    switch state(at: time) {
    case .creating: return created
    case .gone: return gone
    case .initializing, .publishing: return beginOfRun(at: time) { $0.isInit }
    case .restoring: return beginOfRun(at: time) { $0 == .restore }
    case .resetting, .shuttingDown: return beginOfRun(at: time) { $0.isShutdown }
    case .invoking: return latest(self[.invoke].starts, time)
    case .frozen:
      return max(
        latest(self[.frozen].starts, time), latest(self[.inferredFrozen].starts, time), lastEnd(time))
    case .idle: return max(latest(self[.invoke].ends, time), lastEnd(time))
    case .reset: return lastEnd(time)
    case .unknown: return time >= silentFrom ? silentFrom : lastEnd(time)
    }
  }

  private func latest(_ edges: Edges, _ time: Timestamp) -> Timestamp {
    let count = edges.count(upTo: time)
    return count > 0 ? edges.times[count - 1] : created
  }

  /// The end of the last row that is over.
  private func lastEnd(_ time: Timestamp) -> Timestamp {
    guard let last = lastRow(at: time), rows[last].end <= time else { return created }
    return rows[last].end
  }

  /// The beginning of the unbroken run of such phases that reaches up to `time`.
  private func beginOfRun(at time: Timestamp, _ belongs: (Phase) -> Bool) -> Timestamp {
    var begin = created
    var index = rowCount(upTo: time) - 1
    while index >= 0, belongs(rows[index].phase) {
      begin = rows[index].start
      index -= 1
    }
    return begin
  }

  /// When the end of one that is gone began: with its last shutdown, or at once.
  var shutdownBegan: Timestamp {
    var begin = gone
    for row in rows.reversed() {
      guard row.phase.isShutdown else { break }
      begin = min(begin, row.start)
    }
    return begin
  }

  /// Number of invocations that have ended by `time`, well or badly.
  package func invocationCount(upTo time: Timestamp) -> Int {
    letGoCount(.phase(.invoke)) + self[.invoke].ends.count(upTo: time)
  }

  /// How many spans of a lane are no longer kept.
  package func letGoCount(_ lane: LaneIndex) -> Int {
    laneTable.letGoCount(lane)
  }

  /// Every span, frozen ones included, in order of their begin.
  package func spans(_ requests: borrowing [RequestRow]) -> [Span] {
    var spans = rows.map { row in
      Span(
        phase: row.phase, start: row.start, end: row.end == .never ? nil : row.end,
        isObserved: !row.endIsInferred && !row.startIsInferred && !row.divisionIsInferred,
        outcome: row.outcome, errorType: row.errorType, extensionName: row.extensionName,
        request: row.request >= 0 ? requests[Int(row.request)].id : .none)
    }
    func addFrozen(_ lane: Lane, observed: Bool) {
      // Frozen spans of one environment do not overlap: the k-th begin belongs to the k-th end.
      for (index, start) in lane.starts.times.enumerated() {
        let end = index < lane.ends.count ? lane.ends.times[index] : nil
        spans.append(
          Span(
            phase: .frozen, start: start, end: end, isObserved: observed, outcome: .none, errorType: .none,
            extensionName: .none, request: .none))
      }
    }
    addFrozen(self[.frozen], observed: true)
    addFrozen(self[.inferredFrozen], observed: false)
    return spans.sorted { ($0.start, $0.end ?? .never) < ($1.start, $1.end ?? .never) }
  }
}
