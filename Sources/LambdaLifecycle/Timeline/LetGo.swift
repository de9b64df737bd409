// Letting the oldest detail go, so that days of watching stay within a bound.
//
// Spans that ended before a moment, the horizon, are taken out of lanes, rows and requests. Their share of
// the figures stays in them: a tally counted up to the horizon is where later counting begins. Of each
// environment the latest span of each phase stays, however old, because its state and later reports of it
// follow from those.

/// The past that is no longer kept.
struct LetGo: Sendable {
  /// The figures of everything up to the horizon.
  var tally = StatisticsTally()
  enum Environment: Sendable {
    /// It had ended: nothing more can be reported of it.
    case gone
    /// Nothing had been heard of it for long.
    case silent
  }
  var environments: [EnvironmentID: Environment] = [:]
  /// Their events that had come late.
  var late: [EnvironmentID: Int] = [:]
  /// How far events had come at some moments, in order: by it a horizon is chosen.
  var milestones: [(time: Timestamp, events: Int)] = []
  var allowance = Allowance()
  /// Events when memory was reckoned last.
  var reckonedAt = 0
}

extension Timeline {
  /// Before this, detail has been let go; nil while everything is kept.
  package var keptFrom: Timestamp? { session.horizon == .min ? nil : session.horizon }

  /// Lets the oldest detail go if there is more than is to be kept. To be called after folding, when all is settled.
  /// - Parameters:
  ///   - others: what a session needs beside the timeline, where memory is what is bounded.
  ///   - measured: the memory of the whole program, in bytes; nil where nobody knows.
  package mutating func keep(
    _ keep: Keep, beside others: @autoclosure () -> Int = 0, measured: @autoclosure () -> Int? = nil
  ) {
    let step = 4_096
    if eventCount - (letGo.milestones.last?.events ?? 0) >= step {
      letGo.milestones.append((last, eventCount))
    }
    switch keep {
    case .time(let length):
      // An eighth more than is wanted, so that it is not done at every event.
      guard last &- length &- length / 8 > first else { return }
      letGo(before: last &- length)
    case .events(let count):
      guard keptEvents > count + max(count / 8, step) else { return }
      letGo(before: moment(ofEvent: eventCount - count))
    case .bytes(let limit):
      // Every environment is looked at: the more there are, the less often.
      guard eventCount - letGo.reckonedAt >= max(4 * step, tracks.count) else { return }
      letGo.reckonedAt = eventCount
      let (bytes, others) = (reckonedBytes, others())
      guard
        let allowed = letGo.allowance.bytes(reckoned: bytes + others, measured: measured(), limit: limit)
      else { return }
      // However much the rest needs, something is kept.
      let room = max(allowed - others, allowed / 8)
      guard bytes > room else { return }
      // An eighth less than may be kept, so that it is not done again at once.
      let share = Double(room / 8 * 7) / Double(bytes)
      letGo(before: moment(ofEvent: eventCount - Int(Double(keptEvents) * share)))
    }
  }

  private var keptEvents: Int { eventCount - (letGo.milestones.first?.events ?? 0) }

  /// About when events had come that far.
  private func moment(ofEvent number: Int) -> Timestamp {
    let place = letGo.milestones.partitionPoint { $0.events <= number }
    return place > 0 ? letGo.milestones[place - 1].time : session.horizon
  }

  /// Lets detail go that was over before `horizon`.
  mutating func letGo(before horizon: Timestamp) {
    guard horizon > max(first, session.horizon), horizon <= last else { return }
    settle()
    countLetGo(upTo: horizon)
    session.horizon = horizon
    session.first = horizon
    letGo.milestones.removeFirst(max(0, letGo.milestones.partitionPoint { $0.time <= horizon } - 1))
    letGoEnvironments(before: horizon)
    for index in tracks.indices {
      tracks[index].letGo(before: horizon, session.described, requests)
    }
    letGoRequests(before: horizon)
    take(.letGo(before: horizon))
    session.ledger.revise(from: .min)
  }

  /// Counts what is about to go.
  private mutating func countLetGo(upTo horizon: Timestamp) {
    var tally = letGo.tally
    tally.advance(to: horizon, self)
    tally.answersSeen = 0
    tally.initsSeen = 0
    tally.billsSeen = 0
    // Anything before a part is in no figure.
    let begin = figuresBegin
    func lost(_ edges: Edges) -> Int {
      edges.count(upTo: horizon) - (begin == .min ? 0 : edges.count(upTo: min(horizon, begin &- 1)))
    }
    tally.figures.requests += lost(arrivals)
    tally.figures.coldStarts += lost(coldArrivals)
    tally.figures.reinits += lost(reinitArrivals)
    tally.figures.initializedAhead += lost(aheadArrivals)
    tally.figures.retries += retries.prefix { $0.time <= horizon }.count { $0.time >= begin }
    tally.figures.dropped += drops.prefix { $0.time <= horizon }.count { $0.time >= begin }
    letGo.tally = tally
  }

  private mutating func letGoEnvironments(before horizon: Timestamp) {
    for track in tracks {
      if track.gone <= horizon {
        letGo.environments[track.id] = .gone
      } else if track.silentFrom <= horizon, track.lastEvent <= horizon {
        letGo.environments[track.id] = .silent
      } else {
        letGo.environments[track.id] = nil
      }
    }
    for index in tracks.indices { tracks[index].creation.setReturned(false) }
    for track in tracks where track.late > 0 && letGo.environments[track.id] != nil {
      letGo.late[track.id, default: 0] += track.late
    }
    let gone = letGo.environments
    removeTracks { gone[$0.id] != nil }
  }

  /// Requests that were over go, but for those that a row which stays belongs to.
  private mutating func letGoRequests(before horizon: Timestamp) {
    var isNeeded = [Bool](repeating: false, count: requests.count)
    for track in tracks { track.forEachRequest { isNeeded[Int($0)] = true } }
    session.inFlight.forEach { isNeeded[Int($0)] = true }
    for request in letGo.tally.unfinished { isNeeded[Int(request)] = true }
    let places = session.ledger.letGo(before: horizon, needed: isNeeded)
    for index in letGo.tally.unfinished.indices {
      letGo.tally.unfinished[index] = places[Int(letGo.tally.unfinished[index])]
    }
    for index in tracks.indices { tracks[index].renumberRequests(places) }
    session.inFlight.renumber(places)
  }
}
