// What the timeline concludes where a source is blind. The one place for it.
//
// A gap between two spans is filled as a function of its two neighbours alone, so a late span recomputes one gap only:
// it ends the inferred span where it begins and starts another where it ends.

/// What must have happened in a gap between two phases, by the state machine.
enum Gap: Equatable, Sendable {
  /// Runtime and extensions had asked for the next event, and none came.
  case frozen
  /// No process ran, or nothing can be said.
  case nothing

  /// What follows the end of a phase until something else begins.
  static func after(_ phase: Phase, _ outcome: Outcome) -> Gap {
    switch phase {
    case .initialization, .functionInit, .restore, .invoke: outcome.isBad ? .nothing : .frozen
    case .create, .extensionInit, .runtimeInit, .frozen: .nothing
    case .runtimeShutdown, .extensionShutdown, .shutdown: .nothing
    }
  }

  /// What may follow `frozen`.
  static func mayEnd(with phase: Phase) -> Bool {
    switch phase {
    case .invoke, .runtimeShutdown, .extensionShutdown, .shutdown: true
    case .create, .extensionInit, .runtimeInit, .functionInit, .initialization, .restore, .frozen: false
    }
  }
}

extension Timeline {
  /// Several invocations at once, and no freezing: Managed Instances.
  @inline(__always)
  func runsConcurrently(_ index: Int) -> Bool { tracks[index].initializationType == .managedInstances }

  /// A phase has ended: if the source cannot tell freezing, the environment is frozen until the next one begins.
  mutating func inferAfter(_ phase: Phase, _ outcome: Outcome, ended time: Timestamp, _ index: Int) {
    guard Gap.after(phase, outcome) == .frozen, tracks[index].gone == .never, !waitsForExtension(index)
    else { return }
    if runsConcurrently(index) { return finishInit(at: time, index) }
    guard !tracks[index].source.tellsFreezing, tracks[index].source.tellsRest else { return }
    // A span that came late lies before others: its gap ends at the next begin.
    if let next = nextRow(after: time, index) {
      let begin = tracks[index].rows[next].start
      if begin &- time > tracks[index].source.clockResolution, phase == .invoke || !hasWaited(next, index) {
        addInferredFrozen(from: time, to: begin, index)
      }
      return
    }
    endInferredFrozen(at: time, index)
    tracks[index].inferredFrozenFrom = time
    tracks[index][.inferredFrozen].starts.insert(time)
  }

  /// An extension is ready: if it was the last that init waited for, the environment is frozen from here on.
  mutating func inferAfterExtension(readyAt time: Timestamp, _ index: Int) {
    guard tracks[index].openRows.isEmpty, let last = tracks[index].lastRow(at: time) else { return }
    let row = tracks[index].rows[last]
    if row.phase.isInit { inferAfter(row.phase, row.outcome, ended: time, index) }
  }

  /// A phase begins: it ends an inferred frozen span, or shows that there was none.
  mutating func inferBefore(_ phase: Phase, begins time: Timestamp, _ index: Int) {
    guard !tracks[index].source.tellsFreezing else { return }
    endSilence(index)
    let from = tracks[index].inferredFrozenFrom
    // A length is exacter than a stamp: what begins a moment before the end of what it follows, follows it.
    if from != .never, time &+ tracks[index].source.clockResolution >= from {
      if Gap.mayEnd(with: phase) {
        endInferredFrozen(at: time, index)
      } else {
        // An init without a reset before it: what happened between is not known.
        anomalies += 1
        dropInferredFrozen(index)
      }
    } else {
      splitInferredFrozen(at: time, index)
    }
  }

  /// The inferred frozen span that is open was none.
  mutating func dropInferredFrozen(_ index: Int) {
    let from = tracks[index].inferredFrozenFrom
    guard from != .never else { return }
    endSilence(index)
    tracks[index][.inferredFrozen].starts.remove(from)
    tracks[index].inferredFrozenFrom = .never
  }

  mutating func endInferredFrozen(at time: Timestamp, _ index: Int) {
    let from = tracks[index].inferredFrozenFrom
    guard from != .never else { return }
    endSilence(index)
    tracks[index].inferredFrozenFrom = .never
    if time &- from > tracks[index].source.clockResolution {
      tracks[index][.inferredFrozen].ends.insert(time)
    } else {
      tracks[index][.inferredFrozen].starts.remove(from)
    }
  }

  private mutating func addInferredFrozen(from start: Timestamp, to end: Timestamp, _ index: Int) {
    tracks[index][.inferredFrozen].starts.insert(start)
    tracks[index][.inferredFrozen].ends.insert(end)
  }

  /// A late span begins within an inferred gap: the gap now ends there. Its rest comes back when the span's end is
  /// known, so its far end is taken away until then.
  private mutating func splitInferredFrozen(at time: Timestamp, _ index: Int) {
    tracks[index][.inferredFrozen].settle()
    let lane = tracks[index][.inferredFrozen]
    guard lane.open(at: time) > 0 else { return }
    let next = lane.ends.count(upTo: time)
    guard next < lane.ends.count else { return }
    let farEnd = lane.ends.times[next]
    tracks[index][.inferredFrozen].ends.remove(farEnd)
    tracks[index][.inferredFrozen].ends.insert(time)
  }

  /// The phase that follows on one that has ended at `time`, if it was told before.
  @inline(__always)
  private func nextRow(after time: Timestamp, _ index: Int) -> Int? {
    guard let last = tracks[index].rows.last, last.start >= time else { return nil }
    let rows = tracks[index].rows
    var place = tracks[index].rowCount(upTo: time &- 1)
    while place < rows.count, rows[place].extensionName != .none || rows[place].end <= time { place += 1 }
    return place < rows.count ? place : nil
  }

  /// An invocation whose caller waited for the init before it: nothing is frozen between the two.
  private func hasWaited(_ place: Int, _ index: Int) -> Bool {
    let row = tracks[index].rows[place]
    return row.phase == .invoke && row.request >= 0 && requests[Int(row.request)].start.isForInit
  }

  /// What was concluded after a span that went wrong, as it turns out.
  mutating func forgetInferredFrozen(from begin: Timestamp, _ index: Int) {
    if tracks[index].inferredFrozenFrom == begin { return dropInferredFrozen(index) }
    tracks[index][.inferredFrozen].settle()
    let lane = tracks[index][.inferredFrozen]
    let place = lane.starts.count(upTo: begin) - 1
    guard place >= 0, lane.starts.times[place] == begin, place < lane.ends.count else { return }
    tracks[index][.inferredFrozen].ends.remove(lane.ends.times[place])
    tracks[index][.inferredFrozen].starts.remove(begin)
  }

  /// What an inferred frozen span ended with has begun earlier.
  mutating func endInferredFrozenEarlier(at time: Timestamp, insteadOf known: Timestamp, _ index: Int) {
    tracks[index][.inferredFrozen].settle()
    let lane = tracks[index][.inferredFrozen]
    guard lane.ends.contains(known) else { return }
    let place = lane.ends.count(upTo: known) - 1
    let begin = lane.starts.times[place]
    tracks[index][.inferredFrozen].ends.remove(known)
    if time &- begin > tracks[index].source.clockResolution {
      tracks[index][.inferredFrozen].ends.insert(time)
    } else {
      tracks[index][.inferredFrozen].starts.remove(begin)
    }
  }
}
