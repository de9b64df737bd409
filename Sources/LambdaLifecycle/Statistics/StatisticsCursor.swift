/// The waits of the callers of one function for good answers.
package struct Waits: Sendable {
  package var cold = Quantiles()
  package var warm = Quantiles()
}

/// The figures of a session as they stood at a moment.
///
/// Moving forward adds what has happened since; moving back goes on from the nearest moment that was kept. It lives outside the frame, so that a frame
/// costs the same at any size.
package struct StatisticsCursor: Sendable {
  private var tally = StatisticsTally()
  /// Tallies in order of time, one for every 65,536 answers that were counted.
  private var kept: [StatisticsTally] = []
  private var generation = 0
  private static let answersBetween = 1 << 16

  package init() {}

  /// The figures of `timeline` at `time`.
  package mutating func statistics(of timeline: borrowing Timeline, at time: Timestamp) -> Statistics {
    follow(timeline)
    // Back, or on past tallies that were kept: from the nearest of them.
    let nearest = kept.last { $0.time <= time }
    if time < tally.time {
      tally = nearest ?? timeline.letGo.tally
    } else if let nearest, nearest.time > tally.time {
      tally = nearest
    }
    // On a long way tallies are kept, each at the moment of an answer.
    while let answer = nextStop(timeline), answer < time {
      let stop = max(answer, tally.time)
      tally.advance(to: stop, timeline)
      guard tally.answersSeen > kept.last?.answersSeen ?? 0 else { break }
      kept.append(tally)
    }
    tally.advance(to: time, timeline)
    var figures = tally.figures
    let begin = timeline.figuresBegin
    func count(_ times: borrowing Edges) -> Int {
      times.count(upTo: time) - (begin == .min ? 0 : times.count(upTo: min(time, begin - 1)))
    }
    figures.requests += count(timeline.arrivals)
    figures.coldStarts += count(timeline.coldArrivals)
    figures.reinits += count(timeline.reinitArrivals)
    figures.initializedAhead += count(timeline.aheadArrivals)
    figures.retries += timeline.retries.partitionPoint { $0.time <= time }
    figures.dropped += timeline.drops.partitionPoint { $0.time <= time }
    if begin != .min {
      figures.retries -= timeline.retries.partitionPoint { $0.time < begin && $0.time <= time }
      figures.dropped -= timeline.drops.partitionPoint { $0.time < begin && $0.time <= time }
    }
    figures.population = timeline.population.population(at: time)
    return figures
  }

  /// Forgets what the timeline has changed of the past since it was looked at last.
  private mutating func follow(_ timeline: borrowing Timeline) {
    guard generation != timeline.generation else { return }
    let isNext = generation + 1 == timeline.generation
    generation = timeline.generation
    kept.removeAll { !isNext || $0.time >= timeline.revisedFrom }
    if !isNext || tally.time >= timeline.revisedFrom { tally = kept.last ?? timeline.letGo.tally }
  }

  /// The figures of each function at the moment that was asked for last, but for provisioned concurrency; empty where there is
  /// only one.
  package var accounts: [Name: FunctionAccount] { tally.functions }

  /// The figures of one of several functions at the moment that was asked for last, with what its provisioned concurrency
  /// has been held for.
  package func figures(of function: Name, _ timeline: borrowing Timeline) -> FunctionAccount {
    var figures = tally.functions[function] ?? FunctionAccount()
    timeline.billProvisioned(of: function, until: tally.time, in: &figures.billing)
    return figures
  }

  /// The moment of the next tally to keep, if there are as many answers.
  private func nextStop(_ timeline: borrowing Timeline) -> Timestamp? {
    let answer = (kept.last?.answersSeen ?? 0) + Self.answersBetween
    guard answer < timeline.answers.count else { return nil }
    return timeline.requests[Int(timeline.answers[answer])].answered
  }
}
