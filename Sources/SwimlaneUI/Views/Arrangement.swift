internal import LambdaLifecycle

/// A row of the environment list on the screen.
struct ListedRow: Sendable {
  var row: EnvironmentRow
  /// Rows of the screen that it takes.
  var rows: Range<Int>
}

/// The places of everything on a screen of a size at a moment: decided before anything is drawn, and asked by keys and
/// the pointer until the next frame.
struct Arrangement: Sendable {
  var columns = 0
  var rows = 0
  /// nil where the screen has no room for anything.
  var layout: Layout?
  /// Indexes of the tracks that are listed, and those of them that the picture reaches.
  var visible: [Int] = []
  var inPicture: [Int] = []
  /// The environments that are drawn with their lanes.
  var reach = LanesReach.all
  /// The functions' source needs the rows of the lanes: where two functions are compared, or where it is asked for.
  var lanesGiveWay = false
  /// The rows of the list in sight.
  var list: [ListedRow] = []
  /// Rows of the list above those in sight, and below them.
  var hidden = (above: 0, below: 0)
  /// The panes that are shown, each with its rows below its rule.
  var panes: [(pane: Pane, body: Range<Int>)] = []
  /// The scale of the row that shows a recording as a whole; nil where there is none.
  var whole: WholeScale?

  /// Rows of the screen that the environments take.
  var listedRows: Int { list.last.map { $0.rows.upperBound - (list.first?.rows.lowerBound ?? 0) } ?? 0 }

  /// The rows of a pane below its rule; none where it is not shown.
  func body(of pane: Pane) -> Range<Int> { panes.first { $0.pane == pane }?.body ?? 0..<0 }

  /// The row of the list under the pointer.
  func row(at mouse: Mouse) -> EnvironmentRow? { list.first { $0.rows.contains(mouse.row) }?.row }
}

extension Viewer {
  /// Decides what stands where: nothing is drawn yet, and to draw changes nothing.
  /// - Returns: the sections below the lanes; none where the screen has no room for anything.
  mutating func arrange(_ scene: borrowing Scene, columns: Int, rows: Int) -> [Section] {
    let whole = arrangement.whole
    arrangement = Arrangement(columns: columns, rows: rows)
    guard Layout.fits(columns: columns, rows: rows) else { return [] }
    let visible = visibleTracks(scene)
    if let run = scene.stage.lesson { turn(to: run, scene) }
    choose(among: visible, scene)
    arrangement.lanesGiveWay = lanesGiveWay(scene.stage)
    let sides = Layout.Sides(
      columns: columns, hasSource: !scene.stage.sources.isEmpty || !scene.stage.surroundings.code.isEmpty,
      hasFunctions: scene.timeline.functions.count > 1)
    let squeeze = squeeze(scene)
    aim(columns: sides.timeColumns, scene, squeeze)
    let inPicture = visible.filter { scene.timeline.tracks[$0].gone > viewport.left }
    let listed = listed(visible, scene)
    let room = environmentRoom(listed, scene, sides, rows: rows)
    let sections = sections(scene, columns: columns, rows: rows, lanes: room.heights.last ?? 8)
    let layout = Layout(
      sides, rows: rows, lanes: room.heights.map { $0 + rowsOfCode(scene.stage) },
      sections: sections.map(\.height),
      hasOverview: scene.stage.lead.hasEnd && !scene.timeline.isEmpty,
      bandHeight: bandHeight(inPicture.count, rows: rows))
    arrangement.layout = layout
    (arrangement.visible, arrangement.inPicture) = (visible, inPicture)
    arrangement.reach = room.reach(in: layout.environments.count, needsLanes: lessonSight.needsLanes)
    arrangement.panes = zip(sections, layout.sections).compactMap { section, rows in
      section.pane.map { ($0, rows.dropFirst()) }
    }
    if layout.overviewRow != nil {
      arrangement.whole = WholeScale(of: scene, columns: layout.timeColumns, squeeze, before: whole)
    }
    arrangeList(listed, layout, scene)
    return sections
  }

  /// Moves the picture to where it belongs.
  private mutating func aim(columns: Int, _ scene: borrowing Scene, _ squeeze: Squeeze) {
    camera.arrange(columns: columns, scene, squeeze)
    if let run = scene.stage.lesson, lessonSight.hasTurned() {
      camera.bringIntoSight(spokenOf(run, scene.timeline, at: scene.stage.time), scene, squeeze)
    }
  }

  /// Until the user chooses one, the environment of the latest request is selected: the eye goes where it happens.
  private mutating func choose(among visible: [Int], _ scene: borrowing Scene) {
    if !selection.isChosen, scene.stage.lead.hasEnd, scene.stage.time == scene.stage.newest,
      let worst = scene.stage.surroundings.findings.first(where: {
        scene.timeline.track($0.environment) != nil
      }),
      visible.contains(where: { scene.timeline.tracks[$0].id == worst.environment })
    {
      // A recording opens at what is worth a look.
      selection.move(to: worst.environment)
      return
    }
    if !selection.isChosen {
      let latest = scene.timeline.requests.suffix(1_000).last {
        $0.arrival <= scene.stage.time && $0.environment != .none
      }
      if let latest, visible.contains(where: { scene.timeline.tracks[$0].id == latest.environment }) {
        selection.move(to: latest.environment)
        return
      }
    }
    if let selected, visible.contains(where: { scene.timeline.tracks[$0].id == selected }) { return }
    selection.move(to: visible.first.map { scene.timeline.tracks[$0].id })
  }

  private func lanesGiveWay(_ stage: Stage) -> Bool {
    arrangement.columns < Layout.columnsForSource && !stage.sources.isEmpty
      && (stage.sources.count > 1 || pane == .source)
  }
}
