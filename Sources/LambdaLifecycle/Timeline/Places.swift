// The places of invocations that run at once in one environment, as Managed Instances have them: an invocation takes
// the first that is free. The lanes of an environment without such have no places.

extension EnvironmentTrack {
  /// How many places have a lane of their own; the last one has what has no place beside.
  package static let placeLimit = 8

  /// Places that have been used, 0 where invocations never run at once.
  package var places: Int { laneTable.places }

  /// The first place that no open invocation has.
  func freePlace() -> UInt8 {
    let taken = openRows.map { rows[Int($0)] }.filter { $0.phase == .invoke }.map(\.place)
    return (0...UInt8.max).first { !taken.contains($0) } ?? .max
  }

  /// A span of a phase, not of a single extension, has begun.
  mutating func insertStart(_ row: SpanRow) {
    self[row.phase].starts.insert(row.start)
    guard let place = lane(of: row) else { return }
    while places <= place { laneTable.addPlace() }
    self[.invocation(place)].starts.insert(row.start)
  }

  mutating func insertEnd(_ row: SpanRow) {
    self[row.phase].ends.insert(row.end)
    if let place = lane(of: row) { self[.invocation(place)].ends.insert(row.end) }
  }

  mutating func removeEnd(_ row: SpanRow) {
    self[row.phase].ends.remove(row.end)
    if let place = lane(of: row) { self[.invocation(place)].ends.remove(row.end) }
  }

  mutating func insertFailure(_ row: SpanRow, _ index: LaneIndex) {
    self[index].starts.insert(row.end)
    if let place = lane(of: row) { self[.failedInvocation(place)].starts.insert(row.end) }
  }

  private func lane(of row: SpanRow) -> Int? {
    row.place.map { min(Int($0), Self.placeLimit - 1) }
  }
}
