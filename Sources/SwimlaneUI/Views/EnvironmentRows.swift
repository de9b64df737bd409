internal import LambdaLifecycle

/// The rows of the environment list: a head row for each, and its lanes where it is expanded.
struct EnvironmentRow: Equatable {
  enum Content: Equatable {
    case head(isExpanded: Bool)
    case lane(Lane)
    /// The name and the counts of the function to which the rows below belong.
    case group
    /// An empty row that sets an expanded environment apart.
    case gap
    /// So many environments that ended before the picture begins.
    case folded(Int)
  }

  /// The lanes of an expanded environment, in their order on screen.
  enum Lane: Equatable {
    case create, restore, extensionInit
    /// One of several extensions, below the lane of all.
    case ofExtension(Name)
    /// So many extensions more, for which there is no room.
    case moreExtensions(Int)
    case runtimeInit, functionInit, invoke, frozen, shutdown
    /// One of the invocations that run at once in a Managed Instance.
    case invocation(Int)
    /// Marks of the function; those inside of others have rows of their own.
    case marks(Int)
  }

  /// Marks deeper inside of others share the last row.
  static let markRows = 3

  /// Index into the timeline's tracks.
  var track: Int
  var content: Content

  /// Rows of the screen that it takes. What has no bar stays thin, and so does the faint line of frozen time.
  func height(_ thickness: RowThickness) -> Int {
    switch content {
    case .head(isExpanded: true), .gap, .group, .folded, .lane(.frozen), .lane(.marks), .lane(.ofExtension),
      .lane(.moreExtensions):
      1
    case .head(isExpanded: false): thickness.bars
    case .lane: thickness.lanes
    }
  }
}

/// Rows of the screen that a row of the list takes.
struct RowThickness: Equatable, Sendable {
  /// A lane of an expanded environment.
  var lanes: Int
  /// An environment that is one bar. It stays thin but for a projector, so that to open one moves none above it.
  var bars: Int
}

extension [EnvironmentRow] {
  /// Rows of the screen that all of them take.
  func height(_ thickness: RowThickness) -> Int { reduce(0) { $0 + $1.height(thickness) } }
}

extension EnvironmentTrack {
  /// The lanes it has: always these six, with a row for each of several invocations at once; create, restore and marks
  /// only where they occurred.
  var screenLanes: [EnvironmentRow.Lane] {
    var lanes: [EnvironmentRow.Lane] = []
    if !self[.create].isEmpty { lanes.append(.create) }
    if !self[.restore].isEmpty { lanes.append(.restore) }
    lanes += [.extensionInit, .runtimeInit, .functionInit]
    lanes += places > 1 ? (0..<places).map(EnvironmentRow.Lane.invocation) : [.invoke]
    lanes += (0..<min(markDepth, EnvironmentRow.markRows)).map(EnvironmentRow.Lane.marks)
    return lanes + [.frozen, .shutdown]
  }
}

extension BarPainter {
  /// Draws one lane of an expanded environment, with lengths and failures.
  func paint(
    _ lane: EnvironmentRow.Lane, of track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int,
    column: Int, _ viewport: Viewport, limit: Timestamp
  ) {
    paintBars(lane, of: track, into: &frame, row: row, column: column, viewport, limit: limit)
    let signs = signs(lane, of: track, viewport, limit: limit)
    let bars = signs.isEmpty ? [] : (0..<viewport.columns).map { frame[column + $0, row] }
    writeLengths(lane, of: track, into: &frame, row: row, column: column, viewport, limit: limit)
    if lane == .functionInit, track.source.profile.watchesHandlerFile {
      explainUndivided(track[.initialization], into: &frame, row: row, column: column, viewport, limit: limit)
    }
    markFailures(lane, of: track, into: &frame, row: row, column: column, viewport, limit: limit)
    if !signs.isEmpty {
      paint(signs, over: bars, into: &frame, row: row, column: column, viewport)
    }
  }

  /// Draws one lane's bars alone.
  func paintBars(
    _ lane: EnvironmentRow.Lane, of track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int,
    column: Int, _ viewport: Viewport, limit: Timestamp
  ) {
    switch lane {
    case .invocation(let place):
      paint(place: place, of: track, into: &frame, row: row, column: column, viewport, limit: limit)
    case .ofExtension(let name):
      paintExtension(name, of: track, into: &frame, row: row, column: column, viewport, limit: limit)
    case .create, .restore, .extensionInit, .runtimeInit, .functionInit, .invoke, .frozen, .shutdown, .marks,
      .moreExtensions:
      for phase in Phase.wholeFirst
      where phase.stands(in: lane) && (phase != .initialization || track.leavesUndivided(lane)) {
        paint(phase, of: track, into: &frame, row: row, column: column, viewport, limit: limit)
      }
    }
  }

