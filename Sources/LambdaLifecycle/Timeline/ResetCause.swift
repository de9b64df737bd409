/// Why an environment was reset, as far as its events show.
package struct ResetCause: Equatable, Sendable {
  /// An extension's part in it.
  package enum Extension: Equatable, Sendable {
    case failed(Name, ExtensionState)
    /// The runtime was done, and the invocation went on until the timeout; `.none` where there are several
    /// and nobody knows which it was.
    case hung(Name)
    /// Init waited for them until its time was over: they had not registered, or not asked for their first event.
    case unregistered([Name]), unready([Name])
  }

  /// The phase that went wrong; nil where none did, as when a process ends between two invocations.
  package var phase: Phase?
  package var outcome = Outcome.none
  package var errorType = Name.none
  package var `extension`: Extension?
}

extension EnvironmentTrack {
  /// Why the reset came that was last at `time`; nil where there was none, or nobody knows.
  package func resetCause(at time: Timestamp) -> ResetCause? {
    guard let last = lastRow(at: time) else { return nil }
    var place = last
    while place >= 0, rows[place].phase.isShutdown || rows[place].extensionName != .none { place -= 1 }
    guard place >= 0 else { return nil }
    let row = rows[place]
    var cause = ResetCause()
    // Without a reported reset, it came with the failure.
    let begin = rows[last].phase.isShutdown ? resetBegan(after: place, upTo: last) : row.end
    if row.outcome.isBad {
      (cause.phase, cause.outcome, cause.errorType) = (row.phase, row.outcome, row.errorType)
    }
    if let failed = failedExtension(from: row.start, to: min(begin, time)) {
      cause.extension = .failed(failed.name, failed.state)
    } else if row.phase == .invoke, row.outcome == .timeout, let name = extensionAfterRuntime(of: row) {
      cause.extension = .hung(name)
    } else {
      cause.extension = waitedFor(before: place)
    }
    return cause.phase == nil && cause.extension == nil ? nil : cause
  }

  /// Extensions that the init waited for that failed there, or inside of the invocation there.
  private func waitedFor(before place: Int) -> ResetCause.Extension? {
    var index = place
    let isInside = rows[place].phase == .invoke && rows[place].start == rows[place].end
    if isInside { index -= 1 }
    guard index >= 0, rows[index].phase.isInit else { return nil }
    while index > 0, rows[index - 1].phase.isInit { index -= 1 }
    var run = InitRun(rows[index])
    for row in rows[(index + 1)..<max(index + 1, place + 1)] where row.phase.isInit { run.add(row) }
    run.learn(from: self)
    if isInside, rows[place].outcome == .timeout { run.isTimeout = true }
    guard let culprits = run.culprits(in: self) else { return nil }
    return culprits.kind == .unregistered ? .unregistered(culprits.names) : .unready(culprits.names)
  }

  private func resetBegan(after place: Int, upTo last: Int) -> Timestamp {
    rows[place...last].first { $0.phase.isShutdown && $0.extensionName == .none }?.start ?? rows[last].start
  }

  /// The extension that an invocation waited for when its runtime was done; `.none` for one of several, nil where there is
  /// none, or the runtime was not done.
  func extensionAfterRuntime(of row: SpanRow) -> Name? {
    guard workBegan(in: row) != nil else { return nil }
    return onlyExtension
  }

  /// When the runtime was done and only extensions still worked; nil where that is not reported.
  func workBegan(in row: SpanRow) -> Timestamp? {
    let starts = self[.extensionWork].starts
    let place = starts.count(upTo: row.start)
    return place < starts.count && starts.times[place] < row.end ? starts.times[place] : nil
  }

  /// Its extension; `.none` if it has several, nil if it has none that is known. Those of a Managed Instance
  /// hear of no invocations.
  var onlyExtension: Name? {
    let names = extensionNames
    guard !names.isEmpty, !runsConcurrently else { return nil }
    return names.count == 1 ? names.first : Name.none
  }

  /// Extensions that were started in the init under way and have not asked for their first event.
  package func extensionsNotReady(at time: Timestamp) -> [Name] {
    var names: [Name] = []
    var index = rowCount(upTo: time) - 1
    while index >= 0, rows[index].phase.isInit {
      if rows[index].extensionName != .none, rows[index].end > time {
        names.append(rows[index].extensionName)
      }
      index -= 1
    }
    return names.reversed()
  }
}
