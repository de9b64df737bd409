internal import LambdaLifecycle

/// The panes below the lanes, in the order in which tab goes through them.
package enum Pane: String, Sendable, CaseIterable {
  /// The findings in a recording.
  case findings
  case why, details
  /// Where the time of an environment's init went.
  case coldStart = "cold start"
  case requests, statistics
  /// The functions' source, where there is no room for it beside the lanes.
  case source
  case events = "log"
  /// The inputs, and what each of them cannot report.
  case inputs = "inputs"
}

/// A part of the screen below the lanes.
struct Section {
  enum Content {
    /// Lines as they are; those that have no room are the last ones.
    case lines([Viewer.PaneLine])
    /// With the bill so far of the selected environment.
    case details(EnvironmentBill)
    case statistics, source, events, inputs, findings
    case callers(Callers)
    /// Callers that will be.
    case futureCallers(Callers, Preview)
    case coldStart(ColdStartView?)
    /// With the event and the answer of the newest one.
    case requests(PayloadText?)
    case lesson(LessonRun)
    case options
  }

  /// Stands in the rule above it; empty for none.
  var title: String
  var height: SectionHeight
  var content: Content
  /// The pane that it is; nil for anything else.
  var pane: Pane?
}

extension Viewer {
  /// The panes that a screen of so many rows shows while one is chosen: on a large one, what is happening always
  /// stands beside it. A lesson says that itself, and asks for it before.
  static func panes(with chosen: Pane, rows: Int, isLesson: Bool = false) -> [Pane] {
    switch (Layout.freeRows(rows), isLesson) {
    case (45..., false): [.why, .details, chosen == .why || chosen == .details ? .statistics : chosen]
    case (26..., false): [.why, chosen == .why ? .details : chosen]
    case (30..., true): [chosen == .why ? .details : chosen]
    case (8..., false): [chosen]
    default: chosen == .why ? [] : [chosen]
    }
  }

  /// Tab: the next pane that is not on the screen yet.
  mutating func choosePane(_ scene: borrowing Scene) {
    let isLesson = scene.stage.lesson != nil
    let shown = Self.panes(with: pane, rows: arrangement.rows, isLesson: isLesson)
    let hasSource =
      !(scene.stage.sources.isEmpty && scene.stage.surroundings.code.isEmpty)
      && arrangement.columns < Layout.columnsForSource
    let hasInit = scene.timeline.tracks.contains(where: \.hasInit)
    let all = Pane.allCases.filter {
      switch $0 {
      case .coldStart: hasInit || scene.stage.lead.drivenFleet != nil
      case .source: hasSource
      case .inputs: !scene.stage.surroundings.inputs.isEmpty
      case .findings: scene.stage.lead.hasEnd
      default: true
      }
    }
    let start = all.firstIndex(of: pane) ?? 0
    for step in 1..<all.count {
      let next = all[(start + step) % all.count]
      if Self.panes(with: next, rows: arrangement.rows, isLesson: isLesson) != shown {
        panes.chosen = next
        return
      }
    }
  }

  /// The sections for a screen of that size, from top to bottom.
  /// - Parameter lanes: rows of the environments, of which one has its lanes.
  mutating func sections(
    _ scene: borrowing Scene, columns: Int, rows: Int, lanes: Int
  ) -> [Section] {
    let below = sectionsBelow(scene, columns: columns, rows: rows)
    let callers = callersSection(
      scene, rows: rows, besides: below.reduce(0) { $0 + $1.height.minimum },
      lanes: lanes)
    return (callers.map { [$0] } ?? []) + below
  }

  /// The lesson, the options, the panes.
  private mutating func sectionsBelow(
    _ scene: borrowing Scene, columns: Int, rows: Int
  ) -> [Section] {
    var sections: [Section] = []
    // Where there is not room for both, the options are what the learner has just asked for.
    let hidesLesson = showsOptions && Layout.freeRows(rows) < 11
    if let run = scene.stage.lesson, !hidesLesson {
      let free = Layout.freeRows(rows)
      let height = free >= 26 ? 7 : free >= 11 ? isBig ? 5 : 6 : 4
      sections.append(
        Section(
          title: "", height: SectionHeight(minimum: height, wanted: height), content: .lesson(run)))
    }
    if showsOptions { return sections + [optionsSection(scene.stage, rows: rows)] }
    if isBig {
      return sections.isEmpty
        ? [bigSection(scene, columns: columns, rows: rows)] : sections
    }
    for pane in Self.panes(with: pane, rows: rows, isLesson: scene.stage.lesson != nil)
    where !isEmpty(pane, scene.timeline) || pane == self.pane && pane != .why {
      var section = section(pane, scene, columns: columns, rows: rows)
      section.pane = pane
      sections.append(section)
    }
    return sections
  }

  /// There is nothing to be said in a pane before there is an environment.
  private func isEmpty(_ pane: Pane, _ timeline: borrowing Timeline) -> Bool {
    guard timeline.tracks.isEmpty else { return false }
    switch pane {
    case .why, .details, .coldStart, .requests, .statistics: return true
    case .findings, .source, .events, .inputs: return false
    }
  }

