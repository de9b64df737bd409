/// A moment worth jumping to.
package struct Marker: Timed, Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case created, gone
    case failed(Phase, Outcome)
    /// Lambda's queue has given an event up.
    case dropped(RequestID, reason: Name)
    case setting(Setting, Int64)
    case named(Name)
    case forked
  }
  package var time: Timestamp
  package var environment: EnvironmentID
  /// Whose setting it is; none for all functions', and for what is no setting.
  package var function = Name.none
  package var kind: Kind
}

extension Timeline {
  /// The last marker before `time`.
  package func marker(before time: Timestamp) -> Marker? {
    let place = markers.partitionPoint { $0.time < time }
    return place > 0 ? markers[place - 1] : nil
  }

  /// The first marker after `time`.
  package func marker(after time: Timestamp) -> Marker? {
    let place = markers.partitionPoint { $0.time <= time }
    return place < markers.count ? markers[place] : nil
  }

  /// Moments worth jumping to, in order of time.
  package var markers: [Marker] { @inline(__always) _read { yield session.markerList.rows } }
}
