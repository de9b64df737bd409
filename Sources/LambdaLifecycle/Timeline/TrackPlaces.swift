/// Where the track of each environment lies.
struct TrackPlaces: Sendable {
  /// By the index of an environment; -1 where it has none.
  private var places: [Int32] = []

  var reckonedBytes: Int { places.reckonedBytes }

  /// nil where it has no track.
  @inline(__always)
  subscript(environment: EnvironmentID) -> Int? {
    guard environment.index < places.count, places[environment.index] >= 0 else { return nil }
    return Int(places[environment.index])
  }

  mutating func add(_ environment: EnvironmentID, _ place: Int) {
    while places.count <= environment.index { places.append(-1) }
    places[environment.index] = Int32(place)
  }

  /// Some tracks have gone.
  mutating func rebuild(_ tracks: [EnvironmentTrack]) {
    for index in places.indices { places[index] = -1 }
    for (place, track) in tracks.enumerated() { places[track.id.index] = Int32(place) }
  }
}
