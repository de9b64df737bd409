// What comes when what follows it has been told already.

extension Timeline {
  /// Whether the source should have told the end of such a phase.
  func isAnomaly(withoutEnd phase: Phase, _ index: Int) -> Bool {
    tracks[index].source.tellsInitEnd || !phase.isInit && phase != .restore
  }

  /// The end of a span that the next begin has already closed: it comes late, and knows better.
  /// - Returns: false if there is no such span.
  mutating func endedLate(_ end: PhaseEnd, _ event: LifecycleEvent, _ index: Int) -> Bool {
    let found = tracks[index].rows.suffix(64).lastIndex { row in
      row.endIsInferred && row.phase == end.phase && row.extensionName == end.extensionName
        && row.start <= event.time
        && (event.request == .none || row.request < 0 || requests[Int(row.request)].id == event.request)
    }
    guard let found else { return false }
    // Only a begin that closed it was an anomaly, not the end of the environment.
    let wasImplied = tracks[index].rows[found].outcome == .none
    reopen(found, index)
    if wasImplied {
      if isAnomaly(withoutEnd: end.phase, index) { anomalies -= 1 }
      // Who has counted the span's length as unknown must count again.
      ledger.revise(from: tracks[index].rows[found].start)
      let (fitted, time) = fit(end, found, told: event.time, index)
      close(fitted, end, at: time, index)
    } else {
      let time = moment(of: end, told: event.time, begun: tracks[index].rows[found].start)
      // What the end of the environment made of it stays counted.
      tracks[index].rows[found].end = time
      tracks[index].rows[found].outcome = end.outcome
      tracks[index].rows[found].errorType = end.errorType
      if end.extensionName == .none { tracks[index].insertEnd(tracks[index].rows[found]) }
    }
    return true
  }

  /// The end of an invocation that was taken for a good one: a line of the failure that comes after REPORT, as until 2022,
  /// knows better. It belongs to the attempt that was running then.
  /// - Returns: false if there is no such invocation.
  mutating func endedBadly(_ end: PhaseEnd, _ event: LifecycleEvent, _ index: Int) -> Bool {
    guard end.phase == .invoke, end.outcome.isBad, event.request != .none else { return false }
    let found = tracks[index].rows.suffix(64).lastIndex { row in
      row.phase == .invoke && row.request >= 0 && row.start <= event.time && row.end != .never
        && requests[Int(row.request)].id == event.request
    }
    guard let found, !tracks[index].rows[found].outcome.isBad else { return false }
    tracks[index].rows[found].outcome = end.outcome
    tracks[index].rows[found].errorType = end.errorType
    let row = tracks[index].rows[found]
    noteFailure(row, index)
    forgetInferredFrozen(from: row.end, index)
    guard ledger.correctAnswer(row.request, end.outcome, end.errorType) else { return true }
    let request = requests[Int(row.request)]
    landmarks.add(.error, request.answered, request.environment)
    judgeAgain(invokeAfter: row.start, index)
    return true
  }

  /// Takes back what closed the span.
  private mutating func reopen(_ place: Int, _ index: Int) {
    let row = tracks[index].rows[place]
    if row.extensionName == .none { tracks[index].removeEnd(row) }
    tracks[index].rows[place].endIsInferred = false
    guard row.outcome == .none, row.phase == .invoke, row.request >= 0 else { return }
    let request = Int(row.request)
    if requests[request].ended == row.end {
      ledger.reopen(row.request)
      tracks[index].running.append(row.request)
      population.takeBackEnd(at: row.end, rests: !runsConcurrently(index) || tracks[index].running.count == 1)
    }
    tracks[index][.extensionWork].settle()
    let work = tracks[index][.extensionWork]
    let begun = work.starts.count(upTo: row.end)
    if begun > 0, work.starts.times[begun - 1] > row.start, work.ends.contains(row.end) {
      tracks[index][.extensionWork].ends.remove(row.end)
      tracks[index].runtimeDone.append((row.request, work.starts.times[begun - 1]))
    }
  }
}
