/// The figures of a session as they stood at a moment.
///
/// Moving forward adds what has happened since; moving back begins anew. It lives outside the frame, so that a frame
/// costs the same at any size.
package struct StatisticsCursor: Sendable {
  private var time = Timestamp.min
  private var answersSeen = 0
  private var initsSeen = 0
  /// Answered requests whose invocation has not ended.
  private var unfinished: [Int32] = []
  private var figures = Statistics()
  private var generation = 0

  package init() {}

  /// The figures of `timeline` at `time`.
  package mutating func statistics(of timeline: borrowing Timeline, at time: Timestamp) -> Statistics {
    if time < self.time || generation != timeline.generation { self = StatisticsCursor() }
    generation = timeline.generation
    self.time = time
    addAnswers(timeline)
    addEnds(timeline)
    while initsSeen < timeline.inits.count, timeline.inits[initsSeen].time <= time {
      figures.initLengths.record(timeline.inits[initsSeen].length)
      initsSeen += 1
    }
    figures.requests = timeline.arrivals.count(upTo: time)
    figures.coldStarts = timeline.coldArrivals.count(upTo: time)
    figures.reinits = timeline.reinits.prefix { $0 <= time }.count
    figures.concurrency = timeline.inFlight.open(at: time)
    figures.peakConcurrency = timeline.peakConcurrency(upTo: time)
    return figures
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
      figures.answered(request.outcome, wait: request.answered &- request.arrival, start: request.start)
      unfinished.append(index)
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
      figures.bill(milliseconds: request.billedMs, memoryMB: request.memoryMB)
    }
  }
}

extension Timeline {
  func peakConcurrency(upTo time: Timestamp) -> Int {
    Int(peaks.last { $0.time <= time }?.count ?? 0)
  }
}
