/// How many requests were in flight, cell by cell of a picture.
package struct ConcurrencyCurve: Equatable, Sendable {
  /// The most at once in each cell; a cell after the limit has none.
  package var cells: [Int]
  /// False where a cell has too many changes to look at each: then its value is the least that there were at its most.
  package var isExact: Bool

  package var peak: Int { cells.max() ?? 0 }
}

extension Timeline {
  /// Requests in flight in each cell; `edges` are the cells' left edges and the right one of the last. What lies after
  /// `limit` is not seen. The cost depends on the number of cells, not of requests.
  package func concurrency(edges: [Timestamp], limit: Timestamp) -> ConcurrencyCurve {
    let lane = population.requests
    var curve = ConcurrencyCurve(cells: [], isExact: true)
    guard let start = edges.first else { return curve }
    curve.cells.reserveCapacity(edges.count)
    var begun = lane.starts.count(upTo: start &- 1)
    var ended = lane.ends.count(upTo: start &- 1)
    var left = start
    for next in edges.dropFirst() {
      guard left <= limit else { break }
      let right = min(next &- 1, limit)
      let nowBegun = lane.starts.count(upTo: right, from: begun)
      let nowEnded = lane.ends.count(upTo: right, from: ended)
      if nowBegun - begun + nowEnded - ended <= Self.changesLookedAt {
        curve.cells.append(lane.mostOpen(from: left, begun..<nowBegun, ended..<nowEnded))
      } else {
        let covered =
          lane.covered(right &+ 1, starts: nowBegun, ends: nowEnded)
          &- lane.covered(left, starts: begun, ends: ended)
        let mean = Int(covered / max(1, right &+ 1 &- left))
        curve.cells.append(max(mean, nowBegun - nowEnded))
        curve.isExact = false
      }
      begun = nowBegun
      ended = nowEnded
      left = next
    }
    return curve
  }

  /// Requests in flight in each cell on average; a cell ends at `limit`, which is the last moment that is seen.
  package func meanConcurrency(edges: [Timestamp], limit: Timestamp) -> [Double] {
    zip(edges, edges.dropFirst()).map { left, right in
      guard left <= limit else { return 0 }
      let end = min(right, limit &+ 1)
      let lane = population.requests
      let before = lane.covered(
        left, starts: lane.starts.count(upTo: left), ends: lane.ends.count(upTo: left))
      let after = lane.covered(end, starts: lane.starts.count(upTo: end), ends: lane.ends.count(upTo: end))
      return Double(after &- before) / Double(max(1, end &- left))
    }
  }

  /// Changes in a cell of which each is looked at.
  private static let changesLookedAt = 64
}

extension Lane {
  /// The most spans open at once from a moment on, while these begin and end. At one moment, ends come first.
  fileprivate func mostOpen(from start: Timestamp, _ begins: Range<Int>, _ finishes: Range<Int>) -> Int {
    var end = finishes.lowerBound
    while end < finishes.upperBound, ends.times[end] <= start { end += 1 }
    var open = begins.lowerBound - end
    var most = open
    for begin in begins {
      while end < finishes.upperBound, ends.times[end] <= starts.times[begin] {
        open -= 1
        end += 1
      }
      open += 1
      most = max(most, open)
    }
    return most
  }
}
