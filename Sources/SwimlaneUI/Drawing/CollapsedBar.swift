internal import LambdaLifecycle

extension BarPainter {
  /// The phases of a collapsed bar. Init's parts come before what may overlap them.
  private static let phases: [Phase] = Phase.allCases

  /// Draws all phases of an environment as one bar: in each cell the two largest shares.
  func paintCollapsed(
    _ track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int, column first: Int,
    _ viewport: Viewport,
    limit: Timestamp
  ) {
    let count = viewport.columns
    var shares = [Lane.Share](repeating: Lane.Share(), count: count * Phase.allCases.count)
    for phase in Self.phases {
      collect(track[phase], phase, viewport, limit, &shares)
    }
    var inferred = [Bool](repeating: false, count: count)
    track[.inferredFrozen].shares(
      from: viewport.left, width: viewport.perCell, columns: count, limit: limit
    ) { column, share in
      inferred[column] = true
      shares[column * Phase.allCases.count + Int(Phase.frozen.rawValue)] = share
    }
    var dominant = [Phase?](repeating: nil, count: count)
    for column in 0..<count {
      let base = column * Phase.allCases.count
      guard
        let cell = mixed(
          shares[base..<base + Phase.allCases.count], viewport.perCell, inferred[column], &dominant[column])
      else { continue }
      frame[first + column, row] = cell
    }
    writeLetters(dominant, into: &frame, row: row, column: first)
  }

  private func collect(
    _ lane: borrowing Lane, _ phase: Phase, _ viewport: Viewport, _ limit: Timestamp,
    _ shares: inout [Lane.Share]
  ) {
    lane.shares(
      from: viewport.left, width: viewport.perCell, columns: viewport.columns, limit: limit
    ) { column, share in shares[column * Phase.allCases.count + Int(phase.rawValue)] = share }
  }

  /// One cell of several phases. Frozen is a faint line that anything else covers.
  private func mixed(
    _ shares: ArraySlice<Lane.Share>, _ width: Nanoseconds, _ inferred: Bool, _ dominant: inout Phase?
  ) -> Cell? {
    var largest: (phase: Phase, share: Lane.Share)?
    var second: (phase: Phase, share: Lane.Share)?
    for phase in Phase.allCases where phase != .frozen {
      let share = shares[shares.startIndex + Int(phase.rawValue)]
      guard share.covered > 0 || share.begun > 0 else { continue }
      if largest.map({ share.covered > $0.share.covered }) ?? true {
        second = largest
        largest = (phase, share)
      } else if second.map({ share.covered > $0.share.covered }) ?? true {
        second = (phase, share)
      }
    }
    let frozen = shares[shares.startIndex + Int(Phase.frozen.rawValue)]
    guard let largest else {
      guard frozen.covered > 0 else { return nil }
      return Cell(inferred ? glyphs.dot : glyphs.frozen, Style(.frozen))
    }
    let style = style(largest.phase)
    guard let second, style.isSolid, self.style(second.phase).isSolid else {
      if largest.share.covered &* 2 >= width { dominant = largest.phase }
      return cell(largest.share, width: width, style)
    }
    dominant = largest.phase
    // Two phases in a cell: the one that comes in from the left fills its part of it.
    let left = second.share.touchesStart && !largest.share.touchesStart ? second : largest
    let right = left.phase == largest.phase ? second : largest
    let total = max(1, left.share.covered &+ right.share.covered)
    let eighths = Int((left.share.covered &* 8 &+ total / 2) / total)
    return Cell(
      Self.block(min(7, max(1, eighths))),
      Style(self.style(left.phase).role, on: self.style(right.phase).role))
  }

  /// Phases carry their letter where the bar is wide enough.
  private func writeLetters(_ dominant: [Phase?], into frame: inout Frame, row: Int, column first: Int) {
    guard hasColor, !glyphs.isASCII else { return }
    var start = 0
    while start < dominant.count {
      var end = start + 1
      while end < dominant.count, dominant[end] == dominant[start] { end += 1 }
      if let phase = dominant[start], end - start >= 3 {
        let style = style(phase)
        let middle = first + (start + end - 1) / 2
        if style.letter != " ", style.isSolid, frame[middle, row].glyph == glyphs.full.value {
          frame[middle, row] = Cell(style.letter, Style(.ink, on: style.role, .bold))
        }
      }
      start = end
    }
  }
}