  private mutating func section(
    _ pane: Pane, _ scene: borrowing Scene, columns: Int, rows: Int
  ) -> Section {
    let free = Layout.freeRows(rows)
    func height(_ minimum: Int, _ wanted: Int) -> SectionHeight {
      let minimum = free >= 16 ? minimum : free >= 8 ? min(minimum, free / 2) : 3
      return SectionHeight(minimum: minimum, wanted: max(minimum, wanted))
    }
    switch pane {
    case .why:
      let lines = wrapped(whyLines(scene), columns: columns)
      // A large screen keeps the pane's height, so that the lanes do not jump with every sentence.
      let most = free >= 16 ? 5 : free >= 11 ? 4 : 2
      let rows = free >= 16 ? most : min(lines.count + 1, most)
      return Section(
        title: "", height: SectionHeight(minimum: rows, wanted: rows),
        content: .lines(lines))
    case .coldStart:
      let view = coldStart(scene)
      let wanted = min(max(12, free / 2), (view?.table.rows.count ?? 1) + 2)
      return Section(
        title: coldStartTitle(view, scene), height: height(min(6, wanted), wanted),
        content: .coldStart(view))
    case .details:
      let name = selected.map { environmentName($0, scene) } ?? ""
      let title = name.isEmpty ? "details" : "details of \(name)"
      return Section(title: title, height: height(6, 11), content: .details(billSoFar(scene)))
    case .requests:
      let payloads = payloadText(scene, columns: columns)
      let wanted = max(11, free / 3, Self.rowsOfRequestList(with: payloads))
      return Section(title: titled("requests"), height: height(6, wanted), content: .requests(payloads))
    case .source: return Section(title: "source", height: height(9, 12), content: .source)
    case .statistics: return Section(title: titled("statistics"), height: height(7, 7), content: .statistics)
    case .findings:
      let count = max(1, scene.stage.surroundings.findings.count)
      return Section(
        title: findingsTitle(scene.stage), height: height(min(5, count + 1), count + 1), content: .findings)
    case .inputs:
      return Section(
        title: inputsTitle(scene.stage), height: height(4, 2 + 2 * scene.stage.surroundings.inputs.count),
        content: .inputs)
    case .events:
      return Section(
        title: logTitle(scene), height: height(6, max(11, free / 3)), content: .events)
    }
  }

  /// The bill so far of the selected environment.
  private mutating func billSoFar(_ scene: borrowing Scene) -> EnvironmentBill {
    guard let selected, let track = scene.timeline.track(selected) else { return EnvironmentBill() }
    return panes.bill.bill(of: track, scene.timeline, at: scene.stage.time)
  }

  /// Draws a section below its rule.
  func draw(
    _ section: Section, into frame: inout Frame, _ hits: inout HitMap, _ rows: Range<Int>, _ layout: Layout,
    _ scene: borrowing Scene
  ) {
    guard rows.count > 1 else { return }
    switch section.content {
    case .lesson(let run): return drawLesson(run, scene.stage, into: &frame, &hits, rows: rows)
    case .options: return drawOptions(into: &frame, &hits, rows, scene.stage)
    case .futureCallers(let callers, let preview):
      return drawFuture(callers, preview, into: &frame, rows, layout, scene.stage)
    case .callers(let callers):
      return drawCallers(callers, into: &frame, rows, layout, scene)
    default: break
    }
    drawRule(section.title, into: &frame, &hits, row: rows.lowerBound)
    let body = rows.dropFirst()
    switch section.content {
    case .lines(let lines):
      // For a projector the text has a blank line above and below where there is room.
      let gap = isBig && body.count >= lines.count + 2 ? 1 : 0
      draw(
        lines.prefix(body.count), into: &frame, row: body.lowerBound + gap)
    case .coldStart(let view): drawColdStart(view, into: &frame, body, layout, scene)
    case .details(let bill): drawDetails(bill, into: &frame, body, scene)
    case .events: drawLog(into: &frame, body, scene)
    case .source where scene.stage.sources.isEmpty:
      drawCode(into: &frame, rows: body, columns: 1..<frame.columns - 1, scene)
    case .source: drawSources(into: &frame, body, 1..<frame.columns, scene)
    case .findings: drawFindings(into: &frame, &hits, body, scene)
    case .inputs: drawInputs(into: &frame, body, scene)
    case .requests(let payloads): drawRequestList(into: &frame, body, payloads, scene)
    case .lesson, .options, .callers, .futureCallers: break
    case .statistics: drawStatisticsPane(into: &frame, body, layout, scene)
    }
  }

  /// Draws a rule with the name of the part below it and the key that leads on.
  private func drawRule(
    _ title: String, into frame: inout Frame, _ hits: inout HitMap, row: Int
  ) {
    frame.fill(row: row, from: 0, to: frame.columns, with: Cell(painter.glyphs.rule, Style(.rule)))
    guard !title.isEmpty else { return }
    let key = " tab "
    let room = frame.columns - 3 - key.columnCount
    let end = frame.write(
      " \(title) ", column: 1, row: row, style: Style(.strong, on: .screen, .bold), limit: room)
    guard end + key.columnCount + 2 <= frame.columns else { return }
    let column = frame.columns - 1 - key.columnCount
    frame.write(key, column: column, row: row, style: Style(.strong, on: .screen, .bold))
    hits.add(.tab, row: row, columns: column..<frame.columns)
  }

  func draw(_ lines: ArraySlice<PaneLine>, into frame: inout Frame, row: Int, column first: Int = 1) {
    for (offset, line) in lines.enumerated() {
      var column = first
      if !line.heading.isEmpty {
        let style = Style(line.headingRole, on: .screen, line.headingRole == .strong ? .bold : [])
        column = frame.write(line.heading, column: column, row: row + offset, style: style) + 1
      }
      let role = isBig && line.role == .text ? .strong : line.role
      frame.write(line.text, column: column, row: row + offset, style: Style(role))
    }
  }
}
