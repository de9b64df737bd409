// Inits that failed, and extensions that init waited for in vain.

extension FindingSearch {
  mutating func lookAtInits(
    of track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline, crash: Timestamp
  ) {
    var run: InitRun?
    var failed: FailedInit?
    for row in track.rows where row.end != .never && row.start >= begin {
      if row.phase.isInit {
        if run == nil { run = InitRun(row) } else { run?.add(row) }
        continue
      }
      if row.extensionName != .none { continue }
      if row.phase == .restore, row.outcome.isBad, row.end != crash {
        add(.failedRestore(row.errorType), row.end &- row.start, in: track.id, row.start, row.end)
      }
      if let ended = run { note(ended, before: row, &failed, track, timeline, crash) }
      run = nil
      if row.phase == .invoke, let known = failed {
        add(known, in: track, timeline, request: row.request)
        failed = nil
      }
    }
    if let ended = run { note(ended, before: nil, &failed, track, timeline, crash) }
    if let known = failed { add(known, in: track, timeline, request: -1) }
  }

  /// A run of init is over.
  private func failure(
    _ ended: InitRun, before next: SpanRow?, _ track: borrowing EnvironmentTrack, _ crash: Timestamp
  ) -> FailedInit? {
    var run = ended
    run.learn(from: track)
    // Of one that ran inside an invocation it is the invocation that says that the time was over.
    if let next, next.phase == .invoke, next.outcome == .timeout, next.end == next.start,
      next.start == run.end
    {
      run.isTimeout = true
    }
    return run.isBad && run.end != crash ? FailedInit(run, track) : nil
  }

  private mutating func note(
    _ ended: InitRun, before next: SpanRow?, _ failed: inout FailedInit?, _ track: borrowing EnvironmentTrack,
    _ timeline: borrowing Timeline, _ crash: Timestamp
  ) {
    guard let new = failure(ended, before: next, track, crash) else { return }
    if failed?.add(new) == true { return }
    if let other = failed { add(other, in: track, timeline, request: -1) }
    failed = new
  }

  private mutating func add(
    _ failed: FailedInit, in track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline, request: Int32
  ) {
    let waited = request >= 0 ? timeline.requests[Int(request)].wait : nil
    add(failed, .failedInit(failed.errorType), by: failed.extensionName, in: track.id, waited)
    guard let culprits = failed.culprits else { return }
    for name in culprits.names {
      add(failed, culprits.kind.kind(name), by: .none, in: track.id, waited)
    }
  }

  private mutating func add(
    _ failed: FailedInit, _ kind: Finding.Kind, by extensionName: Name, in environment: EnvironmentID,
    _ waited: Nanoseconds?
  ) {
    let key = FindingKey(kind, by: extensionName)
    var finding = found[key] ?? Finding(kind)
    finding.extensionName = extensionName
    finding.add(failed.length, in: environment, failed.begin...max(failed.begin, failed.end))
    if finding.stretch?.lowerBound == failed.begin, finding.longest == failed.length {
      finding.hasSecondRun = failed.runs > 1
    }
    if let waited { finding.waited = max(finding.waited ?? 0, waited) }
    found[key] = finding
  }
}
