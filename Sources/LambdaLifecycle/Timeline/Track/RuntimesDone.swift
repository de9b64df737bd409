/// Invocations whose runtime is done while extensions may still work, with that moment.
struct RuntimesDone: Sendable {
  private(set) var rows: [(request: Int32, time: Timestamp)] = []

  /// When the runtime was done with a request; nil where that is not known.
  subscript(request: Int32) -> Timestamp? { rows.first { $0.request == request }?.time }

  mutating func add(_ request: Int32, at time: Timestamp) { rows.append((request, time)) }

  /// The invocation is over.
  /// - Returns: when its runtime was done; nil where that is not known.
  @inline(__always)
  mutating func remove(_ request: Int32) -> Timestamp? {
    guard let place = rows.firstIndex(where: { $0.request == request }) else { return nil }
    return rows.remove(at: place).time
  }

  /// A fork takes back what happened after `time`.
  mutating func void(after time: Timestamp) { rows.removeAll { $0.time > time } }

  /// - Parameter places: the new place of each request, -1 where it is gone.
  mutating func renumberRequests(_ places: [Int32]) {
    for index in rows.indices { rows[index].request = places[Int(rows[index].request)] }
    rows.removeAll { $0.request < 0 }
  }

  var reckonedBytes: Int { rows.reckonedBytes }
}
