// Folding the end of an environment: what is open ends with it.

extension EnvironmentTrack {
  mutating func environmentGone(
    _ reason: ShutdownReason, _ detail: Name, _ time: Timestamp, _ session: inout SessionFold
  ) {
    guard gone == .never else {
      session.duplicates += 1
      return
    }
    closeExtensionRows(.none, at: time, &session)
    for row in openRows.map(Int.init) {
      let open = rows[row]
      let end = PhaseEnd(open.phase, outcome: .killed, extensionName: open.extensionName)
      close(row, end, at: max(time, open.start), &session)
      rows[row].endIsInferred = true
    }
    releaseAll(at: time, &session)
    self[.frozen].insertEnd(at: time)
    endInferredFrozen(at: time)
    finishInit(at: time, &session)
    departure.happen(at: time, reason, detail)
    session.population.environmentGone(at: time, born: created)
    session.markerList.insert(Marker(time: time, environment: id, kind: .gone))
    session.landmarks.add(.shutdown, shutdownBegan, id)
  }
}
