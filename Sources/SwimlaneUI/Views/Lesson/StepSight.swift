internal import LambdaLifecycle

// What a step of a lesson speaks of is in sight when the clock holds there.

extension Viewer {
  /// The stretch of time of which the step's sentence speaks: the latest span of its lane, or the latest request; nil
  /// where it speaks of no moment.
  func spokenOf(_ run: LessonRun, _ timeline: borrowing Timeline, at time: Timestamp) -> ClosedRange<
    Timestamp
  >? {
    switch run.step.view.part {
    case .lane(let phase):
      guard let selected, let track = timeline.track(selected) else { return nil }
      return track.latestStretch(of: phase, at: time)
    case .requests, .statistics:
      guard let last = timeline.lastRequest(upTo: time) else { return nil }
      let request = timeline.requests[last]
      return request.arrival...max(request.arrival, min(request.answered, time))
    case .source, .memory, nil: return nil
    }
  }

  /// Moves the picture, and only where it has to zooms out, so that all of a stretch is in it with the moment looked at.
  mutating func bringIntoSight(_ stretch: ClosedRange<Timestamp>, now: Timestamp, _ squeeze: Squeeze) {
    let first = min(stretch.lowerBound, now)
    let last = max(stretch.upperBound, now)
    if first >= viewport.left, last < viewport.right { return }
    let room = viewport.columns - 2 * Self.sightMargin
    let needed = (last &- first) / max(1, viewport.perCell) &+ 1
    if needed > Int64(room) {
      viewport.show(
        (last &- first) &* Int64(viewport.columns) / Int64(max(1, room)), endingNear: last,
        at: viewport.columns - 1 - Self.sightMargin, notBefore: first, squeeze)
    } else {
      viewport.show(
        viewport.perCell &* Int64(viewport.columns) &- 1, endingNear: last,
        at: min(viewport.columns - 1 - Self.sightMargin, Int(needed) + Self.sightMargin), notBefore: first,
        squeeze)
    }
  }

  /// Columns that stay free at both edges.
  private static let sightMargin = 2

  /// What came just before is in the picture as well, as long as there is free room on the right.
  mutating func useRoom(from first: Timestamp, now: Timestamp, _ squeeze: Squeeze) {
    guard first < viewport.left else { return }
    let needed = (now &- first) / max(1, viewport.perCell) &+ 1
    guard needed <= Int64(viewport.columns - 2 * Self.sightMargin) else { return }
    viewport.show(
      viewport.perCell &* Int64(viewport.columns) &- 1, endingNear: now,
      at: Int(needed) + Self.sightMargin, notBefore: first, squeeze)
  }
}

extension LessonRun {
  /// The stretch of time that the step in sight shows: its own, or that of the last step before it which has one.
  var window: Nanoseconds? {
    // A lesson ends with all of it in sight.
    if isAtEnd { return step.view.window ?? .never }
    return lesson.steps[...shown].last { $0.view.window != nil }?.view.window
  }
}

extension EnvironmentTrack {
  /// The latest span of a phase that has begun by a moment, up to then.
  fileprivate func latestStretch(of phase: Phase, at time: Timestamp) -> ClosedRange<Timestamp>? {
    let lanes: [LaneIndex] = phase == .frozen ? [.phase(.frozen), .inferredFrozen] : [.phase(phase)]
    let begins = lanes.compactMap { lane -> (begin: Timestamp, end: Timestamp)? in
      let count = self[lane].starts.count(upTo: time)
      guard count > 0 else { return nil }
      let begin = self[lane].starts.times[count - 1]
      let ended = self[lane].ends.count(upTo: time)
      let end = self[lane].open(at: time) > 0 || ended == 0 ? time : self[lane].ends.times[ended - 1]
      return (begin, max(begin, end))
    }
    return begins.max { $0.begin < $1.begin }.map { $0.begin...$0.end }
  }
}
