// The conclusions of the timeline where a source is blind. The one place for them.
//
// A gap between two spans is filled as a function of its two neighbours alone, so a late span recomputes one gap only:
// it ends the inferred span where it begins and starts another where it ends.

/// The state that must have filled a gap between two phases, by the state machine.
enum Gap: Equatable, Sendable {
  /// Runtime and extensions had asked for the next event, and none came.
  case frozen
  /// No process ran, or nothing can be said.
  case nothing

  /// The state that follows the end of a phase until something else begins.
  static func after(_ phase: Phase, _ outcome: Outcome) -> Gap {
    switch phase {
    case .initialization, .functionInit, .restore, .invoke: outcome.isBad ? .nothing : .frozen
    case .create, .extensionInit, .runtimeInit, .frozen: .nothing
    case .runtimeShutdown, .extensionShutdown, .shutdown: .nothing
    }
  }

  /// True for phases that may follow `frozen`.
  static func mayEnd(with phase: Phase) -> Bool {
    switch phase.family {
    case .invoke, .shutdown: true
    case .create, .initialization, .restore, .frozen: false
    }
  }
}

extension EnvironmentTrack {
  /// Several invocations at once, and no freezing: Managed Instances.
  @inline(__always)
  var runsConcurrently: Bool { initializationType == .managedInstances }

  /// A phase has ended: if the source cannot report freezing, the environment is frozen until the next one
  /// begins.
  mutating func inferAfter(
    _ phase: Phase, _ outcome: Outcome, ended time: Timestamp, _ session: inout SessionFold
  ) {
    guard Gap.after(phase, outcome) == .frozen, gone == .never, !waitsForExtension()
    else { return }
    if runsConcurrently { return finishInit(at: time, &session) }
    guard !source.tellsFreezing, source.tellsRest else { return }
    // A span that came late lies before others: its gap ends at the next begin.
    if let next = nextRow(after: time) {
      let begin = rows[next].start
      if begin &- time > source.clockResolution, phase == .invoke || !hasWaited(next, session) {
        addInferredFrozen(from: time, to: begin)
      }
      return
    }
    endInferredFrozen(at: time)
    inferredRest.begin(at: time)
    self[.inferredFrozen].starts.insert(time)
  }

  /// An extension is ready: if it was the last that init waited for, the environment is frozen from here on.
  mutating func inferAfterExtension(readyAt time: Timestamp, _ session: inout SessionFold) {
    guard openRows.isEmpty, let last = lastRow(at: time) else { return }
    let row = rows[last]
    if row.phase.isInit { inferAfter(row.phase, row.outcome, ended: time, &session) }
  }

  /// A phase begins: it ends an inferred frozen span, or shows that there was none.
  mutating func inferBefore(_ phase: Phase, begins time: Timestamp, _ session: inout SessionFold) {
    guard !source.tellsFreezing else { return }
    endSilence()
    let from = inferredRest.begin
    // A length is exacter than a stamp: what begins a moment before the end of what it follows, follows it.
    if from != .never, time &+ source.clockResolution >= from {
      if Gap.mayEnd(with: phase) {
        endInferredFrozen(at: time)
      } else {
        // An init without a reset before it: what happened between is not known.
        session.anomalies += 1
        dropInferredFrozen()
      }
    } else {
      self[.inferredFrozen].cut(at: time)
    }
  }

  /// The inferred frozen span that is open was none.
  mutating func dropInferredFrozen() {
    let from = inferredRest.begin
    guard from != .never else { return }
    endSilence()
    self[.inferredFrozen].starts.remove(from)
    inferredRest.end()
  }

  mutating func endInferredFrozen(at time: Timestamp) {
    let from = inferredRest.begin
    guard from != .never else { return }
    endSilence()
    inferredRest.end()
    if time &- from > source.clockResolution {
      self[.inferredFrozen].ends.insert(time)
    } else {
      self[.inferredFrozen].starts.remove(from)
    }
  }

  private mutating func addInferredFrozen(from start: Timestamp, to end: Timestamp) {
    self[.inferredFrozen].starts.insert(start)
    self[.inferredFrozen].ends.insert(end)
  }

  /// The phase that follows on one that has ended at `time`, if it was reported before.
  @inline(__always)
  private mutating func nextRow(after time: Timestamp) -> Int? {
    guard let last = rows.last, last.start >= time else { return nil }
    var place = rowCount(upTo: time &- 1)
    while place < rows.count, rows[place].extensionName != .none || rows[place].end <= time { place += 1 }
    return place < rows.count ? place : nil
  }

  /// An invocation whose caller waited for the init before it: nothing is frozen between the two.
  private mutating func hasWaited(_ place: Int, _ session: borrowing SessionFold) -> Bool {
    let row = rows[place]
    return row.phase == .invoke && row.request >= 0 && session.requests[Int(row.request)].start.isForInit
  }

  /// Takes back the conclusion after a span that went wrong, as it turns out.
  mutating func forgetInferredFrozen(from begin: Timestamp) {
    if inferredRest.begin == begin { return dropInferredFrozen() }
    self[.inferredFrozen].settle()
    let place = self[.inferredFrozen].starts.count(upTo: begin) - 1
    guard place >= 0, self[.inferredFrozen].starts.times[place] == begin,
      place < self[.inferredFrozen].ends.count
    else { return }
    let end = self[.inferredFrozen].ends.times[place]
    self[.inferredFrozen].ends.remove(end)
    self[.inferredFrozen].starts.remove(begin)
  }

  /// The phase that ended an inferred frozen span has begun earlier.
  mutating func endInferredFrozenEarlier(at time: Timestamp, insteadOf known: Timestamp) {
    self[.inferredFrozen].settle()
    guard self[.inferredFrozen].ends.contains(known) else { return }
    let place = self[.inferredFrozen].ends.count(upTo: known) - 1
    let begin = self[.inferredFrozen].starts.times[place]
    self[.inferredFrozen].ends.remove(known)
    if time &- begin > source.clockResolution {
      self[.inferredFrozen].ends.insert(time)
    } else {
      self[.inferredFrozen].starts.remove(begin)
    }
  }
}
