/// What the callers of one function waited for good answers.
package struct Waits: Sendable {
  package var cold = Quantiles()
  package var warm = Quantiles()
}

/// The figures of a session as they stood at a moment.
///
/// Moving forward adds what has happened since; moving back goes on from the nearest moment that was kept. It lives outside the frame, so that a frame
/// costs the same at any size.
package struct StatisticsCursor: Sendable {
  /// What has been counted up to a moment.
  fileprivate struct Tally: Sendable {
    var time = Timestamp.min
    var answersSeen = 0
    var initsSeen = 0
    var billsSeen = 0
    /// Answered requests whose invocation has not ended.
    var unfinished: [Int32] = []
    var figures = Statistics()
    /// Where there are several functions.
    var waits: [Name: Waits] = [:]
  }

  private var tally = Tally()
  /// Tallies in order of time, one for every 65,536 answers that were counted.
  private var kept: [Tally] = []
  private var generation = 0
  private static let answersBetween = 1 << 16

  package init() {}

  /// The figures of `timeline` at `time`.
  package mutating func statistics(of timeline: borrowing Timeline, at time: Timestamp) -> Statistics {
    if generation != timeline.generation { self = StatisticsCursor() }
    generation = timeline.generation
    if time < tally.time { tally = kept.last { $0.time <= time } ?? Tally() }
    // On a long way tallies are kept, each at the moment of an answer.
    while let answer = nextStop(timeline), answer < time {
      let stop = max(answer, tally.time)
      tally.advance(to: stop, timeline)
      guard tally.answersSeen > kept.last?.answersSeen ?? 0 else { break }
      kept.append(tally)
    }
    tally.advance(to: time, timeline)
    var figures = tally.figures
    figures.requests = timeline.arrivals.count(upTo: time)
    figures.coldStarts = timeline.coldArrivals.count(upTo: time)
    figures.reinits = timeline.reinitArrivals.count(upTo: time)
    figures.retries = timeline.retries.partitionPoint { $0 <= time }
    figures.dropped = timeline.drops.partitionPoint { $0.time <= time }
    figures.population = timeline.population.population(at: time)
    return figures
  }

  /// What the callers of a function had waited at the moment that was asked for last; nil where there is only one.
  package func waits(of function: Name) -> Waits? { tally.waits[function] }

  /// The moment of the next tally to keep, if there are as many answers.
  private func nextStop(_ timeline: borrowing Timeline) -> Timestamp? {
    let answer = (kept.last?.answersSeen ?? 0) + Self.answersBetween
    guard answer < timeline.answers.count else { return nil }
    return timeline.requests[Int(timeline.answers[answer])].answered
  }
}

extension StatisticsCursor.Tally {
  mutating func advance(to time: Timestamp, _ timeline: borrowing Timeline) {
    self.time = time
    addAnswers(timeline)
    addEnds(timeline)
    while initsSeen < timeline.inits.count, timeline.inits[initsSeen].time <= time {
      let (_, length, isRestore) = timeline.inits[initsSeen]
      figures.recordInit(length, isRestore: isRestore)
      initsSeen += 1
    }
    while billsSeen < timeline.initBills.count, timeline.initBills[billsSeen].time <= time {
      figures.billing.add(timeline.initBills[billsSeen])
      billsSeen += 1
    }
  }

  private mutating func addAnswers(_ timeline: borrowing Timeline) {
    while answersSeen < timeline.answers.count {
      let index = timeline.answers[answersSeen]
      let request = timeline.requests[Int(index)]
      guard request.answered <= time else { return }
      answersSeen += 1
      if request.isThrottled {
        figures.throttles += 1
        continue
      }
      if request.environment == .none { figures.refused += 1 }
      figures.answered(request.outcome, wait: request.answered &- request.arrival, start: request.start)
      if timeline.functions.count > 1 { addWait(of: request, timeline) }
      unfinished.append(index)
    }
  }

  private mutating func addWait(of request: RequestRow, _ timeline: borrowing Timeline) {
    guard !request.outcome.isBad, let function = timeline.function(of: request.environment) else { return }
    let wait = request.answered &- request.arrival
    switch request.start {
    case .cold: waits[function, default: Waits()].cold.record(wait)
    case .warm: waits[function, default: Waits()].warm.record(wait)
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
    }
  }
}
