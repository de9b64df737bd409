// The wait of a request: what for, and since when. The one place that says it, for every source.
//
// An emulator and a simulation report when a request arrives and which environment it is given: it waits for
// what that environment does until its invocation begins. A log reports invocations alone: what an
// invocation's caller waited for follows from the spans right before it, and is said anew when one of them
// turns out to be another.

extension StartKind {
  /// The request had to wait for an init or a restore.
  package var isForInit: Bool {
    switch self {
    case .cold, .reinit: true
    case .warm, .ahead: false
    }
  }
}

extension EnvironmentTrack {
  /// An init that was over for longer when the invocation began ran ahead of its request. Measured on busy functions:
  /// half of all inits and more do ("proactive initialization"; execution environment page: "occasionally").
  static let ahead = Nanoseconds.milliseconds(100)

  /// The wait of the caller of an invocation that begins at `time`, by the spans before it: for inits and
  /// restores that lead up to it without a rest, whether or not they went well.
  /// - Parameter hasServed: another invocation began before.
  func wait(beforeInvokeAt time: Timestamp, hasServed: Bool) -> (since: Timestamp, start: StartKind) {
    var place = rows.last.map { $0.start <= time } ?? true ? rows.count - 1 : rowCount(upTo: time) - 1
    var since = time
    var isJoined = false
    while place >= 0 {
      let row = rows[place]
      place -= 1
      if row.extensionName != .none || row.phase == .create { continue }
      // The invocation itself, where it has a row already.
      if row.phase == .invoke, row.start >= time { continue }
      guard row.phase.isInitOrRestore, leadsUp(row, to: since, time) else { break }
      // Where no time has passed, what the first invocation waited for is no wait of the next.
      if hasServed, row.start <= service.firstInvoke { break }
      isJoined = true
      since = row.start
    }
    guard isJoined else {
      return (time, !hasServed && initProgress.count > 0 && service.firstThaw >= time ? .ahead : .warm)
    }
    // Init inside an invocation is another one, though the first was not reported.
    if hasServed || !initProgress.hasFirst { return (since, .reinit) }
    // Nobody waits for an environment that is kept ready.
    let isKept = initializationType == .provisionedConcurrency || initializationType == .managedInstances
    return isKept ? (time, .ahead) : (since, .cold)
  }

  /// Nothing lies between an init and what comes after it but what it takes to go on.
  private func leadsUp(_ row: SpanRow, to next: Timestamp, _ time: Timestamp) -> Bool {
    let rests = self[.frozen].starts
    let count = rests.count(upTo: time)
    if count > 0, rests.times[count - 1] > row.start { return false }
    let isEndKnown = row.end != .never && !(row.endIsInferred && row.outcome == .none)
    return !isEndKnown || next &- row.end <= Self.ahead
  }
}

extension EnvironmentTrack {
  /// A request has come to an environment: it may be the first one there, after an init that was over.
  mutating func markAhead(_ request: Int32, at time: Timestamp, _ session: inout SessionFold) {
    guard invocations == 1, initProgress.count > 0, service.firstThaw >= time,
      session.requests[Int(request)].start == .warm
    else { return }
    session.setWait(of: request, since: session.requests[Int(request)].arrival, .ahead)
  }

  /// A span before an invocation has turned out to be another than it was thought: what its caller waited for may be
  /// another, too.
  mutating func judgeAgain(invokeAfter time: Timestamp, _ session: inout SessionFold) {
    var place = rowCount(upTo: time)
    while place < rows.count, rows[place].phase != .invoke { place += 1 }
    guard place < rows.count else { return }
    let row = rows[place]
    judge(row.request, begunAt: row.start, &session)
  }

  /// The span before is an invocation, as mostly: nobody waited for anything.
  @inline(__always)
  mutating func followsInvoke(at time: Timestamp) -> Bool {
    guard let last = rows.last else { return false }
    return last.phase == .invoke && last.start < time && service.firstInvoke < time
  }

  /// Says anew what the caller of an invocation waited for, where nobody reported when the request arrived.
  mutating func judge(_ request: Int32, begunAt time: Timestamp, _ session: inout SessionFold) {
    guard request >= 0, !session.requests[Int(request)].arrivalIsTold else { return }
    let wait = wait(beforeInvokeAt: time, hasServed: service.firstInvoke < time)
    // That an init ran inside may be reported without its span.
    let isToldSo = wait.start == .warm && session.requests[Int(request)].isReinit
    session.setWait(of: request, since: wait.since, isToldSo ? .reinit : wait.start)
  }
}

extension SessionFold {
  mutating func markCold(_ request: Int32) {
    setWait(of: request, since: requests[Int(request)].arrival, .cold)
  }

  /// It waits for a re-init. One that has waited for the first init, which failed, stays a cold start.
  mutating func markReinit(_ request: Int32) {
    guard !requests[Int(request)].isCold else { return }
    setWait(of: request, since: requests[Int(request)].arrival, .reinit)
  }

  /// Takes the wait back: the init or phase that it was put down to was made void.
  mutating func unmark(_ request: Int32) {
    setWait(of: request, since: requests[Int(request)].arrival, .warm)
  }

  /// Notes what a request waited for, and since when.
  mutating func setWait(of request: Int32, since arrival: Timestamp, _ start: StartKind) {
    guard let known = ledger.setWait(of: request, since: arrival, start, horizon: horizon) else {
      return
    }
    let arrival = requests[Int(request)].arrival
    if known.arrival != arrival {
      if known.isRunning || known.ended != .never { population.moveBegin(from: known.arrival, to: arrival) }
      noteBegin(arrival)
    }
    if known.isCold { landmarks.remove(.coldStart, known.arrival, known.environment) }
    if start == .cold { landmarks.add(.coldStart, arrival, known.environment) }
  }
}
