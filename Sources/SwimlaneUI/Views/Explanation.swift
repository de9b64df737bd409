package import LambdaLifecycle

/// An account of what is happening to an environment and why, in two short sentences.
package func explanation(
  of track: EnvironmentTrack, name: String, catalog: Catalog, timeline: Timeline, stage: Stage
) -> (state: EnvironmentState, text: [String]) {
  let time = stage.time
  let state = track.state(at: time, inputEnd: stage.inputEnd)
  let since = text(ofLength: max(0, time &- track.stateBegan(at: time)))
  switch state {
  case .creating:
    return (
      state,
      [
        "Lambda creates an isolated environment and downloads the code and its layers.",
        "The request that asked for it waits.",
      ]
    )
  case .initializing: return (state, initializing(track, catalog, time))
  case .restoring:
    return (
      state,
      [
        "It resumes from a snapshot that was taken when the version was published: init does not run here.",
        "Loading the runtime and the hooks after restore may take 10 s at most. The request waits.",
      ]
    )
  case .publishing: return (state, publishing(track, time))
  case .idle:
    return (
      state,
      [
        "No invocation is here, but a Managed Instance is not frozen: its processes go on running.",
        "The next request starts at once; several may run here at the same time.",
      ]
    )
  case .invoking:
    if isAnswered(track, timeline, time) {
      return (
        state,
        [
          "The caller has its response; the runtime or extensions still work on this invocation.",
          "Until all of them ask for the next event, the environment is busy.",
        ]
      )
    }
    if track.initializationType == .managedInstances { return (state, invokingAtOnce(track, time)) }
    return (
      state,
      [
        "The handler runs: one request at a time in one environment.",
        "The invocation ends when the runtime and all extensions ask for the next event.",
      ]
    )
  case .frozen: return (state, frozen(track, timeline, stage, since))
  case .resetting:
    return (
      state,
      [
        "The last phase failed, so Lambda resets the environment: processes are ended, /tmp stays.",
        "Init runs again inside the next invocation.",
      ]
    )
  case .reset:
    return (
      state,
      [
        resetText(track.resetCause(at: time), catalog),
        "The next request runs init again, inside its invocation: lanes counts a re-init, not a cold start.",
      ]
    )
  case .shuttingDown: return (state, shuttingDown(track, time))
  case .gone:
    if track.isPublishing(at: time) { return (state, published(track)) }
    let reason = goneText(track.goneReason, detail: catalog.text(track.goneDetail))
    return (state, [reason, "What init had built in memory is gone with it."])
  case .unknown where time >= track.silentFrom && time < stage.inputEnd:
    return (
      state,
      [
        "Nothing was heard of it for 15 minutes: it may have been shut down, which its source does not tell.",
        "AWS publishes no idle lifetime; about six minutes have been measured.",
      ]
    )
  case .unknown:
    return (
      state,
      [
        time >= stage.inputEnd
          ? "What became of it after that, \(stage.source) does not tell."
          : "Its source does not tell what it does between what is drawn: it may wait, or be gone.",
        "What is drawn is what was told.",
      ]
    )
  }
}

/// True if the request of the invocation under way has its answer, which extensions may outlast (Extensions
/// API page).
private func isAnswered(_ track: EnvironmentTrack, _ timeline: Timeline, _ time: Timestamp) -> Bool {
  let rows = track.rows.prefix(track.rowCount(upTo: time))
  guard let row = rows.last(where: { $0.phase == .invoke }), row.request >= 0 else { return false }
  return timeline.requests[Int(row.request)].answered <= time
}

/// Managed Instances: several invocations, each with its own timeout, and no reset (Managed Instances pages).
private func invokingAtOnce(_ track: EnvironmentTrack, _ time: Timestamp) -> [String] {
  let count = track[.invoke].open(at: time)
  return [
    count == 1 ? "One invocation runs here; others may join it." : "\(count) invocations run here at once.",
    "A Managed Instance is not reset when one of them times out: each invocation has a timeout of its own.",
  ]
}

/// SnapStart: init when a version is published (SnapStart page).
private func publishing(_ track: EnvironmentTrack, _ time: Timestamp) -> [String] {
  guard let last = track.lastRow(at: time).map({ track.rows[$0] }), last.end <= time else {
    return [
      "Its init runs now, once, before any request.",
      "This init may take 130 s, or the function's timeout if that is longer. Then a snapshot is taken.",
    ]
  }
  if last.outcome.isBad { return published(track) }
  return [
    "Init is over: Lambda takes a snapshot of memory and disk.",
    "Environments for requests are restored from it; no request comes here.",
  ]
}

