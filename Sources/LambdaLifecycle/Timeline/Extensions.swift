// Folding what is told of single extensions.

extension Timeline {
  /// What of an extension's own init lies after its registration has a lane of its own, because init waits for it.
  mutating func extensionsHaveRegistered(at time: Timestamp, _ index: Int) {
    for row in tracks[index].openRows where tracks[index].rows[Int(row)].extensionName != .none {
      tracks[index][.extensionReadiness].starts.insert(time)
    }
  }

  mutating func extensionBecameReady(_ row: SpanRow, at time: Timestamp, _ index: Int) {
    guard row.phase == .extensionInit else { return }
    let registered = tracks[index][.extensionInit].ends
    guard let begin = registered.times.last, begin >= row.start else { return }
    tracks[index][.extensionReadiness].settle()
    // An extension whose begin came late was not yet known when the others registered.
    let readiness = tracks[index][.extensionReadiness]
    guard readiness.dangling != nil, readiness.starts.contains(begin) else { return }
    if begin < time {
      tracks[index][.extensionReadiness].ends.insert(time)
    } else {
      tracks[index][.extensionReadiness].starts.remove(begin)
    }
  }

  mutating func closeExtensionRows(_ name: Name, at time: Timestamp, _ index: Int) {
    for row in tracks[index].openRows.map(Int.init) {
      let open = tracks[index].rows[row]
      guard open.extensionName != .none, name == .none || open.extensionName == name, open.start <= time
      else { continue }
      tracks[index].openRows.removeAll { $0 == row }
      tracks[index].rows[row].end = time
      activity.add(open.start, time)
      extensionBecameReady(tracks[index].rows[row], at: time, index)
    }
  }

  mutating func extensionState(_ name: Name, _ state: ExtensionState, _ time: Timestamp, _ index: Int) {
    let row = ExtensionMoment(time: time, name: name, state: state)
    let latest = tracks[index].extensionStates.reversed().prefix { $0.time >= time }
    guard !latest.contains(row) else {
      duplicates += 1
      return
    }
    tracks[index].extensionMoments.append(row)
    if state == .exited || state == .shutdownFailed { closeExtensionRows(name, at: time, index) }
  }
}