  /// Lengths stand inside bars that are wide enough.
  private func writeLengths(
    _ lane: EnvironmentRow.Lane, of track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int,
    column first: Int, _ viewport: Viewport, limit: Timestamp
  ) {
    // Those that share the last place overlap.
    if lane == .invocation(EnvironmentTrack.placeLimit - 1) { return }
    for index in lane.parts {
      // An undivided init is one bar over three lanes: its length stands in the middle one.
      if index == .phase(.initialization), lane != .runtimeInit { continue }
      let spans = track[index]
      var place = max(0, spans.ends.count(upTo: viewport.left))
      let last = spans.starts.count(upTo: min(viewport.right, limit))
      // More spans than columns leave no room for text.
      guard last - place <= viewport.columns / 4 else { continue }
      while place < last {
        defer { place += 1 }
        let start = spans.starts.times[place]
        let known = place < spans.ends.count ? spans.ends.times[place] : Timestamp.never
        guard known <= limit, known >= start else { continue }
        writeLength(
          known &- start, from: start, to: known, lane, index, into: &frame, row: row, column: first, viewport
        )
      }
    }
  }

  /// Beside an init that our emulator could not divide stands why, where there is room.
  private func explainUndivided(
    _ inits: Lane, into frame: inout Frame, row: Int, column first: Int, _ viewport: Viewport,
    limit: Timestamp
  ) {
    let words = "not divided: no handler's file was opened"
    let count = inits.ends.count(upTo: limit)
    guard count > 0 else { return }
    let begin = viewport.column(of: inits.starts.times[count - 1])
    let end = viewport.column(of: inits.ends.times[count - 1])
    guard end > 0, begin < viewport.columns else { return }
    let width = words.columnCount
    let column = end + 2 + width <= viewport.columns ? end + 2 : begin - width - 2
    guard column >= 0 else { return }
    frame.write(words, column: first + column, row: row, style: Style(.quiet))
  }

  private func writeLength(
    _ length: Nanoseconds, from start: Timestamp, to end: Timestamp, _ lane: EnvironmentRow.Lane,
    _ index: EnvironmentTrack.LaneIndex, into frame: inout Frame, row: Int, column first: Int,
    _ viewport: Viewport
  ) {
    let isLine = lane == .frozen
    let sign = index == .inferredFrozen ? " ?" : ""
    let text = isLine ? "\(sign) \(text(ofLength: length)) " : text(ofLength: length)
    let width = text.columnCount
    let left = max(0, viewport.column(of: start))
    let right = min(viewport.columns, viewport.column(of: end))
    guard right - left >= width + (isLine ? 4 : 2) else { return }
    let column = first + (left + right - width) / 2
    let role = lane.phase?.look.role ?? .text
    let isHatched = index == .phase(.initialization)
    let style =
      isLine
      ? Style(.frozen)
      : hasColor && (glyphs.isASCII || !isHatched)
        ? Style(.ink, on: role, .bold) : Style(.strong, on: .screen, .bold)
    frame.write(text, column: column, row: row, style: style)
  }

  private func markFailures(
    _ lane: EnvironmentRow.Lane, of track: borrowing EnvironmentTrack, into frame: inout Frame, row: Int,
    column first: Int, _ viewport: Viewport, limit: Timestamp
  ) {
    let index: EnvironmentTrack.LaneIndex
    switch lane {
    case .extensionInit: index = .failedExtensionInit
    case .functionInit: index = .failedInit
    case .invoke: index = .failedInvoke
    case .invocation(let place): index = .failedInvocation(place)
    case .shutdown: index = .failedShutdown
    case .create, .restore, .ofExtension, .moreExtensions, .runtimeInit, .frozen, .marks: return
    }
    mark(track[index].starts, into: &frame, row: row, column: first, viewport, limit: limit)
  }

  /// A cross in each cell in which something failed.
  func mark(
    _ moments: borrowing Edges, glyph: Unicode.Scalar? = nil, role: Role = .bad, into frame: inout Frame,
    row: Int,
    column first: Int, _ viewport: Viewport, limit: Timestamp
  ) {
    var seen = moments.count(upTo: viewport.left &- 1)
    guard seen < moments.count, moments.times[seen] <= limit else { return }
    for column in 0..<viewport.columns {
      let edge = min(viewport.time(of: column + 1) &- 1, limit)
      let now = moments.count(upTo: edge, from: seen)
      if now > seen {
        frame[first + column, row] = Cell(glyph ?? glyphs.failedRequest, Style(role, on: .screen, .bold))
      }
      seen = now
      if edge >= limit { return }
    }
  }
}
