internal import LambdaLifecycle

/// The contents of a cell of a collapsed bar: its two largest phases, and whether it is frozen otherwise.
private struct CellMix {
  var largest: Phase?
  var largestCovered: Int64 = 0
  var largestTouchesStart = false
  var largestTouchesEnd = false
  var largestBegun = false
  var second: Phase?
  var secondCovered: Int64 = 0
  var secondTouchesStart = false
  var isFrozen = false
  var isInferred = false

  @inline(__always)
  mutating func add(_ phase: Phase, _ share: Lane.Share) {
    if largest == nil || share.covered > largestCovered {
      second = largest
      secondCovered = largestCovered
      secondTouchesStart = largestTouchesStart
      largest = phase
      largestCovered = share.covered
      largestTouchesStart = share.touchesStart
      largestTouchesEnd = share.touchesEnd
      largestBegun = share.begun > 0
    } else if second == nil || share.covered > secondCovered {
      second = phase
      secondCovered = share.covered
      secondTouchesStart = share.touchesStart
    }
  }
}

extension BarPainter {
  /// Draws all phases of an environment as one bar: in each cell the two largest shares.
  func paintCollapsed(
    _ track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int, column first: Int,
    _ viewport: Viewport,
    limit: Timestamp, hasLetters: Bool = true
  ) {
    var mixes = [CellMix](repeating: CellMix(), count: viewport.columns)
    for phase in Phase.allCases where phase != .frozen && !track[phase].isEmpty {
      track[phase].shares(edges: viewport.edges, limit: limit) { column, share in
        if share.covered > 0 || share.begun > 0 { mixes[column].add(phase, share) }
      }
    }
    track[.frozen].shares(edges: viewport.edges, limit: limit) { column, share in
      if share.covered > 0 { mixes[column].isFrozen = true }
    }
    track[.inferredFrozen].shares(edges: viewport.edges, limit: limit) { column, share in
      if share.covered > 0 { mixes[column].isInferred = true }
    }
    for column in mixes.indices {
      if let cell = cell(mixes[column], viewport.width(of: column)) { frame[first + column, row] = cell }
    }
    outline(track[.inferredFrozen], into: &frame, row: row, column: first, viewport, limit: limit)
    if hasLetters { writeLetters(mixes, into: &frame, row: row, column: first) }
  }

  /// One cell of several phases. Frozen is a faint line that anything else covers.
  private func cell(_ mix: CellMix, _ width: Nanoseconds) -> Cell? {
    guard let largest = mix.largest else {
      if mix.isFrozen { return Cell(glyphs.frozen, Style(.frozen)) }
      return mix.isInferred ? Cell(inferred.glyph, Style(inferred.role)) : nil
    }
    let style = style(largest)
    guard let second = mix.second, style.isSolid, self.style(second).isSolid else {
      let share = Lane.Share(
        covered: mix.largestCovered, begun: mix.largestBegun ? 1 : 0, touchesStart: mix.largestTouchesStart,
        touchesEnd: mix.largestTouchesEnd)
      return cell(share, width: width, style)
    }
    // The space that both leave free in the cell shows how little they are of its time.
    let both = mix.largestCovered &+ mix.secondCovered
    guard both &* 8 >= width &* 7 else {
      let share = Lane.Share(
        covered: both, begun: 1, touchesStart: mix.largestTouchesStart || mix.secondTouchesStart,
        touchesEnd: mix.largestTouchesEnd)
      return cell(share, width: width, style)
    }
    // Two phases in a full cell: the one that comes in from the left fills its part of it.
    let isSwapped = mix.secondTouchesStart && !mix.largestTouchesStart
    let (left, right) = isSwapped ? (second, largest) : (largest, second)
    let covered = isSwapped ? mix.secondCovered : mix.largestCovered
    let total = max(1, mix.largestCovered &+ mix.secondCovered)
    let eighths = Int((covered &* 8 &+ total / 2) / total)
    return Cell(Self.block(min(7, max(1, eighths))), Style(self.style(left).role, on: self.style(right).role))
  }

  /// Phases carry their letter where the bar is wide enough.
  private func writeLetters(
    _ mixes: [CellMix], into frame: inout Frame, row: Int, column first: Int
  ) {
    var start = 0
    while start < mixes.count {
      var end = start + 1
      let look = mixes[start].largest.map(look(of:))
      while end < mixes.count, mixes[end].largest.map(self.look(of:)) == look { end += 1 }
      if let phase = mixes[start].largest, end - start >= 3 {
        let middle = first + (start + end - 1) / 2
        let style = style(phase)
        if style.letter != " ", frame[middle, row].glyph == style.glyph.value {
          frame[middle, row] = letter(of: phase)
        }
      }
      start = end
    }
  }

  /// The look that makes neighbours one bar: their colour, and their pattern because the parts of a shutdown
  /// share the colour.
  private func look(of phase: Phase) -> UInt64 {
    let style = style(phase)
    return UInt64(style.role.rawValue) << 32 | UInt64(style.glyph.value)
  }

  /// A phase's letter as it stands in its bar: on its colour, or between its patterns.
  func letter(of phase: Phase) -> Cell {
    let style = style(phase)
    return Cell(style.letter, textLook(style))
  }

  /// The colours of what comes before the first invocation.
  private static let rolesOfStart = Phase.allCases.filter { $0.isInitOrRestore || $0.family == .create }
    .map(\.look.role)

  /// A tick where an environment began with a cold start that is too short to be seen.
  func markColdStart(
    of track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int, column first: Int,
    _ viewport: Viewport, limit: Timestamp
  ) {
    let phases: [Phase]
    switch track.initializationType {
    case .snapStart: phases = [.restore]
    case .provisionedConcurrency, .managedInstances: return
    default: phases = Phase.inits
    }
    var begin = Timestamp.never
    for phase in phases {
      if let time = track[phase].starts.times.first { begin = min(begin, time) }
    }
    let column = viewport.column(of: begin)
    guard begin <= limit, column >= 0, column < viewport.columns else { return }
    let style = frame[first + column, row].style
    let shown = [style.foreground, style.background]
    if !shown.contains(where: Self.rolesOfStart.contains) {
      frame[first + column, row] = Cell(glyphs.coldRequest, Style(.strong, on: .screen, .bold))
    }
  }
}
