internal import LambdaLifecycle

extension Viewer {
  /// Rows of single extensions, by the index of their environment: as many as there is room for beside all others, the
  /// selected environment's first. One extension is its lane.
  func extensionLanes(
    in rows: [EnvironmentRow], _ timeline: borrowing Timeline, at time: Timestamp, room: Int
  ) -> [Int: [EnvironmentRow.Lane]] {
    var tracks = rows.filter { $0.content == .lane(.extensionInit) }.map(\.track)
    if let place = tracks.firstIndex(where: { timeline.tracks[$0].id == selected }) {
      tracks.insert(tracks.remove(at: place), at: 0)
    }
    var lanes: [Int: [EnvironmentRow.Lane]] = [:]
    var left = room
    for track in tracks where left >= 2 {
      let names = timeline.tracks[track].namedExtensions(at: time)
      guard names.count > 1 else { continue }
      let shown = names.count <= left ? names.count : left - 1
      var own = names.prefix(shown).map(EnvironmentRow.Lane.ofExtension)
      if shown < names.count { own.append(.moreExtensions(names.count - shown)) }
      lanes[track] = own
      left -= own.count
    }
    return lanes
  }

  /// The label of a lane. An extension's name comes from outside: it is cut to the label's width.
  func title(
    of lane: EnvironmentRow.Lane, _ track: borrowing EnvironmentTrack, _ catalog: Catalog, width: Int
  ) -> String {
    switch lane {
    case .create: return track.source.title(of: .create)
    case .ofExtension(let name): return "  " + clipped(catalog.text(name), to: width - 2)
    default: return lane.title
    }
  }
}
