package import LambdaLifecycle

extension Viewer {
  /// Draws everything into a frame of that size.
  package mutating func draw(
    _ timeline: borrowing Timeline, _ catalog: Catalog, _ stage: Stage, columns: Int, rows: Int
  ) -> Frame {
    var frame = Frame(columns: columns, rows: rows)
    self.columns = columns
    self.rows = rows
    hits = HitMap()
    picture = nil
    guard Layout.fits(columns: columns, rows: rows) else {
      let minimum = Layout.minimum
      let by = painter.glyphs.isASCII ? "x" : "×"
      frame.write("needs \(minimum.columns)\(by)\(minimum.rows),", column: 0, row: 0)
      frame.write("is \(columns)\(by)\(rows)", column: 0, row: 1)
      return frame
    }
    let visible = visibleTracks(timeline, catalog, stage)
    if let run = stage.lesson { turn(to: run, timeline, catalog) }
    choose(among: visible, timeline, stage)
    weighLanes(stage)
    let sides = Layout.Sides(
      columns: columns, hasSource: !stage.sources.isEmpty || !stage.surroundings.code.isEmpty,
      hasFunctions: timeline.functions.count > 1)
    place(columns: sides.timeColumns, stage, timeline)
    let fleet = visible.filter { timeline.tracks[$0].gone > viewport.left }
    let listed = listed(visible, timeline, stage)
    let room = environmentRoom(listed, timeline, stage, sides, rows: rows)
    let sections = sections(
      timeline, catalog, stage, columns: columns, rows: rows, lanes: room.heights.last ?? 8)
    let layout = Layout(
      sides, rows: rows, lanes: room.heights.map { $0 + rowsOfCode(stage) }, sections: sections.map(\.height),
      hasOverview: stage.lead.hasEnd && !timeline.isEmpty,
      bandHeight: bandHeight(fleet.count, rows: rows))
    picture = Picture(layout: layout)
    reach = room.reach(in: layout.environments.count, needsLanes: needsLanes)
    drawHeader(into: &frame, stage)
    if stage.preview == nil { drawTimeAxis(into: &frame, layout, timeline, stage) }
    drawBand(fleet, into: &frame, layout, timeline, stage)
    drawEnvironments(listed, into: &frame, layout, timeline, catalog, stage)
    if !visible.isEmpty {
      drawBreakEdges(into: &frame, layout)
      drawNow(into: &frame, layout, stage)
    }
    drawMeasure(into: &frame, layout, stage)
    drawOverview(into: &frame, layout, timeline, stage)
    drawSources(into: &frame, layout, timeline, catalog, stage)
    drawCode(into: &frame, layout, timeline, catalog, stage)
    drawSourceLines(into: &frame, layout, timeline, catalog, stage)
    for (section, rows) in zip(sections, layout.sections) {
      draw(section, into: &frame, rows, layout, timeline, catalog, stage)
    }
    if let row = layout.statisticsRow, !isBlank(timeline, stage) {
      drawStatistics(timeline, catalog, stage, into: &frame, row: row)
    }
    drawFooter(into: &frame, layout, stage)
    if let menu { drawMenu(menu, into: &frame, layout, stage) }
    if showsHelp { drawHelp(into: &frame, layout, stage.lead) }
    return frame
  }

  /// Nothing has happened of which a figure could be told.
  private func isBlank(_ timeline: borrowing Timeline, _ stage: Stage) -> Bool {
    timeline.tracks.isEmpty && timeline.requests.isEmpty && timeline.undecodable == 0
      && stage.reminders.isEmpty
  }

