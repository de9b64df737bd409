/// The spans of one phase of one environment, as two columns: when spans begin and when they end.
///
/// The columns are sorted independently of each other, so overlapping and open spans need nothing special, and a
/// question about a stretch of time costs two binary searches however many spans there are.
package struct Lane: TimedColumn, Equatable, Sendable {
  package var starts = Edges()
  package var ends = Edges()

  package init() {}

  package var isEmpty: Bool { starts.count == 0 }

  package mutating func settle() {
    starts.settle()
    ends.settle()
  }

  package mutating func removeAll(after time: Timestamp) {
    starts.removeAll(after: time)
    ends.removeAll(after: time)
  }

  /// Lets spans go that ended by `time`, but for the last: so what has ever begun is still known to have.
  ///
  /// As many begins go as ends: what is open and what is covered after `time` stays the same.
  mutating func letGo(before time: Timestamp) {
    settle()
    let count = ends.count(upTo: time) - 1
    starts.letGo(first: count)
    ends.letGo(first: count)
  }

  /// Ends the span that is open at `time`, unless it or a later one would then begin after its end. To be called
  /// where spans do not overlap.
  mutating func insertEnd(at time: Timestamp) {
    settle()
    let place = ends.count(upTo: time)
    // The span that ends here, and with it all later ones, must have begun before its end.
    guard place < starts.count, starts.times[place] <= time else { return }
    for later in place..<ends.count {
      guard later + 1 < starts.count, starts.times[later + 1] <= ends.times[later] else { return }
    }
    ends.insert(time)
  }

  /// The span around `time` ends there instead of where it did. To be called where spans do not overlap.
  mutating func cut(at time: Timestamp) {
    settle()
    guard open(at: time) > 0 else { return }
    let next = ends.count(upTo: time)
    guard next < ends.count else { return }
    let end = ends.times[next]
    ends.remove(end)
    ends.insert(time)
  }

  /// The latest begin, if fewer spans end than begin.
  var dangling: Timestamp? { starts.count > ends.count ? starts.times.last : nil }

  /// Time covered by spans up to `time`, plus a constant: subtract two of them.
  /// Σ over begun (time − start) − Σ over ended (time − end), wrapping.
  @inline(__always)
  package func covered(_ time: Timestamp, starts begun: Int, ends ended: Int) -> Int64 {
    (time &* Int64(begun) &- starts.sum(ofFirst: begun)) &- (time &* Int64(ended) &- ends.sum(ofFirst: ended))
  }

  /// How many spans are open at `time`, those that begin then included, those that end then not.
  package func open(at time: Timestamp) -> Int { starts.count(upTo: time) - ends.count(upTo: time) }

  /// The share of the lane that one cell of a picture shows.
  package struct Share: Equatable, Sendable {
    /// Nanoseconds of the cell that spans cover.
    package var covered: Int64
    /// Spans that begin in the cell.
    package var begun: Int32
    /// The covered part touches the cell's left edge.
    package var touchesStart: Bool
    package var touchesEnd: Bool

    package init(covered: Int64 = 0, begun: Int32 = 0, touchesStart: Bool = false, touchesEnd: Bool = false) {
      self.covered = covered
      self.begun = begun
      self.touchesStart = touchesStart
      self.touchesEnd = touchesEnd
    }
  }

  /// Calls `body` for each cell in which the lane has anything; `edges` are the cells' left edges and the right one of
  /// the last. What lies after `limit` is not seen. The cost depends on the number of cells, not of spans.
  @inline(__always)
  package func shares(edges: [Timestamp], limit: Timestamp, _ body: (Int, Share) -> Void) {
    guard let start = edges.first else { return }
    // A cell is half open: what begins at its right edge belongs to the next one.
    var begun = starts.count(upTo: start &- 1)
    var ended = ends.count(upTo: start &- 1)
    if begun == ended, begun == starts.count || starts.times[begun] > limit { return }
    var before = covered(start, starts: begun, ends: ended)
    var left = start
    for column in 0..<edges.count &- 1 {
      if left > limit { return }
      let right = edges[column &+ 1]
      let edge = min(right, limit)
      let last = right <= limit ? right &- 1 : limit
      let nowBegun = starts.count(upTo: last, from: begun)
      let nowEnded = ends.count(upTo: last, from: ended)
      if nowBegun == begun, nowEnded == ended {
        let open = Int64(begun &- ended)
        if open > 0 {
          body(
            column,
            Share(covered: (edge &- left) &* open, touchesStart: true, touchesEnd: right <= limit))
        }
        before = before &+ open &* (edge &- left)
      } else {
        let now = covered(edge, starts: nowBegun, ends: nowEnded)
        body(
          column,
          Share(
            covered: now &- before, begun: Int32(truncatingIfNeeded: nowBegun &- begun),
            touchesStart: begun > ended, touchesEnd: nowBegun > nowEnded && right <= limit))
        before = now
        begun = nowBegun
        ended = nowEnded
      }
      left = right
    }
  }
}
