internal import LambdaLifecycle

/// The order in which environments are listed.
package enum EnvironmentOrder: CaseIterable, Sendable {
  /// The oldest first.
  case age
  /// Those that work before those that wait, the gone last.
  case state
  /// Those with the latest invocation first.
  case activity
  /// By function, with a row of counts above each.
  case function

  var next: EnvironmentOrder {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  var title: String {
    switch self {
    case .age: "by age"
    case .state: "by state"
    case .activity: "by activity"
    case .function: "by function"
    }
  }
}

extension Viewer {
  /// Indexes of the tracks that exist at the moment looked at and pass the filter, in the order chosen.
  func visibleTracks(_ scene: borrowing Scene) -> [Int] {
    let filter = EnvironmentFilter(filter)
    var visible: [Int] = []
    for index in scene.timeline.tracks.indices where scene.timeline.tracks[index].created <= scene.stage.time
    {
      if filter.terms.isEmpty
        || scene.stage.passing?.selection.holds(scene.timeline.tracks[index].id)
          ?? filter.passes(
            scene.timeline.tracks[index], scene.timeline, scene.catalog, at: scene.stage.time,
            inputEnd: scene.stage.inputEnd)
      {
        visible.append(index)
      }
    }
    switch list.order {
    case .age: return visible
    case .state:
      return sorted(visible) {
        scene.timeline.tracks[$0].state(at: scene.stage.time, inputEnd: scene.stage.inputEnd).rank
      }
    case .activity:
      return sorted(visible) { scene.timeline.tracks[$0].sinceLastInvocation(at: scene.stage.time) }
    case .function:
      let ranks = functionRanks(visible, scene)
      return sorted(visible) { ranks[scene.catalog.function(of: scene.timeline.tracks[$0].id)] ?? 0 }
    }
  }

  /// In the order of a key, those with the same key in the order of their age. Each key is made once.
  private func sorted(_ tracks: [Int], by key: (Int) -> Int64) -> [Int] {
    tracks.map { (key: key($0), track: $0) }.sorted { ($0.key, $0.track) < ($1.key, $1.track) }.map(\.track)
  }

  private func functionRanks(
    _ visible: [Int], _ scene: borrowing Scene
  ) -> [Name: Int64] {
    let functions = Set(visible.map { scene.catalog.function(of: scene.timeline.tracks[$0].id) })
    var ranks: [Name: Int64] = [:]
    for (rank, function) in functions.sorted(by: { scene.catalog.text($0) < scene.catalog.text($1) })
      .enumerated()
    {
      ranks[function] = Int64(rank)
    }
    return ranks
  }
}

extension EnvironmentTrack {
  /// How long ago its latest invocation began.
  func sinceLastInvocation(at time: Timestamp) -> Nanoseconds {
    let starts = self[.invoke].starts
    let count = starts.count(upTo: time)
    return count > 0 ? time &- starts.times[count - 1] : .max
  }
}

extension EnvironmentState {
  /// Its rank in a list, in which those that need the eye come first.
  var rank: Int64 {
    switch self {
    case .invoking: 0
    case .resetting: 1
    case .creating: 2
    case .initializing: 3
    case .restoring: 4
    case .publishing: 5
    case .reset: 6
    case .idle: 7
    case .frozen: 8
    case .shuttingDown: 9
    case .unknown: 10
    case .gone: 11
    }
  }
}