  /// Until the user chooses one, the environment of the latest request is selected: the eye goes where it happens.
  private mutating func choose(among visible: [Int], _ timeline: borrowing Timeline, _ stage: Stage) {
    if !hasChosen, stage.lead.hasEnd, stage.time == stage.newest,
      let worst = stage.surroundings.findings.first(where: { timeline.track($0.environment) != nil }),
      visible.contains(where: { timeline.tracks[$0].id == worst.environment })
    {
      // A recording opens at what is worth a look.
      selected = worst.environment
      return
    }
    if !hasChosen {
      let latest = timeline.requests.suffix(1_000).last {
        $0.arrival <= stage.time && $0.environment != .none
      }
      if let latest, visible.contains(where: { timeline.tracks[$0].id == latest.environment }) {
        selected = latest.environment
        return
      }
    }
    if let selected, visible.contains(where: { timeline.tracks[$0].id == selected }) { return }
    selected = visible.first.map { timeline.tracks[$0].id }
  }

  /// What decides which environments are drawn with their lanes.
  private mutating func weighLanes(_ stage: Stage) {
    lanesGiveWay =
      columns < Layout.columnsForSource && !stage.sources.isEmpty
      && (stage.sources.count > 1 || pane == .source)
  }

  /// Where the picture stands in time.
  private mutating func place(columns timeColumns: Int, _ stage: Stage, _ timeline: borrowing Timeline) {
    let squeeze = squeeze(timeline, stage)
    if !hasBegun, !timeline.isEmpty {
      // The wait for the first event is not worth a part of the picture.
      hasBegun = true
      viewport = Viewport(
        left: timeline.first &- 2 &* viewport.perCell, perCell: viewport.perCell, columns: timeColumns)
    }
    viewport.layOut(columns: timeColumns, squeeze)
    if let window = wantedWindow {
      wantedWindow = nil
      viewport.show(
        window, endingNear: stage.time, notBefore: timeline.isEmpty ? stage.time : timeline.first, squeeze)
    }
    if stage.lead.followsClock { showFirstRequest(timeline, stage, squeeze) }
    if fitsAll, !timeline.isEmpty {
      let begin = stage.surroundings.whole?.lowerBound ?? max(timeline.first, timeline.figuresBegin)
      viewport.fit(
        begin, max(stage.surroundings.whole?.upperBound ?? stage.newest, begin &+ .milliseconds(10)), squeeze)
    } else if keepsNow, !timeline.isEmpty {
      viewport.keep(stage.time, squeeze)
      keepFirstRequest(now: stage.time, squeeze)
    }
    if hasTurned, let run = stage.lesson, !fitsAll {
      if let stretch = spokenOf(run, timeline, at: stage.time) {
        bringIntoSight(stretch, now: stage.time, squeeze)
      }
      if let last = timeline.lastRequest(upTo: stage.time) {
        useRoom(from: timeline.requests[last].arrival, now: stage.time, squeeze)
      }
      if !timeline.isEmpty { useRoom(from: timeline.first, now: stage.time, squeeze) }
    }
    hasTurned = false
  }

  /// Nobody knows before how long a function takes: when the first request is answered, the picture is made to fit it,
  /// unless the user has chosen another.
  private mutating func showFirstRequest(_ timeline: borrowing Timeline, _ stage: Stage, _ squeeze: Squeeze) {
    guard !hasZoomed else { return }
    let first = timeline.requests.prefix(100).first { $0.answered <= stage.time && $0.environment != .none }
    guard let first else { return }
    hasZoomed = true
    let length = max(first.answered &- first.arrival, .milliseconds(Int64(viewport.columns) / 2))
    // It stays whole until the quiet behind it is squeezed.
    let column = max(
      viewport.columns / 2, min(viewport.columns * 3 / 4, viewport.columns - Int(Squeeze.least) - 4))
    // Nothing takes longer than a century.
    let wait = min(length, .seconds(100 * 365 * 86_400) / Int64(viewport.columns))
    let window = max(wait * 3 / 2, wait * Int64(viewport.columns) / Int64(max(1, column - 3)))
    viewport.show(window, endingNear: first.answered, at: column, notBefore: first.arrival, squeeze)
    firstShown = (viewport.left, viewport.perCell)
  }

