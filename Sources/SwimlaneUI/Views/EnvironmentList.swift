internal import LambdaLifecycle

extension Viewer {
  /// The environments, each as one bar or as its lanes; scrolled so that the selected one is in sight.
  mutating func drawEnvironments(
    _ visible: [Int], into frame: inout Frame, _ layout: Layout, _ timeline: borrowing Timeline,
    _ catalog: Catalog,
    _ stage: Stage
  ) {
    guard !visible.isEmpty else { return drawHints(into: &frame, layout, stage) }
    let (rows, selectedRows, thickness) = fittingList(
      visible, timeline, catalog, at: stage.time, room: layout.environments.count)
    scrollTo(selectedRows, of: rows.count, height: height)
    listedRows = min(rows.count - scroll, height) * thickness
    let listed = Array(rows.dropFirst(scroll).prefix(height))
    picture?.listed = listed
    picture?.thickness = thickness
    for (offset, row) in listed.enumerated() {
      // In the middle of a thick row stand its label and its lengths.
      let first = layout.environments.lowerBound + offset * thickness
      let y = first + (thickness - 1) / 2
      if row.content == .group {
        drawGroup(of: row.track, among: visible, into: &frame, at: y, layout, timeline, catalog, stage)
      } else {
        draw(row, into: &frame, at: y, layout, timeline, catalog, stage)
        for other in first..<first + thickness where other != y {
          thicken(row, into: &frame, at: other, layout, timeline, stage)
        }
      }
    }
    drawMore(rows.count, into: &frame, layout)
  }

  /// The list with what fits: thick lanes for a projector, and rows between environments.
  private mutating func fittingList(
    _ visible: [Int], _ timeline: borrowing Timeline, _ catalog: Catalog, at time: Timestamp, room: Int
  ) -> (rows: [EnvironmentRow], selected: Range<Int>, thickness: Int) {
    // Lanes matter more than thickness: it is not bought by folding an environment.
    height = room
    let lanes = list(visible, timeline, catalog, at: time, gaps: false).rows.count
    let thicknesses = isBig ? Array((2...Self.mostThickness).reversed()) : []
    for (thickness, gaps) in thicknesses.flatMap({ [($0, true), ($0, false)] }) + [(1, true)] {
      height = room / thickness
      let (rows, selected) = list(visible, timeline, catalog, at: time, gaps: gaps)
      if rows.count <= height, rows.count >= lanes { return (rows, selected, thickness) }
    }
    height = room
    let (rows, selected) = list(visible, timeline, catalog, at: time, gaps: false)
    return (rows, selected, 1)
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
    _ visible: [Int], _ timeline: borrowing Timeline, _ catalog: Catalog, at time: Timestamp, gaps: Bool
  ) -> (rows: [EnvironmentRow], selected: Range<Int>) {
    var rows: [EnvironmentRow] = []
    var selectedRows = 0..<1
    var function: Name?
    for track in visible {
      let id = timeline.tracks[track].id
      if order == .function, catalog.function(of: id) != function {
        function = catalog.function(of: id)
        rows.append(EnvironmentRow(track: track, content: .group))
      }
      let isGone = timeline.tracks[track].gone <= time
      let isExpanded = isExpanded(id, isGone: isGone, among: visible.count, height: height)
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
      painter.markColdStart(of: track, into: &frame, row: y, column: first, viewport, limit: stage.time)
      for lane in EnvironmentTrack.LaneIndex.failures {
        painter.mark(track[lane].starts, into: &frame, row: y, column: first, viewport, limit: stage.time)
      }
    case .gap, .group: break
    case .lane(let lane):
      let isUsed = !track.isUnused(lane, at: stage.time)
      let isPointedAt = stage.pointsAt(lane) && track.id == selected
      let style =
        isPointedAt
        ? Style(.strong, on: .screen, [.bold, .reverse]) : Style(isUsed ? isBig ? .strong : .text : .quiet)
      let title = lane == .create ? track.source.title(of: .create) : lane.title
      frame.write(
        isPointedAt ? " \(title) " : title, column: isPointedAt ? 3 : 4, row: y, style: style,
        limit: layout.labelWidth)
      drawValue(lane, of: track, into: &frame, row: y, layout, stage)
      if case .marks(let depth) = lane {
        return painter.paintMarks(
          depth, of: track, catalog, into: &frame, row: y, column: first, viewport, limit: stage.time)
      }
      painter.paint(lane, of: track, into: &frame, row: y, column: first, viewport, limit: stage.time)
    }
  }

  /// Says that the list goes on above or below.
  private func drawMore(_ count: Int, into frame: inout Frame, _ layout: Layout) {
    if order != .age {
      frame.write(" " + order.title, column: 0, row: 2, style: Style(.quiet), limit: layout.labelWidth)
    }
    let below = count - scroll - height
    guard below > 0 || scroll > 0, height > 2 else { return }
    let arrow = painter.glyphs.isASCII ? ["^", "v"] : ["↑", "↓"]
    let parts = [scroll > 0 ? "\(arrow[0])\(scroll)" : "", below > 0 ? "\(arrow[1])\(below)" : ""]
    let text = parts.filter { !$0.isEmpty }.joined(separator: " ")
    let column = order == .age ? 1 : order.title.columnCount + 2
    frame.write("\(text) rows", column: column, row: 2, style: Style(.quiet), limit: layout.labelWidth)
  }
}

extension EnvironmentTrack {
  /// Nothing has happened in a lane yet.
  func isUnused(_ lane: EnvironmentRow.Lane, at time: Timestamp) -> Bool {
    if case .marks = lane { return markCount(upTo: time) == 0 }
    return lane.parts.allSatisfy { self[$0].starts.count(upTo: time) == 0 }
  }
}
