/// The counts up to a moment.
struct StatisticsTally: Sendable {
  var time = Timestamp.min
  var answersSeen = 0
  var initsSeen = 0
  var billsSeen = 0
  /// Answered requests whose invocation has not ended.
  var unfinished: [Int32] = []
  var figures = Statistics()
  /// Where there are several functions.
  var functions: [Name: FunctionAccount] = [:]

  mutating func advance(to time: Timestamp, _ timeline: borrowing Timeline) {
    self.time = time
    addAnswers(timeline)
    addEnds(timeline)
    while initsSeen < timeline.inits.count, timeline.inits[initsSeen].time <= time {
      let known = timeline.inits[initsSeen]
      if known.time &- known.length >= timeline.figuresBegin {
        figures.recordInit(known.length, isRestore: known.isRestore)
      }
      initsSeen += 1
    }
    while billsSeen < timeline.initBills.count, timeline.initBills[billsSeen].time <= time {
      if timeline.initBills[billsSeen].time >= timeline.figuresBegin {
        let bill = timeline.initBills[billsSeen]
        figures.billing.add(bill)
        if timeline.functions.count > 1 { functions[bill.function, default: FunctionAccount()].add(bill) }
      }
      billsSeen += 1
    }
  }

  private mutating func addAnswers(_ timeline: borrowing Timeline) {
    while answersSeen < timeline.answers.count {
      let index = timeline.answers[answersSeen]
      let request = timeline.requests[Int(index)]
      guard request.answered <= time else { return }
      answersSeen += 1
      guard request.arrival >= timeline.figuresBegin else { continue }
      if request.isThrottled {
        figures.throttles += 1
        figures.throttlesByReason[request.throttleReason, default: 0] += 1
        continue
      }
      if request.environment == .none { figures.refused += 1 }
      figures.answered(request.outcome, wait: request.wait, start: request.start)
      if timeline.functions.count > 1 { addWait(of: request, timeline) }
      unfinished.append(index)
    }
  }

  private mutating func addWait(of request: RequestRow, _ timeline: borrowing Timeline) {
    guard !request.outcome.isBad, let function = timeline.function(of: request.environment),
      let wait = request.wait
    else { return }
    switch request.start {
    case .cold: functions[function, default: FunctionAccount()].waits.cold.record(wait)
    case .warm, .ahead: functions[function, default: FunctionAccount()].waits.warm.record(wait)
    case .reinit: break
    }
  }

  private mutating func addEnds(_ timeline: borrowing Timeline) {
    let time = time
    var ended: [RequestRow] = []
    unfinished.removeAll { index in
      let request = timeline.requests[Int(index)]
      guard request.ended <= time else { return false }
      ended.append(request)
      return true
    }
    for request in ended {
      if request.duration >= 0 { figures.durations.record(request.duration) }
      figures.billing.add(request)
      if timeline.functions.count > 1, let function = timeline.function(of: request.environment) {
        functions[function, default: FunctionAccount()].add(request)
      }
    }
  }
}