  /// The first request stays whole, with those soon behind it: as long as there is room up to now, and once at half the
  /// scale. A warm start is short only beside a cold one.
  private mutating func keepFirstRequest(now: Timestamp, _ squeeze: Squeeze) {
    guard let first = firstShown else { return }
    for perCell in [first.perCell, 2 * first.perCell] where perCell >= viewport.perCell {
      if viewport.keepWhole(from: first.left, to: now, perCell: perCell, squeeze) { return }
    }
    firstShown = nil
  }

  // MARK: Header

  private func drawHeader(into frame: inout Frame, _ stage: Stage) {
    frame.fill(row: 0, from: 0, to: frame.columns, with: Cell(" ", Style(.text, on: .bar)))
    let width = { (text: String) in text.columnCount }
    var column = frame.write(" lanes", column: 0, row: 0, style: Style(.strong, on: .bar, .bold))
    // What does not fit whole is left out, the least important first.
    var room = frame.columns - column - 2
    let glyph =
      stage.mode == .paused
      ? painter.glyphs.pause : stage.mode == .reverse ? painter.glyphs.playBack : painter.glyphs.play
    var clock = text(ofClock: stage.time &- stage.origin, precision: precision(stage))
    if stage.lead.hasEnd { clock += " of \(text(ofClock: stage.newest &- stage.origin))" }
    let waiting = stage.waitingEvents > 0 ? ", \(grouped(stage.waitingEvents)) new" : ""
    var mode = "\(glyph) \(stage.mode.rawValue)\(waiting) "
    // Where a lesson holds the clock there is no speed to be told, and where nothing can happen only one that was chosen.
    let stands =
      stage.wayOn == .request && stage.speed == 1 || stage.lesson?.course == .holding && stage.mode == .paused
    let speed = stands ? " " : speedText(stage.speed) + "  "
    room -= width(mode) + width(speed) + width(clock)
    let separator = " \(painter.glyphs.dot) "
    let note = stage.note.isEmpty ? "" : "  \(painter.glyphs.dot) \(stage.note)"
    let choices = (stage.settings?.choices ?? []).filter { !$0.isEmpty }.map {
      "  " + $0.joined(separator: separator)
    }
    var title = "  \(stage.surroundings.title)"
    // The function's limit on concurrency matters more than the title, and the title more than its other settings;
    // what the source cannot tell matters more than these, too.
    // Of a recording nothing can be set: its name comes first.
    let hasLimit = stage.settings?.concurrency.isEmpty == false && !stage.lead.hasEnd
    let least = hasLimit ? choices.last.map(width) ?? 0 : 0
    // The key that goes on matters more than settings and less than the title.
    let wayOn = stage.wayOn.map { separator.dropFirst() + $0.words + " " } ?? ""
    let isTitleLost = width(title) + least > room && stage.surroundings.details.isEmpty
    if (isTitleLost ? 0 : width(title)) + width(wayOn) + least <= room {
      mode += wayOn
      room -= width(wayOn)
    }
    if width(title) + least > room, least <= room || width(title) > room {
      // What runs here is not to be lost sight of: it may be somebody's real account.
      title = stage.surroundings.details.isEmpty || room < 24 ? "" : "  " + clipped(title, to: room - 2)
    }
    room -= width(title)
    // What was taken here matters more than settings, but for the function's name.
    let details = title.isEmpty ? [] : stage.surroundings.details
    let settings = stage.settings.map { ([$0.name] + $0.concurrency).joined(separator: separator) } ?? ""
    let name = settings.isEmpty ? 0 : width("  " + settings)
    let told = (0...details.count).reversed().map { details.prefix($0).map { separator + $0 }.joined() }
    let detail = told.first { width($0) + name <= room } ?? ""
    title += detail
    room -= width(detail)
    let shown = choices.first { width($0) + width(note) <= room } ?? choices.first { width($0) <= room } ?? ""
    column = frame.write(title, column: column, row: 0, style: Style(.text, on: .bar))
    if width(note) + width(shown) <= room {
      frame.write(note, column: column, row: 0, style: Style(.quiet, on: .bar))
    }
    column = frame.columns - 1 - width(mode) - width(speed) - width(clock) - width(shown)
    column = frame.write(mode, column: column, row: 0, style: Style(.strong, on: .bar, .bold))
    column = frame.write(speed, column: column, row: 0, style: Style(.quiet, on: .bar))
    column = frame.write(clock, column: column, row: 0, style: Style(.strong, on: .bar, .bold))
    frame.write(shown, column: column, row: 0, style: Style(.text, on: .bar))
  }

