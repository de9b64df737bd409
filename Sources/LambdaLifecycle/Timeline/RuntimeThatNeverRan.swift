// The shutdown of a runtime that was never started, because init failed while extensions registered: it takes no time, and
// nothing is there to be shut down.

extension EnvironmentTrack {
  /// The row at this place is such a shutdown. It looks at a few rows before it.
  func isWithoutRuntime(_ place: Int) -> Bool {
    guard rows[place].phase == .runtimeShutdown, rows[place].end == rows[place].start else { return false }
    var index = place - 1
    while index >= 0 {
      let row = rows[index]
      index -= 1
      // An invocation that failed with the init inside it took no time either.
      if row.extensionName != .none || row.phase == .invoke && row.start == row.end { continue }
      return row.phase == .extensionInit && row.outcome.isBad
    }
    return false
  }

  /// When such shutdowns began.
  package var shutdownsWithoutRuntime: Set<Timestamp> {
    Set(rows.indices.filter(isWithoutRuntime).map { rows[$0].start })
  }

  /// It is not drawn.
  mutating func hideWithoutRuntime(_ place: Int) {
    guard isWithoutRuntime(place) else { return }
    self[.runtimeShutdown].starts.remove(rows[place].start)
    self[.runtimeShutdown].ends.remove(rows[place].end)
  }
}
