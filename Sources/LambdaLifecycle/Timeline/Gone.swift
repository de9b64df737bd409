// Folding the end of an environment: what is open ends with it.

extension Timeline {
  mutating func environmentGone(
    _ reason: ShutdownReason, _ detail: Name, _ time: Timestamp, _ index: Int
  ) {
    guard tracks[index].gone == .never else {
      duplicates += 1
      return
    }
    closeExtensionRows(.none, at: time, index)
    for row in tracks[index].openRows.map(Int.init) {
      let open = tracks[index].rows[row]
      let end = PhaseEnd(open.phase, outcome: .killed, extensionName: open.extensionName)
      close(row, end, at: max(time, open.start), index)
      tracks[index].rows[row].endIsInferred = true
    }
    releaseAll(index, at: time)
    frozenEnded(time, index)
    endInferredFrozen(at: time, index)
    finishInit(at: time, index)
    tracks[index].gone = time
    population.environmentGone(at: time, born: tracks[index].created)
    tracks[index].goneReason = reason
    tracks[index].goneDetail = detail
    addMarker(Marker(time: time, environment: tracks[index].id, kind: .gone))
    landmarks.add(.shutdown, tracks[index].shutdownBegan, tracks[index].id)
  }
}
