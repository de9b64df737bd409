internal import LambdaLifecycle

// From one error, cold start, throttle or shutdown to the next.

extension Landmark {
  fileprivate var title: String {
    switch self {
    case .error: "error"
    case .coldStart: "cold start"
    case .throttle: "throttle"
    case .shutdown: "shutdown"
    case .marker: "marker"
    }
  }
}

extension Timeline {
  /// The name that somebody has given to the moment.
  /// - Parameter place: how many named moments lie before it: it distinguishes several of one moment.
  fileprivate func markerName(at time: Timestamp, before place: Int) -> Name? {
    let names = markers.lazy.filter { $0.time == time }.compactMap { marker -> Name? in
      if case .named(let name) = marker.kind { name } else { nil }
    }
    let first = landmarks[.marker].partitionPoint { $0.time < time }
    return names.dropFirst(place - first).first ?? names.first
  }
}

extension Viewer {
  /// Looks at the next one, or the one before, and selects its environment.
  mutating func jump(to kind: Landmark, forward: Bool, _ scene: borrowing Scene) -> Answer {
    let all = landmarks(kind, scene)
    guard let place = place(in: all, forward: forward, scene.timeline, from: scene.stage.time) else {
      if all.isEmpty {
        let throttles = kind == .error ? landmarks(.throttle, scene).count : 0
        let other = throttles > 0 ? "; y goes to the \(grouped(throttles)) throttled" : ""
        return .tell("there is no \(kind.title) so far\(ofWhatPasses)\(other)")
      }
      let rest = all.count == 1 ? "there is one" : "there are \(grouped(all.count))"
      return .tell("no \(forward ? "later" : "earlier") \(kind.title)\(ofWhatPasses) than here; \(rest)")
    }
    let found = all[place]
    var words = titled("\(kind.title) \(grouped(place + 1)) of \(grouped(all.count))")
    if kind == .marker, let name = scene.timeline.markerName(at: found.time, before: place) {
      words += ": \(scene.catalog.text(name))"
    }
    if let track = scene.timeline.track(found.environment) {
      selection.choose(track.id)
      words += ": \(environmentName(track.id, scene))"
    }
    return move(.jump(moment(of: found, scene.timeline), words))
  }

  /// The end of a message on a search in vain.
  var ofWhatPasses: String { isFiltered ? " that passes the filter" : "" }

  /// All of a kind that pass the filter. Where that depends on the moment, it is asked at each one's own: there it is seen.
  private func landmarks(
    _ kind: Landmark, _ scene: borrowing Scene
  ) -> [Landmarks.Place] {
    let filter = EnvironmentFilter(filter)
    guard filter.dependsOnTime, kind != .marker, let whole = scene.stage.passing?.landmarks else {
      return scene.timeline.landmarks[kind]
    }
    return whole[kind].filter { place in
      guard let track = scene.timeline.track(place.environment) else { return false }
      return filter.passes(
        track, scene.timeline, scene.catalog, at: moment(of: place, scene.timeline),
        inputEnd: scene.stage.inputEnd)
    }
  }

  private func place(
    in all: [Landmarks.Place], forward: Bool, _ timeline: borrowing Timeline, from time: Timestamp
  ) -> Int? {
    if forward {
      let place = all.partitionPoint { $0.time <= time }
      return place < all.count ? place : nil
    }
    var place = all.partitionPoint { $0.time < time } - 1
    // One that is shown a little after its own moment is not the one before.
    while place >= 0, moment(of: all[place], timeline) >= time { place -= 1 }
    return place >= 0 ? place : nil
  }

  /// The moment from which it and its environment can be seen.
  private func moment(of found: Landmarks.Place, _ timeline: borrowing Timeline) -> Timestamp {
    max(found.time, timeline.track(found.environment)?.created ?? found.time)
  }
}
