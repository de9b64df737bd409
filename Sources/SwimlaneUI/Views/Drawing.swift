internal import LambdaLifecycle

extension Viewer {
  /// Draws everything into a frame of that size.
  package mutating func draw(
    _ scene: borrowing Scene, columns: Int, rows: Int
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
    let visible = visibleTracks(scene)
    if let run = scene.stage.lesson { turn(to: run, scene) }
    choose(among: visible, scene)
    weighLanes(scene.stage)
    let sides = Layout.Sides(
      columns: columns, hasSource: !scene.stage.sources.isEmpty || !scene.stage.surroundings.code.isEmpty,
      hasFunctions: scene.timeline.functions.count > 1)
    let squeeze = squeeze(scene)
    camera.arrange(columns: sides.timeColumns, scene, squeeze)
    if let run = scene.stage.lesson, lessonSight.hasTurned() {
      camera.bringIntoSight(spokenOf(run, scene.timeline, at: scene.stage.time), scene, squeeze)
    }
    let fleet = visible.filter { scene.timeline.tracks[$0].gone > viewport.left }
    let listed = listed(visible, scene)
    let room = environmentRoom(listed, scene, sides, rows: rows)
    let sections = sections(
      scene, columns: columns, rows: rows, lanes: room.heights.last ?? 8)
    let layout = Layout(
      sides, rows: rows, lanes: room.heights.map { $0 + rowsOfCode(scene.stage) },
      sections: sections.map(\.height),
      hasOverview: scene.stage.lead.hasEnd && !scene.timeline.isEmpty,
      bandHeight: bandHeight(fleet.count, rows: rows))
    picture = Picture(layout: layout)
    reach = room.reach(in: layout.environments.count, needsLanes: lessonSight.needsLanes)
    drawHeader(into: &frame, scene.stage)
    if scene.stage.preview == nil { drawTimeAxis(into: &frame, layout, scene) }
    drawBand(fleet, into: &frame, layout, scene)
    drawEnvironments(listed, into: &frame, layout, scene)
    if !visible.isEmpty {
      drawBreakEdges(into: &frame, layout)
      drawNow(into: &frame, layout, scene.stage)
    }
    drawMeasure(into: &frame, layout, scene.stage)
    drawOverview(into: &frame, layout, scene)
    drawSources(into: &frame, layout, scene)
    drawCode(into: &frame, layout, scene)
    drawSourceLines(into: &frame, layout, scene)
    for (section, rows) in zip(sections, layout.sections) {
      draw(section, into: &frame, rows, layout, scene)
    }
    if let row = layout.statisticsRow, !isBlank(scene) {
      drawStatistics(scene, into: &frame, row: row)
    }
    drawFooter(into: &frame, layout, scene.stage)
    if let menu { drawMenu(menu, into: &frame, layout, scene.stage) }
    if showsHelp { drawHelp(into: &frame, layout, scene.stage.lead) }
    return frame
  }

  /// Nothing has happened of which a figure could be given.
  private func isBlank(_ scene: borrowing Scene) -> Bool {
    scene.timeline.tracks.isEmpty && scene.timeline.requests.isEmpty && scene.timeline.undecodable == 0
      && scene.stage.reminders.isEmpty
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

  /// Decides whether the lanes give way to the functions' source.
  private mutating func weighLanes(_ stage: Stage) {
    lanesGiveWay =
      columns < Layout.columnsForSource && !stage.sources.isEmpty
      && (stage.sources.count > 1 || pane == .source)
  }
}
