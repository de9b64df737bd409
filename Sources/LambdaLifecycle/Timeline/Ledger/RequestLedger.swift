/// The ledger of requests: when they arrived, who has them, how they ended, what they had to wait for, and
/// what is billed.
///
/// A request is known by its place among `requests`. Which environments have it, and what else follows from that, is the
/// fold's.
struct RequestLedger: TimedColumns, Sendable {
  /// Nearly in the order of their arrival.
  private(set) var requests: [RequestRow] = []
  private(set) var attempts = AttemptIndex()
  /// Of those requests whose payloads were reported.
  private(set) var payloads: [RequestID: RequestPayloads] = [:]
  private(set) var columns = FigureColumns()
  /// The earliest moment of something that came late: to be put in order before it is read.
  private var staleFrom = Timestamp.never
  /// How many answers were in order when they were put in order last.
  private var answersInOrder = 0
  /// Counts the times that the past has changed.
  private(set) var generation = 0
  /// From when on the latest of these changes holds.
  private(set) var revisedFrom = Timestamp.min

  // MARK: What comes

  /// Takes in a request that is new.
  mutating func add(
    _ id: RequestID, arrival: Timestamp, _ environment: EnvironmentID, _ function: Name,
    arrivalIsTold: Bool = false
  ) -> Int32 {
    let place = Int32(requests.count)
    requests.append(
      RequestRow(
        id: id, arrival: arrival, environment: environment, function: function, arrivalIsTold: arrivalIsTold))
    columns.arrivals.insert(arrival)
    if let retry = attempts.add(place, to: &requests), !columns.retries.append(Retry(time: retry)) {
      markStale(from: retry)
    }
    return place
  }

  /// Nothing more can be reported of a request without an id: another one may come.
  @inline(__always)
  mutating func forgetNameless() { attempts.remove(.none) }

  /// An attempt is over, if it is.
  mutating func forget(_ request: Int32, _ sources: EnvironmentSources) {
    attempts.forget(request, requests, sources)
  }

  /// Lambda's queue gives an event up: there will be no further attempt.
  /// - Returns: false if that is known.
  mutating func drop(_ id: RequestID, _ reason: Name, at time: Timestamp) -> Bool {
    guard !columns.drops.rows.suffix(64).contains(where: { $0.time == time && $0.request == id }) else {
      return false
    }
    if !columns.drops.append(DroppedEvent(time: time, request: id, reason: reason)) { markStale(from: time) }
    if let latest = attempts[id], requests[Int(latest)].isOver { attempts.remove(id) }
    return true
  }

  mutating func add(_ payload: Payload, of request: RequestID) {
    payloads[request, default: RequestPayloads()].take(payload)
  }

  mutating func add(_ length: InitLength) {
    if !columns.inits.append(length) { markStale(from: length.time) }
  }

  mutating func add(_ bill: InitBill) {
    if !columns.initBills.append(bill) { markStale(from: bill.time) }
  }

  // MARK: A request's way

  /// It is for an environment that its source does not name.
  mutating func assignToUnnamed(_ request: Int32) { requests[Int(request)].environment = .none }

  /// An environment has it from `time` on.
  /// - Returns: false if another one had it already.
  @inline(__always)
  mutating func take(_ request: Int32, by environment: EnvironmentID, at time: Timestamp) -> Bool {
    let place = Int(request)
    requests[place].environment = environment
    guard !requests[place].isRunning else { return false }
    requests[place].isRunning = true
    requests[place].taken = time
    return true
  }

  /// No environment has it any more.
  /// - Returns: false if none had it.
  @inline(__always)
  mutating func release(_ request: Int32) -> Bool {
    guard requests[Int(request)].isRunning else { return false }
    requests[Int(request)].isRunning = false
    return true
  }

  /// Its invocation has ended; how long it took is not known.
  mutating func end(_ request: Int32, at time: Timestamp) { requests[Int(request)].ended = time }

  /// Its invocation, which began at `begin`, has ended.
  mutating func end(_ request: Int32, at time: Timestamp, begun begin: Timestamp) {
    let place = Int(request)
    requests[place].ended = time
    // Of a log without times, what took no time has not been measured.
    if time > begin || requests[place].arrivalIsTold { requests[place].duration = time &- begin }
  }

  /// It has not ended, after all; its end will be reported anew.
  mutating func reopen(_ request: Int32) {
    requests[Int(request)].ended = .never
    requests[Int(request)].isRunning = true
  }

  mutating func answer(_ request: Int32, _ outcome: Outcome, _ errorType: Name, at time: Timestamp) {
    let place = Int(request)
    requests[place].answered = time
    requests[place].outcome = outcome
    requests[place].errorType = errorType
    noteAnswer(request)
    if outcome.isBad { columns.badAnswers.insert(time) }
  }

  /// Its answer was taken for a good one.
  /// - Returns: false if it was not.
  mutating func correctAnswer(_ request: Int32, _ outcome: Outcome, _ errorType: Name) -> Bool {
    let known = requests[Int(request)]
    guard known.answered != .never, !known.outcome.isBad else { return false }
    requests[Int(request)].outcome = outcome
    requests[Int(request)].errorType = errorType
    columns.badAnswers.insert(known.answered)
    markStale(from: known.answered)
    // Lambda may try the event again.
    attempts.remember(known.id, request)
    return true
  }

