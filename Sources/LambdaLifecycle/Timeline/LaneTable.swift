/// The lanes of an environment.
struct LaneTable: TimedColumn, Sendable {
  typealias Index = EnvironmentTrack.LaneIndex

  private(set) var lanes = Array(repeating: Lane(), count: Index.count)
  /// How many spans of each lane are not kept; empty as long as all are.
  private var spansLetGo: [Int] = []

  subscript(index: Index) -> Lane {
    @inline(__always) _read { yield lanes[index.rawValue] }
    @inline(__always) _modify { yield &lanes[index.rawValue] }
  }

  subscript(phase: Phase) -> Lane {
    @inline(__always) _read { yield lanes[Int(phase.rawValue)] }
    @inline(__always) _modify { yield &lanes[Int(phase.rawValue)] }
  }

  /// Places that have been used by invocations that run at once; 0 where they never do.
  var places: Int { (lanes.count - Index.count) / 2 }

  /// There are lanes for one more of those places.
  mutating func addPlace() { lanes += [Lane(), Lane()] }

  /// How many spans of a lane are no longer kept.
  func letGoCount(_ index: Index) -> Int {
    index.rawValue < spansLetGo.count ? spansLetGo[index.rawValue] : 0
  }

  mutating func settle() {
    for index in lanes.indices { lanes[index].settle() }
  }

  mutating func removeAll(after time: Timestamp) {
    for index in lanes.indices { lanes[index].removeAll(after: time) }
  }

  mutating func letGo(before horizon: Timestamp) {
    while spansLetGo.count < lanes.count { spansLetGo.append(0) }
    for index in lanes.indices {
      // Moments have no ends.
      if lanes[index].ends.count == 0, isMoments(index) {
        lanes[index].starts.letGo(before: horizon)
      } else {
        let count = lanes[index].starts.count
        lanes[index].letGo(before: horizon)
        spansLetGo[index] += count - lanes[index].starts.count
      }
    }
  }

  private func isMoments(_ index: Int) -> Bool {
    Index.failures.contains { $0.rawValue == index } || index >= Index.count && (index - Index.count) % 2 == 1
  }

  var reckonedBytes: Int {
    lanes.reduce(lanes.reckonedBytes + spansLetGo.reckonedBytes) { $0 + $1.reckonedBytes }
  }
}
