internal import LambdaLifecycle

extension Viewer {
  /// The environments, each as one bar or as its lanes; scrolled so that the selected one is in sight.
  mutating func drawEnvironments(
    _ visible: [Int], into frame: inout Frame, _ layout: Layout, _ timeline: borrowing Timeline,
    _ catalog: Catalog,
    _ stage: Stage
  ) {
    height = layout.environments.count
    guard !visible.isEmpty else { return drawHints(into: &frame, layout, stage) }
    var (rows, selectedRows) = list(visible, timeline, gaps: true)
    if rows.count > height { (rows, selectedRows) = list(visible, timeline, gaps: false) }
    scrollTo(selectedRows, of: rows.count, height: layout.environments.count)
    for (offset, row) in rows.dropFirst(scroll).prefix(layout.environments.count).enumerated() {
      draw(row, into: &frame, at: layout.environments.lowerBound + offset, layout, timeline, catalog, stage)
    }
    listedRows = min(rows.count - scroll, layout.environments.count)
    picture?.listed = Array(rows.dropFirst(scroll).prefix(listedRows))
    drawMore(rows.count, into: &frame, layout)
  }

  private mutating func drawHints(into frame: inout Frame, _ layout: Layout, _ stage: Stage) {
    let hints =
      filter.isEmpty ? stage.waiting : ["No environment matches \"\(filter)\"; esc clears the filter."]
    var row = layout.environments.lowerBound + 1
    for (offset, hint) in hints.enumerated() {
      for line in wrap(hint, first: frame.columns - 6, others: frame.columns - 6)
      where row < layout.environments.upperBound {
        writeHint(line, isFirst: offset == 0, into: &frame, row: row)
        row += 1
      }
      if layout.environments.count > 2 * hints.count { row += 1 }
    }
  }

  /// A hint; the key after "press" looks like a key.
  private mutating func writeHint(_ line: String, isFirst: Bool, into frame: inout Frame, row: Int) {
    var column = 3
    var previous = Substring()
    for word in line.split(separator: " ") {
      let isKey = previous.lowercased() == "press"
      let style =
        isKey
        ? Style(.strong, on: .screen, [.bold, .reverse]) : Style(.strong, on: .screen, isFirst ? .bold : [])
      let end = frame.write(String(word), column: column, row: row, style: style)
      if isKey, let key = KeyTable.key(named: word) { hits.add(key, row: row, columns: column..<end) }
      column = end + 1
      previous = word
    }
  }

  /// All rows of the list, and which of them belong to the selected environment.
  private func list(
    _ visible: [Int], _ timeline: borrowing Timeline, gaps: Bool
  ) -> (rows: [EnvironmentRow], selected: Range<Int>) {
    var rows: [EnvironmentRow] = []
    var selectedRows = 0..<1
    for track in visible {
      let id = timeline.tracks[track].id
      let isExpanded = isExpanded(id, among: visible.count, height: height)
      let first = rows.count
      rows.append(EnvironmentRow(track: track, content: .head(isExpanded: isExpanded)))
      if isExpanded {
        for lane in timeline.tracks[track].screenLanes {
          rows.append(EnvironmentRow(track: track, content: .lane(lane)))
        }
      }
      if id == selected { selectedRows = first..<rows.count }
      if gaps, isExpanded { rows.append(EnvironmentRow(track: track, content: .gap)) }
    }
    if rows.last?.content == .gap { rows.removeLast() }
    return (rows, selectedRows)
  }

  private mutating func scrollTo(_ selected: Range<Int>, of count: Int, height: Int) {
    if !scrollsFreely {
      if selected.upperBound > scroll + height { scroll = selected.upperBound - height }
      if selected.lowerBound < scroll { scroll = selected.lowerBound }
    }
    scroll = max(0, min(scroll, count - height))
  }

