// Ends that come when what follows them has been reported already.

extension EnvironmentTrack {
  /// True if the source should have reported the end of such a phase.
  func isAnomaly(withoutEnd phase: Phase) -> Bool {
    source.tellsInitEnd || !phase.isInitOrRestore
  }

  /// The end of a span that the next begin has already closed: it comes late, and knows better.
  /// - Returns: false if there is no such span.
  mutating func endedLate(_ end: PhaseEnd, _ event: LifecycleEvent, _ session: inout SessionFold) -> Bool {
    let found = rows.suffix(64).lastIndex { row in
      row.endIsInferred && row.phase == end.phase && row.extensionName == end.extensionName
        && row.start <= event.time
        && (event.request == .none || row.request < 0
          || session.requests[Int(row.request)].id == event.request)
    }
    guard let found else { return false }
    // Only a begin that closed it was an anomaly, not the end of the environment.
    let wasImplied = rows[found].outcome == .none
    reopen(found, &session)
    if wasImplied {
      if isAnomaly(withoutEnd: end.phase) { session.anomalies -= 1 }
      // Who has counted the span's length as unknown must count again.
      session.ledger.revise(from: rows[found].start)
      let (fitted, time) = fit(end, found, told: event.time, &session)
      close(fitted, end, at: time, &session)
    } else {
      let time = end.moment(told: event.time, begun: rows[found].start)
      // The effect of the environment's end on it stays counted.
      rows[found].end = time
      rows[found].outcome = end.outcome
      rows[found].errorType = end.errorType
      if end.extensionName == .none { insertEnd(rows[found]) }
    }
    return true
  }

  /// The end of an invocation that was taken for a good one: a line of the failure that comes after REPORT, as until 2022,
  /// knows better. It belongs to the attempt that was running then.
  /// - Returns: false if there is no such invocation.
  mutating func endedBadly(_ end: PhaseEnd, _ event: LifecycleEvent, _ session: inout SessionFold) -> Bool {
    guard end.phase == .invoke, end.outcome.isBad, event.request != .none else { return false }
    let found = rows.suffix(64).lastIndex { row in
      row.phase == .invoke && row.request >= 0 && row.start <= event.time && row.end != .never
        && session.requests[Int(row.request)].id == event.request
    }
    guard let found, !rows[found].outcome.isBad else { return false }
    rows[found].outcome = end.outcome
    rows[found].errorType = end.errorType
    let row = rows[found]
    noteFailure(row, &session)
    forgetInferredFrozen(from: row.end)
    guard session.ledger.correctAnswer(row.request, end.outcome, end.errorType) else { return true }
    let request = session.requests[Int(row.request)]
    session.landmarks.add(.error, request.answered, request.environment)
    judgeAgain(invokeAfter: row.start, &session)
    return true
  }

  /// Takes back what closed the span.
  private mutating func reopen(_ place: Int, _ session: inout SessionFold) {
    let row = rows[place]
    if row.extensionName == .none { removeEnd(row) }
    rows[place].endIsInferred = false
    guard row.outcome == .none, row.phase == .invoke, row.request >= 0 else { return }
    let request = Int(row.request)
    if session.requests[request].ended == row.end {
      session.ledger.reopen(row.request)
      session.inFlight.append(row.request, to: id)
      session.population.takeBackEnd(at: row.end, rests: session.inFlight.isAlone(id))
    }
    self[.extensionWork].settle()
    let begun = self[.extensionWork].starts.count(upTo: row.end)
    guard begun > 0, self[.extensionWork].ends.contains(row.end) else { return }
    let done = self[.extensionWork].starts.times[begun - 1]
    guard done > row.start else { return }
    self[.extensionWork].ends.remove(row.end)
    runtimesDone.add(row.request, at: done)
  }
}
