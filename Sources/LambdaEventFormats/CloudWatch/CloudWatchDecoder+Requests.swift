internal import LambdaLifecycle

extension CloudWatchDecoder {
  /// A request whose START and REPORT have one time although it took longer: the time is that of their writing.
  private static let surelyLonger: Nanoseconds = .milliseconds(20)
  /// Between START and END of a log are whole milliseconds; what Duration has beyond them and this was before START.
  private static let tolerance: Nanoseconds = .milliseconds(10)
  /// The longest timeout: what has run for longer has been told badly.
  private static let longest: Nanoseconds = .seconds(900)

  /// Lines tell their time to the millisecond.
  var hasExactTimes: Bool { envelope != .nothing && envelope != .timeWithoutZone }

  /// Neither the lines nor their arrival tell a time.
  var hasNoTimes: Bool { envelope == .nothing && arrival == nil }

  // MARK: The environment of a request

  /// An init begins: where streams have no names, in the next environment.
  mutating func beginUnnamed(into log: inout EventLog) {
    let environment = environments[current.index]
    guard !current.isNamed, environment.identity.id != .none || environment.held != nil else { return }
    current.index = addUnnamed(into: &log)
  }

  /// A request begins; if streams have no names, in an environment that has been initialized for it, or in one that is
  /// not busy.
  mutating func route(beginOf request: RequestID, into log: inout EventLog) {
    if current.isNamed || environments[current.index].identity.initializationType == .managedInstances {
      return
    }
    let initialized = unnamed.places.first {
      environments[$0].openInit != nil && environments[$0].busyWith.isNone
    }
    if initialized == nil, !isBusy(current.index, beside: request) { return }
    if let free = initialized ?? unnamed.places.last(where: { !isBusy($0, beside: request) }) {
      unnamed.use(free)
      current.index = free
    } else {
      current.index = addUnnamed(into: &log)
    }
  }

  private func isBusy(_ index: Int, beside request: RequestID) -> Bool {
    guard let run = environments[index].run ?? environments[index].held, run.request != request else {
      return false
    }
    return current.time - run.begin < Self.longest
  }

  /// A line about a request belongs to the environment that serves it.
  mutating func route(_ request: RequestID) {
    if current.isNamed || environments[current.index].busyWith == request { return }
    guard let place = unnamed.places.last(where: { environments[$0].busyWith == request }) else { return }
    unnamed.use(place)
    current.index = place
  }

  // MARK: START

  mutating func started(_ request: RequestID, into log: inout EventLog) {
    let index = current.index
    guard environments[index].noteBegin(request, at: current.time) else { return }
    release(index, into: &log)
    let run = CloudWatchEnvironment.Run(request: request, begin: current.time)
    if !hasExactTimes || times != .exact && environments[index].initBegan == .never {
      environments[index].held = run
    } else {
      begin(run, into: &log)
    }
  }

  private mutating func begin(_ run: CloudWatchEnvironment.Run, into log: inout EventLog) {
    let index = current.index
    let suppressed = environments[index].identity.suppressedInit
    if suppressed > 0 {
      environments[index].identity.delayed = (run.request, suppressed)
      environments[index].identity.suppressedInit = 0
    }
    environments[index].identity.isInitialized = true
    environments[index].run = run
    emit(.phaseBegan(.invoke), request: run.request, at: run.begin, into: &log)
  }

  /// A line with another time than the START that is held: START has its own.
  @inline(__always)
  mutating func settleHeld(into log: inout EventLog) {
    guard let held = environments[current.index].held, held.begin != current.time else { return }
    if hasExactTimes { times = .exact }
    release(current.index, into: &log)
  }

  /// What was held is told as it was read.
  mutating func release(_ index: Int, into log: inout EventLog) {
    guard var held = environments[index].held else { return }
    if !hasExactTimes { held.begin = max(held.begin, environments[index].freeFrom) }
    environments[index].held = nil
    let before = current.index
    current.index = index
    begin(held, into: &log)
    current.index = before
  }

  // MARK: REPORT

  mutating func reported(_ request: RequestID, _ fields: ReportFields, into log: inout EventLog) {
    let index = current.index
    var report = fields.report
    if let held = environments[index].held, held.request == request {
      environments[index].held = nil
      let run = CloudWatchEnvironment.Run(request: request, begin: begin(of: held, report))
      current.time = max(current.time, run.begin &+ max(0, report.duration))
      if hasNoTimes { untimed = current.time }
      begin(run, into: &log)
    } else if hasNoTimes, report.duration > 0 {
      advance(by: report.duration)
    }
    guard environments[index].noteReport(request, at: current.time) else { return }
    if report.memoryMB >= 0, report.memoryMB != environments[index].identity.described.memoryMB {
      environments[index].identity.described.memoryMB = report.memoryMB
      describe(into: &log)
    }
    complete(&report, of: request, fields, into: &log)
    endInit(with: report, of: request, into: &log)
    let length = invokeLength(
      report, of: request, isTold: hasExactTimes && times != .atEnd, into: &log)
    let end = PhaseEnd(.invoke, outcome: report.outcome, errorType: report.errorType, duration: length)
    emit(.phaseEnded(end), request: request, at: current.time, into: &log)
    emit(.report(report), request: request, at: current.time, into: &log)
    environments[index].endRun(report.outcome, length: length, at: current.time)
  }

