package import LambdaLifecycle

/// The part of a session that is exported.
package struct ExportSelection: Sendable {
  package var timeline: Timeline
  package var catalog: Catalog
  package var start: Timestamp
  package var end: Timestamp
  /// Environments whose name, or whose function's, has one of these texts in it; all where there is none.
  package var names: [String]

  /// - Parameters:
  ///   - start: nil for the beginning of the session.
  ///   - end: nil for its end.
  package init(
    _ timeline: Timeline, _ catalog: Catalog, start: Timestamp? = nil, end: Timestamp? = nil,
    names: [String] = []
  ) {
    self.timeline = timeline
    self.catalog = catalog
    let first = timeline.isEmpty ? 0 : timeline.first
    self.start = start ?? first
    self.end = end ?? (timeline.isEmpty ? 0 : timeline.last)
    self.names = names
  }

  /// The environments that lived in it, in order of their creation.
  package var tracks: [EnvironmentTrack] {
    timeline.tracks.filter { $0.created <= end && $0.gone >= start && isNamed($0.id) }.sorted {
      ($0.created, $0.id.index) < ($1.created, $1.id.index)
    }
  }

  private func isNamed(_ environment: EnvironmentID) -> Bool {
    guard !names.isEmpty else { return true }
    let texts = [catalog.text(environment), catalog.text(catalog.function(of: environment))].map {
      $0.lowercased()
    }
    return names.contains { name in texts.contains { $0.contains(name.lowercased()) } }
  }

  /// The spans of a track that reach into it.
  package func spans(of track: EnvironmentTrack) -> [Span] {
    track.spans(timeline.requests).filter { $0.start <= end && ($0.end ?? .never) >= start }
  }

  /// Places of the requests under way in it, in order of arrival; those of other environments are left out.
  package var requests: [Int] {
    let named = names.isEmpty ? nil : Set(tracks.map(\.id))
    return timeline.requests.indices.filter { place in
      let request = timeline.requests[place]
      let over = max(request.answered, request.ended)
      return request.arrival <= end && over >= start && named?.contains(request.environment) != false
    }.sorted { (timeline.requests[$0].arrival, $0) < (timeline.requests[$1].arrival, $1) }
  }

  /// The function's name, or a stand-in.
  package func function(of environment: EnvironmentID) -> String {
    let name = environment == .none ? "" : catalog.text(catalog.function(of: environment))
    return name.isEmpty ? "function" : name
  }
}
