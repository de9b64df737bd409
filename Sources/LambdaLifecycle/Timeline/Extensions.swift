// Folding events about single extensions.

extension EnvironmentTrack {
  /// The rest of an extension's own init after its registration has a lane of its own, because init waits for
  /// it.
  mutating func extensionsHaveRegistered(at time: Timestamp) {
    for row in openRows where rows[Int(row)].extensionName != .none {
      self[.extensionReadiness].starts.insert(time)
    }
  }

  mutating func extensionBecameReady(_ row: SpanRow, at time: Timestamp) {
    guard row.phase == .extensionInit else { return }
    guard let begin = self[.extensionInit].ends.times.last, begin >= row.start else { return }
    self[.extensionReadiness].settle()
    // An extension whose begin came late was not yet known when the others registered.
    guard self[.extensionReadiness].dangling != nil, self[.extensionReadiness].starts.contains(begin)
    else { return }
    if begin < time {
      self[.extensionReadiness].ends.insert(time)
    } else {
      self[.extensionReadiness].starts.remove(begin)
    }
  }

  mutating func closeExtensionRows(_ name: Name, at time: Timestamp, _ session: inout SessionFold) {
    for row in openRows.map(Int.init) {
      let open = rows[row]
      guard open.extensionName != .none, name == .none || open.extensionName == name, open.start <= time
      else { continue }
      openRows.removeAll { $0 == row }
      rows[row].end = time
      session.activity.add(open.start, time)
      extensionBecameReady(rows[row], at: time)
    }
  }

  mutating func extensionState(
    _ name: Name, _ state: ExtensionState, _ time: Timestamp, _ session: inout SessionFold
  ) {
    let row = ExtensionMoment(time: time, name: name, state: state)
    let latest = extensionStates.reversed().prefix { $0.time >= time }
    guard !latest.contains(row) else {
      session.duplicates += 1
      return
    }
    extensionMoments.append(row)
    if state == .exited || state == .shutdownFailed { closeExtensionRows(name, at: time, &session) }
  }
}