  /// Where an invocation began whose START has the time of its REPORT.
  private mutating func begin(of held: CloudWatchEnvironment.Run, _ report: Report) -> Timestamp {
    let environment = environments[current.index]
    let length = max(0, report.duration)
    if environment.openInit != nil {
      return max(held.begin, environment.initBegan + max(0, report.initDuration, report.restoreDuration))
    }
    if hasNoTimes {
      return held.begin + (environment.initIsTold ? 0 : max(0, report.initDuration, report.restoreDuration))
    }
    if envelope == .timeWithoutZone { return max(held.begin, environment.freeFrom) }
    guard envelope == .nothing || times == .atEnd || length >= Self.surelyLonger else { return held.begin }
    if hasExactTimes { times = .atEnd }
    return max(held.begin - length, environment.freeFrom)
  }

  /// Adds what lines in the older style have told of a failure.
  private mutating func complete(
    _ report: inout Report, of request: RequestID, _ fields: ReportFields, into log: inout EventLog
  ) {
    report.errorType = text(fields.errorType, into: &log)
    guard report.outcome == .none else { return }
    report.outcome = .success
    if let fault = environments[current.index].fault, fault.request == request {
      report.outcome = fault.outcome
      report.errorType = fault.errorType
    }
  }

  /// Init Duration: the length of an init whose end nobody told. Without its begin, it ran right before START.
  mutating func endInit(with report: Report, of request: RequestID, into log: inout EventLog) {
    let index = current.index
    let length = max(report.initDuration, report.restoreDuration)
    let isFirst = !environments[index].initIsTold
    environments[index].initIsTold = true
    guard length >= 0, let run = environments[index].run, run.request == request else { return }
    let phase = environments[index].openInit ?? (report.restoreDuration >= 0 ? .restore : .initialization)
    guard isFirst || environments[index].openInit != nil else { return }
    environments[index].openInit = nil
    let end = PhaseEnd(phase, outcome: .success, duration: length)
    emit(.phaseEnded(end), at: run.begin, into: &log)
  }

  /// The length of the invocation itself. Duration includes an init after a reset, which is over before START is
  /// written (execution environment page; real logs). Only a failed one is told; where the log is silent, it is
  /// what Duration has beyond the time between START and END.
  ///
  /// - Parameter isTold: the times of the log are those of its lines.
  mutating func invokeLength(
    _ report: Report, of request: RequestID, isTold: Bool, into log: inout EventLog
  ) -> Nanoseconds {
    let index = current.index
    let delayed = environments[index].identity.delayed
    if !delayed.request.isNone, delayed.request == request {
      environments[index].identity.delayed.request = .none
      return max(-1, report.duration - delayed.initDuration)
    }
    guard isTold, environments[index].wasReset, let run = environments[index].run, run.request == request
    else { return report.duration }
    let seen = CalendarDate.length(from: run.begin, to: max(run.begin, run.end ?? current.time))
    guard seen >= 0, report.duration - seen > Self.tolerance else { return report.duration }
    let end = PhaseEnd(.initialization, outcome: .success, duration: report.duration - seen)
    emit(.phaseEnded(end), at: run.begin, into: &log)
    return seen
  }

  /// Time goes on although nobody tells it.
  mutating func advance(by length: Nanoseconds) {
    untimed = untimed &+ length
    current.time = untimed
  }
}

extension CloudWatchEnvironment {
  /// The request that it works on.
  @inline(__always) var busyWith: RequestID { (run ?? held)?.request ?? .none }

  /// An init or a restore begins.
  /// - Returns: whether it is the first thing that is told of the environment.
  mutating func beginInit(
    _ phase: Phase, at time: Timestamp, type: InitializationType, catalog: inout Catalog
  ) -> Bool {
    initBegan = time
    openInit = phase
    initIsTold = true
    wasReset = false
    return identity.begin(
      function: .none, instance: .none, type: type, isFirstInit: true, catalog: &catalog)
  }

  mutating func endInit(_ outcome: Outcome) {
    openInit = nil
    initIsTold = true
    wasReset = outcome.isBad
  }

  /// - Parameter length: of the invocation; negative if it is not known.
  mutating func endRun(_ outcome: Outcome, length: Nanoseconds, at time: Timestamp) {
    freeFrom = max(time, (run?.begin ?? time) &+ max(0, length))
    run = nil
    fault = nil
    wasReset = outcome.isBad
  }
}