private func published(_ track: EnvironmentTrack) -> [String] {
  let hasFailed = track.rows.contains { $0.phase.isInit && $0.outcome.isBad }
  return hasFailed
    ? [
      "Init has failed, and with it the publishing of the version.", "There is no snapshot to restore from.",
    ]
    : ["The snapshot is taken.", "Environments for requests are restored from it instead of running init."]
}

private func initializing(_ track: EnvironmentTrack, _ catalog: Catalog, _ time: Timestamp) -> [String] {
  if let last = track.lastRow(at: time).map({ track.rows[$0] }), last.end <= time, last.outcome.isBad {
    return [
      "Init has failed.",
      "On demand, Lambda runs it again inside the next invocation, within the function's timeout.",
    ]
  }
  let isAgain = track.suppressedInitBegan(at: time) != nil
  let limit =
    isAgain
    ? "Init runs again inside the invocation, within the function's timeout."
    : track.initializationType == .onDemand || track.initializationType == .unknown
      ? "On demand, init may take 10 s at most."
      : "This init may take 130 s, or the function's timeout if that is longer."
  if track[.extensionInit].open(at: time) > 0 {
    return ["Extensions start first; the runtime waits until each of them has registered.", limit]
  }
  if track[.runtimeInit].open(at: time) > 0 {
    return ["The runtime starts: the engine that will run the function's code.", limit]
  }
  if track[.functionInit].open(at: time) > 0 {
    return [
      isAgain
        ? "The function's code outside the handler runs again: the processes before have ended."
        : "The function's code outside the handler runs now: once, not for every request.", limit,
    ]
  }
  if track[.initialization].open(at: time) > 0 {
    return [
      "Init runs: extensions, then the runtime, then code outside the handler. This source does not tell them apart.",
      limit,
    ]
  }
  return ["The runtime is ready; init ends when \(readiness(track, catalog, time)).", limit]
}

private func frozen(_ track: EnvironmentTrack, _ timeline: Timeline, _ stage: Stage, _ since: String)
  -> [String]
{
  let isObserved = track.isSaidFrozen(at: stage.time)
  let first =
    isObserved
    ? "Its processes are stopped, its memory is kept: what init built is still there."
    : "No request is here. Lambda freezes an environment then, which this source does not tell."
  if track.initializationType == .provisionedConcurrency,
    stage.allocations.contains(where: { $0.function == track.function })
  {
    return [
      first, "No request comes here before all of the function's provisioned concurrency is allocated.",
    ]
  }
  var second =
    isObserved
    ? "A request that comes here thaws it and skips init." : "A request that comes here skips init."
  let limits = stage.limits(of: track.function, created: track.created, timeline)
  switch track.stateEnd(at: stage.time, inputEnd: stage.inputEnd, limits).limit {
  case .at(let end, .idle, _) where !stage.lead.isObserved:
    second += " This simulation shuts it down in \(text(ofAge: max(0, end &- stage.time)))."
  case .unpublished(.kept): second += " It is kept for that, however long it is idle, and paid for."
  default: second += " AWS publishes no idle lifetime; about six minutes have been measured."
  }
  return [first, second]
}

private func shuttingDown(_ track: EnvironmentTrack, _ time: Timestamp) -> [String] {
  if track[.runtimeShutdown].open(at: time) > 0 {
    return [
      "The runtime has SIGTERM, as in AWS's sample and emulator; with no extension it is killed at once.",
      "Then external extensions get SHUTDOWN. With them all have 2 s together, then SIGKILL.",
    ]
  }
  if track[.extensionShutdown].open(at: time) > 0 {
    return [
      "The runtime has ended; external extensions have the SHUTDOWN event and finish their work.",
      "What has not ended 2 s after the beginning of the shutdown gets SIGKILL.",
    ]
  }
  return ["The environment is being shut down.", "What does not end in time gets SIGKILL."]
}

private func goneText(_ reason: ShutdownReason, detail: String) -> String {
  if reason == .spindown, detail == ShutdownDetail.onRequest.wireName {
    return "It was shut down on request, not because it was idle."
  }
  let text =
    switch reason {
    case .spindown: "Lambda has taken the environment back."
    case .timeout: "The environment ended after a timeout."
    case .failure: "The environment ended after a failure."
    case .terminated: "The emulator was asked to end and shut the environment down."
    case .emulatorFailure: "The emulator itself crashed; a real environment would not have ended here."
    }
  return detail.isEmpty ? text : text + " (\(detail))"
}
