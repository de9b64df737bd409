// The part that all environments share, for readers of a timeline.

extension Timeline {
  /// Errors, cold starts, throttles and shutdowns.
  package var landmarks: Landmarks { @inline(__always) _read { yield session.landmarks } }
  /// When anything happened, in any environment.
  package var activity: Activity { @inline(__always) _read { yield session.activity } }
  /// Environments and requests in flight at every moment.
  var population: PopulationHistory { @inline(__always) _read { yield session.population } }
  /// When the session began, whether or not that is still kept; `.never` before the first event.
  package var beginning: Timestamp { session.beginning }
  /// The first and the last moment of which anything is known; `first` is `.never` before the first event.
  package var first: Timestamp { session.first }
  package var last: Timestamp { session.last }
  /// Events that arrived after a later one of their environment.
  package var late: Int { session.late }
  package var duplicates: Int { session.duplicates }
  /// Transitions that the table of legal ones does not allow.
  package var anomalies: Int { session.anomalies }
}
