internal import LambdaLifecycle

/// The number of a fleet's environments in each state, cell by cell of a picture: means over a cell's time,
/// so that half a second of init is not eight minutes of it.
struct FleetCurve: Equatable {
  struct Cell: Equatable {
    /// Environments that are created or initialized for the first time.
    var starting = 0.0
    /// Environments that have a request.
    var running = 0.0
    /// Environments that have none.
    var idle = 0.0
    /// Requests that no environment took, in all.
    var refused = 0

    var all: Double { starting + running + idle }
  }

  private(set) var cells: [Cell] = []

  /// The most in a cell.
  var most: Double { cells.map(\.all).max() ?? 0 }

  /// Of more environments than this, those that run are counted by requests in flight.
  private static let mostLookedAt = 300

  /// - Parameter tracks: indexes of the environments that count: all that the timeline has in the picture.
  init(_ tracks: [Int], _ timeline: borrowing Timeline, _ viewport: Viewport, limit: Timestamp) {
    var alive = CellTimes(viewport, limit: limit)
    var starting = alive
    var running = [Int64](repeating: 0, count: viewport.columns)
    let looks = tracks.count <= Self.mostLookedAt
    for index in tracks where timeline.tracks[index].created <= limit {
      let (first, last) = (timeline.tracks[index].created, min(timeline.tracks[index].gone, limit &+ 1))
      alive.cover(first, last)
      starting.cover(first, min(timeline.tracks[index].readied(by: limit), last))
      guard looks else { continue }
      timeline.tracks[index][.invoke].shares(edges: viewport.edges, limit: limit) {
        running[$0] &+= $1.covered
      }
    }
    let flight = looks ? [] : timeline.meanConcurrency(edges: viewport.edges, limit: limit)
    let (existing, beginning) = (alive.means, starting.means)
    let refused = timeline.landmarks[.throttle]
    var before = refused.partitionPoint { $0.time < viewport.left }
    for column in 0..<viewport.columns where viewport.time(of: column) <= limit {
      // The cell of the moment looked at ends there.
      let end = min(viewport.time(of: column + 1), limit &+ 1)
      let width = Double(max(1, end &- viewport.time(of: column)))
      var cell = Cell()
      cell.starting = beginning[column]
      cell.running = looks ? Double(running[column]) / width : max(0, flight[column] - cell.starting)
      cell.idle = max(0, existing[column] - cell.starting - cell.running)
      let seen = refused.partitionPoint { $0.time < viewport.time(of: column + 1) && $0.time <= limit }
      cell.refused = max(0, seen - before)
      before = max(before, seen)
      cells.append(cell)
    }
  }
}

/// The part of each cell's time that stretches cover. A stretch costs two cells, however many it lies over.
private struct CellTimes {
  private let viewport: Viewport
  private let limit: Timestamp
  /// The covered part of each cell, beside whole cells.
  private var parts: [Double]
  /// Where whole cells begin and end to be covered.
  private var steps: [Int]

  init(_ viewport: Viewport, limit: Timestamp) {
    self.viewport = viewport
    self.limit = limit
    parts = Array(repeating: 0, count: viewport.columns)
    steps = Array(repeating: 0, count: viewport.columns + 1)
  }

  mutating func cover(_ begin: Timestamp, _ end: Timestamp) {
    let (begin, end) = (max(begin, viewport.left), min(end, viewport.right))
    guard end > begin else { return }
    let first = min(max(0, viewport.column(of: begin)), viewport.columns - 1)
    let last = min(max(first, viewport.column(of: end &- 1)), viewport.columns - 1)
    steps[first] += 1
    steps[last + 1] -= 1
    parts[first] -= Double(begin &- viewport.time(of: first))
    parts[last] -= Double(viewport.time(of: last + 1) &- end)
  }

  /// Covered at once in each cell, on average up to the moment looked at.
  var means: [Double] {
    var open = 0
    return (0..<viewport.columns).map { column in
      open += steps[column]
      let whole = viewport.time(of: column + 1) &- viewport.time(of: column)
      let seen = min(viewport.time(of: column + 1), limit &+ 1) &- viewport.time(of: column)
      let covered = Double(open) * Double(whole) + parts[column]
      return max(0, covered) / Double(max(1, seen))
    }
  }
}

extension EnvironmentTrack {
  /// When its first init or its restore was over, as far as is known by a moment: it waits for a request or has one.
  /// `.never` while it starts.
  fileprivate func readied(by time: Timestamp) -> Timestamp {
    let uses = [self[.invoke].starts, self[.frozen].starts, self[.inferredFrozen].starts]
    let first = uses.compactMap { $0.times.first }.min() ?? .never
    if first <= time { return first }
    // A Managed Instance is not frozen.
    guard initializationType == .managedInstances else { return .never }
    guard Phase.inits.allSatisfy({ self[$0].open(at: time) == 0 }) else { return .never }
    return Phase.inits.compactMap { self[$0].ends.times.first }.filter { $0 <= time }.max() ?? .never
  }
}
