// Memory that grows with what has happened, as it is reckoned: what the elements take, what a small array has in reserve, and
// what the allocator adds. What a large array has in reserve was never touched, and costs nothing.

/// An array's header, and what the allocator adds.
private let header = 64

extension Array {
  /// Its bytes on the heap; those of its elements there are not counted.
  package var reckonedBytes: Int {
    // An eighth more, for the holes that arrays leave when they grow.
    capacity == 0
      ? 0 : header + Swift.max(count / 8 * 9, Swift.min(capacity, 512)) * MemoryLayout<Element>.stride
  }
}

extension Dictionary {
  /// Its bytes on the heap; those of its keys and values there are not counted.
  package var reckonedBytes: Int {
    // Of four places three are filled before it grows.
    let places = capacity + capacity / 3
    return capacity == 0 ? 0 : header + places * (MemoryLayout<Key>.stride + MemoryLayout<Value>.stride)
  }
}

extension Lane {
  var reckonedBytes: Int { starts.reckonedBytes + ends.reckonedBytes }
}

extension EnvironmentTrack {
  var reckonedBytes: Int {
    var bytes = rows.reckonedBytes + markTable.reckonedBytes + laneTable.reckonedBytes
    bytes += extensionMoments.reckonedBytes + code.reckonedBytes + initReportList.reckonedBytes
    bytes += openRows.reckonedBytes + runtimesDone.reckonedBytes
    return bytes
  }
}

extension Timeline {
  var reckonedBytes: Int {
    var bytes = session.reckonedBytes + tracks.reckonedBytes + trackPlaces.reckonedBytes
    bytes += letGo.environments.reckonedBytes + letGo.late.reckonedBytes + letGo.milestones.reckonedBytes
    for track in tracks { bytes += track.reckonedBytes }
    return bytes
  }
}

extension EventLog {
  /// Of names and texts.
  var reckonedBytes: Int { catalog.reckonedBytes + text.reckonedBytes + events.reckonedBytes }
}

extension EventHistory {
  var reckonedBytes: Int {
    // An entry is in the order, and in its environment's.
    count(of: .all, upTo: .max - 1) * (MemoryLayout<Entry>.stride + MemoryLayout<Int>.stride) + placesBytes
  }
}

extension RequestLedger {
  var reckonedBytes: Int {
    requests.reckonedBytes + attempts.reckonedBytes + payloads.reckonedBytes + columns.reckonedBytes
  }
}
