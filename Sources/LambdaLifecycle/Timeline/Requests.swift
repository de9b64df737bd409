// Folding requests of an environment.

extension EnvironmentTrack {
  mutating func requestAssigned(_ event: LifecycleEvent, _ session: inout SessionFold) {
    guard let request = session.requestAssigned(event) else { return }
    session.takeUp(request, by: id, at: event.time)
    // A new environment has not finished its first init: the request waits for it. One without any init may have been
    // there before we began to listen, unless its creation was reported.
    let isNew = creation.isTold && invocations == 0
    if initProgress.count == 0 && isNew || initProgress.count == 1 && initProgress.isOpen {
      session.markCold(request)
    } else if initProgress.isOpen {
      noteReinit(request, &session)
    }
  }

  /// The request of an invocation that begins. A source that reports no arrivals shows requests by this
  /// alone.
  /// - Parameter begin: when its invocation begins.
  mutating func requestRow(for event: LifecycleEvent, begun begin: Timestamp, _ session: inout SessionFold)
    -> Int32
  {
    if let twice = requestToldTwice(event, session) { return twice }
    if let known = session.ledger.attempt(event.request, at: event.time),
      session.requests[Int(known)].ended > event.time
    {
      // Without an id nothing else can be reported of it.
      if event.request == .none { session.ledger.forgetNameless() }
      return known
    }
    let request = session.ledger.add(event.request, arrival: begin, event.environment, event.function)
    if event.request == .none { session.ledger.forgetNameless() }
    if followsInvoke(at: begin) { return request }
    let wait = wait(beforeInvokeAt: begin, hasServed: service.firstInvoke <= begin)
    session.setWait(of: request, since: wait.since, wait.start)
    // Nothing is frozen between an init and the invocation that it ran for.
    if wait.start.isForInit { dropInferredFrozen() }
    return request
  }

  /// The request of an invocation that has already been reported, with its end.
  @inline(__always)
  private mutating func requestToldTwice(_ event: LifecycleEvent, _ session: borrowing SessionFold) -> Int32?
  {
    guard let last = rows.last, event.time <= last.start else { return nil }
    // Its length may have moved its begin by less than this.
    let near = source.clockResolution
    var row = rowCount(upTo: event.time &+ near) - 1
    let least = row - EnvironmentTrack.near
    while row > max(-1, least), rows[row].start >= event.time &- near {
      let request = rows[row].request
      if request >= 0, session.requests[Int(request)].id == event.request { return request }
      row -= 1
    }
    return nil
  }

  mutating func invokeBegan(_ request: Int32, _ time: Timestamp, _ session: inout SessionFold) {
    service.invokeBegan(at: time)
    guard request >= 0 else { return }
    // Where no assignment is reported: its environment's first init was under way while the request waited.
    if session.requests[Int(request)].arrivalIsTold, !session.requests[Int(request)].isRunning,
      invocations == 1, initProgress.count == 1,
      initProgress.ended == .never || initProgress.ended > session.requests[Int(request)].arrival
    {
      session.markCold(request)
    }
    session.takeUp(
      request, by: id,
      at: session.requests[Int(request)].arrivalIsTold ? time : session.requests[Int(request)].arrival)
    if session.requests[Int(request)].arrivalIsTold { noteReinit(request, &session) }
    markAhead(request, at: time, &session)
    // Reported before the beginning.
    if let done = runtimesDone[request], done > time { self[.extensionWork].starts.insert(done) }
  }

  /// The environment is gone, and with it the requests that waited for its init.
  mutating func releaseAll(at time: Timestamp, _ session: inout SessionFold) {
    for request in session.inFlight[id] {
      session.release(request, at: time)
      session.ledger.end(request, at: time)
    }
  }

  /// A request that waits for an init, or whose invocation begins, may have come to a re-init.
  mutating func noteReinit(_ request: Int32, _ session: inout SessionFold) {
    if ranReinit(for: request) { session.markReinit(request) }
  }

  mutating func runtimeDone(_ event: LifecycleEvent, _ session: inout SessionFold) {
    guard let request = session.ledger.attempt(event.request, at: event.time, among: session.inFlight[id]),
      runtimesDone[request] == nil
    else { return }
    runtimesDone.add(request, at: event.time)
    // The rest of the invocation is the extensions'.
    guard let row = openRow(.invoke, request: request, extensionName: .none),
      rows[row].start < event.time
    else { return }
    self[.extensionWork].starts.insert(event.time)
  }

  /// An invocation has ended: with it the request's duration, and its answer if nobody reported that.
  mutating func invokeEnded(_ place: Int, at time: Timestamp, _ session: inout SessionFold, isImplied: Bool) {
    let row = rows[place]
    guard row.request >= 0 else { return }
    let request = Int(row.request)
    var runtimeEnd: Timestamp?
    if let done = runtimesDone.remove(row.request), done > row.start {
      runtimeEnd = min(done, time)
      self[.extensionWork].settle()
      if done < time, self[.extensionWork].dangling != nil, self[.extensionWork].starts.contains(done) {
        self[.extensionWork].ends.insert(time)
      } else if done >= time {
        self[.extensionWork].starts.remove(done)
      }
    }
    session.release(row.request, at: time)
    if isImplied {
      // How long it took, and what came of it, is left to the end itself, should it still come.
      if session.requests[request].ended == .never { session.ledger.end(row.request, at: time) }
      return session.ledger.forget(row.request, session.sources)
    }
    if session.requests[request].duration < 0 {
      let begin = durationBegin(ofInvoke: place, within: source.clockResolution)
      session.ledger.end(row.request, at: time, begun: begin)
    }
    if session.requests[request].answered == .never {
      // The caller has its response when the runtime has sent it, at the latest when the runtime asks for more.
      let answered = row.outcome.isBad ? time : runtimeEnd ?? time
      session.answer(row.request, row.outcome, row.errorType, at: answered)
    }
    session.ledger.forget(row.request, session.sources)
  }

  mutating func requestAnswered(
    _ outcome: Outcome, _ errorType: Name, _ event: LifecycleEvent, _ session: inout SessionFold
  ) {
    let restoreHasFailed = rows.last.map { $0.phase == .restore && $0.outcome.isBad } ?? false
    session.requestAnswered(outcome, errorType, event, restoreHasFailed: restoreHasFailed)
  }
}