  /// - Returns: false if that is known.
  mutating func throttle(_ request: Int32, _ reason: Name, _ function: Name, at time: Timestamp) -> Bool {
    let place = Int(request)
    guard !requests[place].isThrottled else { return false }
    requests[place].isThrottled = true
    if requests[place].function == .none { requests[place].function = function }
    requests[place].throttleReason = reason
    requests[place].answered = time
    columns.badAnswers.insert(time)
    noteAnswer(request)
    return true
  }

  private mutating func noteAnswer(_ request: Int32) {
    if let last = columns.answers.last, requests[Int(request)].answered < requests[Int(last)].answered {
      markStale(from: requests[Int(request)].answered)
    }
    columns.answers.append(request)
  }

  /// Takes in what a report bills; to be asked once for a request.
  mutating func bill(_ request: Int32, _ report: Report, _ tariff: Tariff?, _ architecture: Architecture?) {
    requests[Int(request)].take(report, tariff, architecture)
  }

  /// A length that was measured, rather than the sum of spans with rounded times.
  mutating func measure(_ request: Int32, _ duration: Nanoseconds) {
    requests[Int(request)].duration = duration
    if requests[Int(request)].ended != .never { markStale(from: requests[Int(request)].ended) }
  }

  /// Notes what a request waited for, and since when.
  /// - Parameter horizon: what arrived before has been let go: it is counted, and stays as it was.
  /// - Returns: the request as it was known; nil if nothing has changed.
  mutating func setWait(
    of request: Int32, since arrival: Timestamp, _ start: StartKind, horizon: Timestamp
  ) -> RequestRow? {
    let place = Int(request)
    let known = requests[place]
    let isLetGo = known.arrival < horizon
    let arrival = isLetGo ? known.arrival : arrival
    guard known.start != start || known.arrival != arrival, !isLetGo || known.start == .warm else {
      return nil
    }
    requests[place].start = start
    requests[place].arrival = arrival
    if known.arrival != arrival {
      columns.arrivals.remove(known.arrival)
      columns.arrivals.insert(arrival)
      if known.isRunning || known.ended != .never { requests[place].taken = arrival }
    }
    columns.forget(known.start, at: known.arrival)
    columns.note(start, at: arrival)
    // Who has counted its wait must count again.
    if known.answered != .never { markStale(from: known.answered) }
    return known
  }

  // MARK: Order

  /// Something of the past that figures are counted from has come late.
  mutating func markStale(from time: Timestamp) { staleFrom = min(staleFrom, time) }

  /// The past from `time` on has changed: who has counted it must count again.
  mutating func revise(from time: Timestamp) {
    generation += 1
    revisedFrom = time
    answersInOrder = min(answersInOrder, columns.answers.count)
  }

  /// Does it to each column. Answers are put in order with them, and go with requests.
  mutating func take(_ step: ColumnStep) {
    if case .settle = step { settleAnswers() }
    columns.take(step)
  }

  private mutating func settleAnswers() {
    if staleFrom != .never {
      revise(from: staleFrom)
      let times = requests
      // Answers earlier than all that came late are in their place.
      let stale = staleFrom
      let done = columns.answers[..<answersInOrder].partitionPoint { times[Int($0)].answered < stale }
      columns.answers[done...].sort { (times[Int($0)].answered, $0) < (times[Int($1)].answered, $1) }
      staleFrom = .never
    }
    answersInOrder = columns.answers.count
  }

  // MARK: What goes

  /// Restricts it to what happened up to `time`. Requests that arrived later go, wherever they lie: late ones are not in
  /// order. To be called when all is settled.
  /// - Returns: the new place of each request, -1 if it is gone.
  mutating func void(after time: Timestamp, _ sources: EnvironmentSources) -> [Int32] {
    columns.answers.removeAll { requests[Int($0)].answered > time }
    let places = requests.compact { $1.arrival <= time }
    for index in requests.indices { requests[index].void(after: time) }
    renumber(places)
    attempts.rebuild(requests, sources)
    return places
  }

  /// Lets go what was over before `horizon`, but for those requests that are needed.
  /// - Returns: the new place of each request, -1 if it is gone.
  mutating func letGo(before horizon: Timestamp, needed isNeeded: [Bool]) -> [Int32] {
    let answers = columns.answers.partitionPoint { requests[Int($0)].answered <= horizon }
    columns.answers.removeFirst(answers)
    let places = requests.compact { isNeeded[$0] || $1.lastMoment > horizon }
    renumber(places)
    attempts.renumber(places)
    if !payloads.isEmpty {
      let kept = Set(requests.map(\.id))
      payloads = payloads.filter { kept.contains($0.key) }
    }
    return places
  }

  private mutating func renumber(_ places: [Int32]) {
    for index in requests.indices where requests[index].previousAttempt >= 0 {
      requests[index].previousAttempt = places[Int(requests[index].previousAttempt)]
    }
    columns.answers = columns.answers.map { places[Int($0)] }.filter { $0 >= 0 }
  }

  /// Has the figures of some requests alone.
  mutating func show(_ columns: FigureColumns) { self.columns = columns }
}
