internal import LambdaLifecycle

extension Viewer {
  /// Chooses the rows of the list that are in sight, and where each stands: so that the selected environment is among them.
  mutating func arrangeList(_ environments: ListedEnvironments, _ layout: Layout, _ scene: borrowing Scene) {
    guard !environments.tracks.isEmpty else { return }
    // On a narrow screen the line that runs and what is in memory stand below the lanes.
    let space = layout.environments.dropLast(rowsOfCode(scene.stage))
    let fitting = fittingList(environments, scene, room: space.count)
    list.scroll(to: fitting.selected, of: fitting.rows, fitting.thickness, room: space.count)
    var y = layout.environments.lowerBound
    for row in fitting.rows.dropFirst(list.scroll) {
      let height = row.height(fitting.thickness)
      guard y + height <= space.upperBound else { break }
      arrangement.list.append(ListedRow(row: row, rows: y..<y + height))
      y += height
    }
    arrangement.hidden = (list.scroll, fitting.rows.count - list.scroll - arrangement.list.count)
  }

  /// Draws the environments, each as one bar or as its lanes.
  func drawEnvironments(
    into frame: inout Frame, _ hits: inout HitMap, _ layout: Layout, _ scene: borrowing Scene
  ) {
    guard !arrangement.visible.isEmpty else {
      guard filter.isEmpty else { return drawNoMatch(into: &frame, layout) }
      // A sentence that speaks of the source has it there, where there is no room beside.
      if layout.side.isEmpty, scene.stage.pointsAt(.source) { return }
      return drawFirstScreen(into: &frame, &hits, layout, scene.stage)
    }
    for place in arrangement.list {
      // In the middle of a thick row stand its label and its lengths.
      let middle = place.rows.lowerBound + (place.rows.count - 1) / 2
      switch place.row.content {
      case .group:
        drawGroup(
          of: place.row.track, among: arrangement.visible, into: &frame, at: middle, layout, scene)
      case .folded(let count): drawFolded(count, into: &frame, at: middle, layout)
      case .head, .lane, .gap:
        draw(place.row, into: &frame, at: middle, layout, scene)
        for other in place.rows where other != middle {
          thicken(place.row, into: &frame, at: other, layout, scene)
        }
      }
    }
    drawMore(above: arrangement.hidden.above, below: arrangement.hidden.below, into: &frame, layout)
  }

  /// The list as it fits: rows as thick as there is room for, and empty ones between environments.
  private func fittingList(
    _ environments: ListedEnvironments, _ scene: borrowing Scene,
    room: Int
  ) -> (rows: [EnvironmentRow], selected: Range<Int>, thickness: RowThickness) {
    let least = isBig ? 2 : 1
    let most = isBig ? Self.mostThickness : arrangement.lanesGiveWay ? 1 : Self.usualThickness
    let bare = list(environments, scene, at: scene.stage.time, gaps: false)
    let used = bare.rows.height(RowThickness(lanes: least, bars: isBig ? least : 1))
    guard used <= room else {
      // For a projector the list scrolls rather than being thin.
      let thin = room >= Self.thickEnvironment ? least : 1
      return (bare.rows, bare.selected, RowThickness(lanes: thin, bars: thin))
    }
    let extensions = extensionLanes(in: bare.rows, scene.timeline, at: scene.stage.time, room: room - used)
    let spaced = list(environments, scene, at: scene.stage.time, gaps: true, extensions)
    let dense =
      extensions.isEmpty
      ? bare : list(environments, scene, at: scene.stage.time, gaps: false, extensions)
    for lanes in (least...most).reversed() {
      let thickness = RowThickness(lanes: lanes, bars: isBig ? lanes : 1)
      for (rows, selected) in [spaced, dense] where rows.height(thickness) <= room {
        return (rows, selected, thickness)
      }
    }
    return (bare.rows, bare.selected, RowThickness(lanes: least, bars: isBig ? least : 1))
  }

  private func drawNoMatch(into frame: inout Frame, _ layout: Layout) {
    let hint = "No environment matches \"\(filter)\"; esc clears the filter."
    for (line, row) in zip(
      wrap(hint, first: frame.columns - 6, others: frame.columns - 6), layout.environments.dropFirst())
    {
      frame.write(line, column: 3, row: row, style: Style(.strong, on: .screen, .bold))
    }
  }