  /// How exactly a moment is told: as exactly as the zoom shows it, while the picture stands still.
  func precision(_ stage: Stage) -> Nanoseconds {
    switch stage.mode {
    case .paused, .ended: viewport.perCell
    case .live, .forked, .replay, .reverse, .slowMotion, .fastForward: .milliseconds(100)
    }
  }

  private func speedText(_ speed: Double) -> String {
    let multiply = painter.glyphs.isASCII ? "x" : "×"
    if speed >= 1 { return "\(Int(speed))\(multiply)" }
    let places = speed < 0.095 ? 2 : 1
    return "\(decimal(Int64(speed * 1_000 + 0.5), unit: 1_000, places: places))\(multiply)"
  }

  // MARK: Footer

  private mutating func drawFooter(into frame: inout Frame, _ layout: Layout, _ stage: Stage) {
    let row = layout.footerRow
    frame.fill(row: row, from: 0, to: frame.columns, with: Cell(" ", Style(.text, on: .bar)))
    if let prompt { return drawPrompt(prompt, stage.lead, into: &frame, row: row) }
    if let typed = log.typed { return drawSearchPrompt(typed, into: &frame, row: row) }
    if isTyping || !filter.isEmpty && stage.surroundings.message.isEmpty {
      return drawFilter(into: &frame, row: row)
    }
    guard stage.surroundings.message.isEmpty else {
      let text = clipped(stage.surroundings.message, to: frame.columns - 2)
      frame.write(" " + text, column: 0, row: row, style: Style(.strong, on: .bar, .bold))
      return
    }
    drawKeys(stage, into: &frame, row: row)
  }

  /// The keys that matter most for this use, as far as they fit; help and quit are always there.
  private mutating func drawKeys(_ stage: Stage, into frame: inout Frame, row: Int) {
    var column = 1
    func write(_ key: (label: String, word: String)) {
      hits.add(labels: key.label, word: key.word, row: row, column: column)
      column = frame.write(key.label, column: column, row: row, style: Style(.strong, on: .bar, .bold))
      column = frame.write(" \(key.word)  ", column: column, row: row, style: Style(.quiet, on: .bar))
    }
    let reserved = menu == nil && !showsHelp ? 15 : 8
    let keys = footerKeys(stage)
    // For a projector few keys, and the one that leads back.
    for key in isBig ? keys.prefix(4) + [(KeyTable.shortLabel(.big), "small")] : keys[...] {
      let label = painter.glyphs.isASCII ? key.label.arrowsAsWords : key.label
      guard
        column + label.columnCount + key.word.columnCount + 3 + reserved <= frame.columns
      else {
        continue
      }
      write((label, key.word))
    }
    if menu == nil, !showsHelp { write(("?", "help")) }
    write(("q", "quit"))
  }

  /// What lies over everything else has keys of its own.
  private func footerKeys(_ stage: Stage) -> [(label: String, word: String)] {
    if menu != nil { return [("↑ ↓", "choose"), ("enter", "start"), ("esc", "close")] }
    if showsHelp { return [("↑ ↓", "more"), ("esc", "close")] }
    return KeyTable.footer(
      stage.lead, isLesson: stage.lesson != nil, canRequest: stage.surroundings.canRequest,
      canEnd: stage.surroundings.canEnd)
  }
}

extension String {
  /// For terminals without Unicode.
  var arrowsAsWords: String {
    let words: [Character: String] = ["←": "left", "→": "right", "↑": "up", "↓": "down"]
    return map { words[$0] ?? String($0) }.joined()
  }
}