  private func draw(
    _ row: EnvironmentRow, into frame: inout Frame, at y: Int, _ layout: Layout,
    _ timeline: borrowing Timeline,
    _ catalog: Catalog, _ stage: Stage
  ) {
    let track = timeline.tracks[row.track]
    let first = layout.labelWidth
    switch row.content {
    case .head(let isExpanded):
      drawHead(track, isExpanded: isExpanded, into: &frame, at: y, layout, timeline, catalog, stage)
      guard !isExpanded else { return }
      painter.paintCollapsed(track, into: &frame, row: y, column: first, viewport, limit: stage.time)
      for lane in [EnvironmentTrack.LaneIndex.failedInit, .failedInvoke, .failedShutdown] {
        painter.mark(track[lane].starts, into: &frame, row: y, column: first, viewport, limit: stage.time)
      }
    case .gap: break
    case .lane(let lane):
      let isUsed = !track.isUnused(lane, at: stage.time)
      let isPointedAt = stage.pointsAt(lane) && track.id == selected
      let style =
        isPointedAt ? Style(.strong, on: .screen, [.bold, .reverse]) : Style(isUsed ? .text : .quiet)
      frame.write(
        isPointedAt ? " \(lane.title) " : lane.title, column: isPointedAt ? 3 : 4, row: y, style: style,
        limit: layout.labelWidth)
      painter.paint(lane, of: track, into: &frame, row: y, column: first, viewport, limit: stage.time)
    }
  }

  private func drawHead(
    _ track: EnvironmentTrack, isExpanded: Bool, into frame: inout Frame, at y: Int, _ layout: Layout,
    _ timeline: borrowing Timeline, _ catalog: Catalog, _ stage: Stage
  ) {
    let isSelected = track.id == selected
    let state = track.state(at: stage.time, inputEnd: stage.inputEnd)
    let arrow = isExpanded ? painter.glyphs.expanded : painter.glyphs.collapsed
    let attributes: Style.Attributes = isSelected ? [.bold, .reverse] : .bold
    frame.write("\(arrow)", column: 0, row: y, style: Style(.quiet))
    let limit = layout.labelWidth - 1
    var column = frame.write(
      environmentName(track.id, timeline, catalog, width: max(limit - 9, 10) - 2), column: 2, row: y,
      style: Style(.strong, on: .screen, attributes),
      limit: max(limit - 9, 10))
    // A word that has no room gives way to a shorter one, it is not cut.
    guard
      let word = [state.title, state.shortTitle].first(where: {
        column + 1 + $0.unicodeScalars.count <= limit
      })
    else { return }
    column = frame.write(
      " \(word)", column: column, row: y, style: Style(state.role, on: .screen, .bold))
    let length = stage.time &- track.stateBegan(at: stage.time)
    guard state != .unknown, length >= .milliseconds(50) else { return }
    let since = text(ofAge: length)
    if column + since.unicodeScalars.count + 1 <= limit, state != .gone {
      frame.write(" " + since, column: column, row: y, style: Style(.quiet), limit: limit)
    }
  }

  /// Says that the list goes on above or below.
  private func drawMore(_ count: Int, into frame: inout Frame, _ layout: Layout) {
    let below = count - scroll - layout.environments.count
    guard below > 0 || scroll > 0, layout.environments.count > 2 else { return }
    let arrow = painter.glyphs.isASCII ? ["^", "v"] : ["↑", "↓"]
    let text = (scroll > 0 ? "\(arrow[0])\(scroll) " : "") + (below > 0 ? "\(arrow[1])\(below)" : "")
    frame.write(
      " \(text) rows", column: 10, row: 1, style: Style(.quiet), limit: layout.labelWidth)
  }
}

extension EnvironmentTrack {
  /// Nothing has happened in a lane yet.
  func isUnused(_ lane: EnvironmentRow.Lane, at time: Timestamp) -> Bool {
    lane.parts.allSatisfy { self[$0].starts.count(upTo: time) == 0 }
  }
}

extension EnvironmentState {
  /// At most eight columns.
  var shortTitle: String {
    switch self {
    case .creating, .invoking, .frozen, .gone, .unknown, .reset, .idle: rawValue
    case .initializing: "init"
    case .restoring: "restore"
    case .publishing: "publish"
    case .resetting: "reset"
    case .shuttingDown: "shutdown"
    }
  }

  /// The colour of the state's word: its phase's.
  var role: Role {
    switch self {
    case .creating: .create
    case .initializing, .publishing: .functionInit
    case .restoring: .restore
    case .invoking: .invoke
    case .frozen, .idle: .frozen
    case .resetting, .shuttingDown: .shutdown
    case .gone, .unknown, .reset: .quiet
    }
  }
}
