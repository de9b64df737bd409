package import LambdaLifecycle

/// The part of a session that is exported.
package struct ExportSelection: Sendable {
  package var timeline: Timeline
  package var catalog: Catalog
  package var start: Timestamp
  package var end: Timestamp
  package var names: NameSelection
  /// The function's name, if there is one only.
  private let soleFunction: String?

  /// - Parameters:
  ///   - start: nil for the beginning of the session, or of the stretch that its figures count.
  ///   - end: nil for its end.
  package init(
    _ timeline: Timeline, _ catalog: Catalog, start: Timestamp? = nil, end: Timestamp? = nil,
    names: NameSelection = NameSelection()
  ) {
    self.timeline = timeline
    self.catalog = catalog
    let first = timeline.isEmpty ? 0 : timeline.beginOfFigures
    self.start = start ?? first
    self.end = end ?? (timeline.isEmpty ? 0 : timeline.last)
    self.names = names
    let functions = Set(timeline.tracks.map { catalog.function(of: $0.id) }).subtracting([.none])
    soleFunction = functions.count == 1 ? functions.first.map(catalog.text) : nil
  }

  /// The environments that lived in it, in order of their creation.
  package var tracks: [EnvironmentTrack] {
    timeline.tracks.filter {
      $0.created <= end && $0.gone >= start && names.contains($0.id, of: .none, catalog)
    }.sorted {
      ($0.created, $0.id.index) < ($1.created, $1.id.index)
    }
  }

  /// The spans of a track that reach into it.
  package func spans(of track: EnvironmentTrack) -> [Span] {
    track.spans(timeline.requests).filter { $0.start <= end && ($0.end ?? .never) >= start }
  }

  /// Places of the requests under way in it, in order of arrival; those of other environments are left out.
  package var requests: [Int] {
    timeline.requests.indices.filter { place in
      let request = timeline.requests[place]
      let over = max(request.answered, request.ended)
      return request.arrival <= end && over >= start
        && names.contains(request.environment, of: request.function, catalog)
    }.sorted { (timeline.requests[$0].arrival, $0) < (timeline.requests[$1].arrival, $1) }
  }

  /// The function's name, or a stand-in.
  package func function(of environment: EnvironmentID) -> String {
    standIn(for: environment == .none ? "" : catalog.text(catalog.function(of: environment)))
  }

  /// The name of the function that a request was for, even if it never came to an environment; or a stand-in.
  package func function(of request: RequestRow) -> String {
    request.environment == .none
      ? standIn(for: catalog.text(request.function)) : function(of: request.environment)
  }

  /// Where there is one function, rows without a name are its.
  private func standIn(for name: String) -> String {
    name.isEmpty ? soleFunction ?? "function" : name
  }
}
