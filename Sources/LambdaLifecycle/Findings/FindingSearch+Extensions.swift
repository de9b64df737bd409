// Extensions that ended by themselves, and those that invocations waited for.

extension FindingSearch {
  mutating func lookAtExtensions(of track: borrowing EnvironmentTrack) {
    for entry in track.extensionStates where entry.state.isFailure && entry.time >= begin {
      add(.failedExtension(entry.name, entry.state), nil, in: track.id, entry.time, entry.time)
    }
    guard let name = track.onlyExtension else { return }
    for row in track.rows where row.phase == .invoke && row.end != .never && row.start >= begin {
      lookAtWork(after: row, of: name, track)
      noteFailure(of: row, track)
    }
  }

  /// The rest of an invocation after the runtime is done is its extensions' (execution environment page).
  private mutating func lookAtWork(after row: SpanRow, of name: Name, _ track: borrowing EnvironmentTrack) {
    guard let done = track.workBegan(in: row) else { return }
    if row.outcome == .timeout {
      add(.hungExtension(name), row.end &- done, in: track.id, row.start, row.end)
    } else if !row.outcome.isBad, row.end &- done >= Self.leastWork {
      add(.busyExtension(name), row.end &- done, in: track.id, row.start, row.end)
    }
  }

  /// The least that is worth a word: it is billed with the function's own time, and the environment serves
  /// nobody else meanwhile.
  private static let leastWork = Nanoseconds.milliseconds(100)

  /// An invocation that an extension's failure has ended.
  private mutating func noteFailure(of row: SpanRow, _ track: borrowing EnvironmentTrack) {
    guard row.outcome.isBad, row.outcome != .timeout,
      let failed = track.failedExtension(from: row.start, to: row.end)
    else { return }
    found[FindingKey(.failedExtension(failed.name, failed.state))]?.invocations += 1
  }
}
