internal import LambdaLifecycle

// The subject of a lesson's step is in sight when the clock holds there.

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
