/// The marks of an environment's function.
struct MarkTable: Sendable {
  /// In order of their begins.
  private(set) var rows: [MarkRow] = []
  /// Places of those whose end was not reported and may still be.
  private(set) var open: [Int32] = []
  /// How many were open at once at most.
  private(set) var depth = 0
  /// Marks that can be open at once; those that are open longer are no longer ended by name.
  private static let mostOpen = 64

  /// How many begin at or before `time`.
  func count(upTo time: Timestamp) -> Int { rows.partitionPoint { $0.start <= time } }

  /// Puts a mark in its place. It is open, unless it is a moment.
  mutating func insert(_ mark: MarkRow) {
    let place = rows.last.map { $0.start <= mark.start } ?? true ? rows.count : count(upTo: mark.start)
    rows.insert(mark, at: place)
    for index in open.indices where open[index] >= place { open[index] += 1 }
    depth = max(depth, mark.depth + 1)
    guard !mark.isMoment else { return }
    if open.count == Self.mostOpen { open.removeFirst() }
    open.append(Int32(place))
  }

  /// Only these may still be ended.
  mutating func keepOpen(_ places: [Int32]) { open = places }

  /// Ends an open mark of that name.
  /// - Parameters:
  ///   - request: -1 for that of any.
  ///   - isOldest: of several the one that has been open for longest, else the innermost.
  /// - Returns: false if there was none.
  mutating func end(_ name: Name, request: Int32, at time: Timestamp, isOldest: Bool) -> Bool {
    func isMeant(_ place: Int32) -> Bool {
      let mark = rows[Int(place)]
      return mark.name == name && mark.start <= time && (request < 0 || mark.request == request)
    }
    guard let found = isOldest ? open.firstIndex(where: isMeant) : open.lastIndex(where: isMeant) else {
      return false
    }
    rows[Int(open.remove(at: found))].end = time
    return true
  }

  /// A fork takes back what happened after `time`.
  mutating func void(after time: Timestamp) {
    rows.removeLast(rows.count - count(upTo: time))
    open = []
    for index in rows.indices {
      if rows[index].end > time { rows[index].end = .never }
      if rows[index].end == .never { open.append(Int32(index)) }
    }
    open.removeFirst(max(0, open.count - Self.mostOpen))
  }

  /// Lets go what began before `horizon` and is not open.
  mutating func letGo(before horizon: Timestamp) {
    let isOpen = open
    let places = rows.compact { place, mark in mark.start > horizon || isOpen.contains(Int32(place)) }
    for index in open.indices { open[index] = places[Int(open[index])] }
  }

  /// - Parameter places: the new place of each request.
  mutating func renumberRequests(_ places: [Int32]) {
    for index in rows.indices where rows[index].request >= 0 {
      rows[index].request = places[Int(rows[index].request)]
    }
  }

  var reckonedBytes: Int { rows.reckonedBytes + open.reckonedBytes }
}