  /// All rows of the list, and which of them belong to the selected environment.
  /// - Parameter extensions: rows of single extensions, by the index of their environment.
  private func list(
    _ environments: ListedEnvironments, _ scene: borrowing Scene,
    at time: Timestamp,
    gaps: Bool, _ extensions: [Int: [EnvironmentRow.Lane]] = [:]
  ) -> (rows: [EnvironmentRow], selected: Range<Int>) {
    var rows: [EnvironmentRow] = []
    var selectedRows = 0..<1
    var function: Name?
    if environments.folded > 0 {
      rows.append(EnvironmentRow(track: 0, content: .folded(environments.folded)))
    }
    for track in environments.tracks {
      let id = scene.timeline.tracks[track].id
      if list.order == .function, scene.catalog.function(of: id) != function {
        function = scene.catalog.function(of: id)
        rows.append(EnvironmentRow(track: track, content: .group))
      }
      let isGone = scene.timeline.tracks[track].gone <= time
      let isExpanded = isExpanded(id, isGone: isGone)
      let first = rows.count
      rows.append(EnvironmentRow(track: track, content: .head(isExpanded: isExpanded)))
      if isExpanded {
        for lane in scene.timeline.tracks[track].screenLanes {
          rows.append(EnvironmentRow(track: track, content: .lane(lane)))
          guard lane == .extensionInit, let own = extensions[track] else { continue }
          rows += own.map { EnvironmentRow(track: track, content: .lane($0)) }
        }
      }
      if id == selected { selectedRows = first..<rows.count }
      if gaps, isExpanded { rows.append(EnvironmentRow(track: track, content: .gap)) }
    }
    if rows.last?.content == .gap { rows.removeLast() }
    return (rows, selectedRows)
  }

  private func draw(
    _ row: EnvironmentRow, into frame: inout Frame, at y: Int, _ layout: Layout,
    _ scene: borrowing Scene
  ) {
    let track = scene.timeline.tracks[row.track]
    let first = layout.labelWidth
    switch row.content {
    case .head(let isExpanded):
      drawHead(track, isExpanded: isExpanded, into: &frame, at: y, layout, scene)
      guard !isExpanded else { return }
      painter.paintCollapsed(track, into: &frame, row: y, column: first, viewport, limit: scene.stage.time)
      painter.markColdStart(of: track, into: &frame, row: y, column: first, viewport, limit: scene.stage.time)
      for lane in EnvironmentTrack.LaneIndex.failures {
        painter.mark(
          track[lane].starts, into: &frame, row: y, column: first, viewport, limit: scene.stage.time)
      }
    case .gap, .group, .folded: break
    case .lane(let lane):
      let isUsed = !track.isUnused(lane, at: scene.stage.time)
      let isPointedAt = scene.stage.pointsAt(lane) && track.id == selected
      let style =
        isPointedAt
        ? Style(.strong, on: .screen, [.bold, .reverse]) : Style(isUsed ? isBig ? .strong : .text : .quiet)
      let title = title(of: lane, track, scene.catalog, width: layout.labelWidth - 5)
      frame.write(
        isPointedAt ? " \(title) " : title, column: isPointedAt ? 3 : 4, row: y, style: style,
        limit: layout.labelWidth)
      drawValue(lane, of: track, into: &frame, row: y, layout, scene.stage)
      if case .marks(let depth) = lane {
        return painter.paintMarks(
          depth, of: track, scene.catalog, into: &frame, row: y, column: first, viewport,
          limit: scene.stage.time)
      }
      painter.paint(lane, of: track, into: &frame, row: y, column: first, viewport, limit: scene.stage.time)
    }
  }

  /// Says that the list goes on above or below.
  private func drawMore(above: Int, below: Int, into frame: inout Frame, _ layout: Layout) {
    if list.order != .age {
      frame.write(" " + list.order.title, column: 0, row: 2, style: Style(.quiet), limit: layout.labelWidth)
    }
    guard below > 0 || above > 0, layout.environments.count > 2 else { return }
    let arrow = painter.glyphs.isASCII ? ["^", "v"] : ["↑", "↓"]
    let parts = [above > 0 ? "\(arrow[0])\(above)" : "", below > 0 ? "\(arrow[1])\(below)" : ""]
    let text = parts.filter { !$0.isEmpty }.joined(separator: " ")
    let column = list.order == .age ? 1 : list.order.title.columnCount + 2
    frame.write("\(text) rows", column: column, row: 2, style: Style(.quiet), limit: layout.labelWidth)
  }
}

extension EnvironmentTrack {
  /// Nothing has happened in a lane yet.
  func isUnused(_ lane: EnvironmentRow.Lane, at time: Timestamp) -> Bool {
    if case .marks = lane { return markCount(upTo: time) == 0 }
    // It has a row because something of it is known.
    if case .ofExtension = lane { return false }
    return lane.parts.allSatisfy { self[$0].starts.count(upTo: time) == 0 }
  }
}
