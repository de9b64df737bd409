internal import LambdaLifecycle

/// How many environments of a fleet do what, cell by cell of a picture: means over a cell's time, so that half a second of
/// init is not eight minutes of it.
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
  private static let looked = 300

  /// - Parameters:
  ///   - tracks: indexes of the environments that count.
  ///   - isWhole: they are all there are.
  init(
    _ tracks: [Int], isWhole: Bool, _ timeline: borrowing Timeline, _ viewport: Viewport, limit: Timestamp
  ) {
    var alive = [Int64](repeating: 0, count: viewport.columns)
    var starting = alive
    var running = alive
    let looks = !isWhole || tracks.count <= Self.looked
    for index in tracks {
      let (first, last) = (timeline.tracks[index].created, min(timeline.tracks[index].gone, limit &+ 1))
      guard first <= limit, first < viewport.right, last > viewport.left else { continue }
      cover(first, last, viewport, &alive)
      cover(first, min(timeline.tracks[index].readied, last), viewport, &starting)
      guard looks else { continue }
      timeline.tracks[index][.invoke].shares(edges: viewport.edges, limit: limit) {
        running[$0] += $1.covered
      }
    }
    let flight = looks ? [] : timeline.meanConcurrency(edges: viewport.edges, limit: limit)
    let refused = timeline.landmarks[.throttle].map(\.time)
    var before = refused.partitionPoint { $0 < viewport.left }
    for column in 0..<viewport.columns where viewport.time(of: column) <= limit {
      // The cell of the moment looked at ends there.
      let end = min(viewport.time(of: column + 1), limit &+ 1)
      let width = Double(max(1, end &- viewport.time(of: column)))
      var cell = Cell()
      cell.starting = Double(starting[column]) / width
      cell.running = looks ? Double(running[column]) / width : max(0, flight[column] - cell.starting)
      cell.idle = max(0, Double(alive[column]) / width - cell.starting - cell.running)
      let seen = refused.partitionPoint { $0 < viewport.time(of: column + 1) && $0 <= limit }
      cell.refused = max(0, seen - before)
      before = max(before, seen)
      cells.append(cell)
    }
  }
}

/// Adds the time from `begin` to `end` to the cells that it lies in.
private func cover(_ begin: Timestamp, _ end: Timestamp, _ viewport: Viewport, _ cells: inout [Int64]) {
  guard end > begin, end > viewport.left, begin < viewport.right else { return }
  let first = max(0, viewport.column(of: begin))
  let last = min(viewport.columns - 1, viewport.column(of: end &- 1))
  guard first <= last else { return }
  for column in first...last {
    cells[column] &+= min(end, viewport.time(of: column + 1)) &- max(begin, viewport.time(of: column))
  }
}

extension EnvironmentTrack {
  /// When its first init or its restore was over; `.never` before.
  fileprivate var readied: Timestamp {
    let ends = [Phase.restore, .functionInit, .initialization, .extensionInit, .runtimeInit].compactMap {
      self[$0].ends.times.first
    }
    return self[.restore].isEmpty ? ends.max() ?? self[.invoke].starts.times.first ?? .never : ends[0]
  }
}
