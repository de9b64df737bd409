internal import LambdaLifecycle

extension Viewer {
  /// Draws what has been arranged, and changes nothing.
  /// - Returns: the frame, and what can be clicked in it.
  func draw(_ sections: [Section], _ scene: borrowing Scene) -> (frame: Frame, hits: HitMap) {
    var frame = Frame(columns: arrangement.columns, rows: arrangement.rows)
    var hits = HitMap()
    guard let layout = arrangement.layout else {
      drawTooSmall(into: &frame)
      return (frame, hits)
    }
    drawHeader(into: &frame, scene)
    if scene.stage.preview == nil { drawTimeAxis(into: &frame, layout, scene) }
    drawBand(arrangement.inPicture, into: &frame, layout, scene)
    drawEnvironments(into: &frame, &hits, layout, scene)
    if !arrangement.visible.isEmpty {
      drawBreakEdges(into: &frame, layout)
      drawNow(into: &frame, layout, scene.stage)
    }
    drawMeasure(into: &frame, layout, scene.stage)
    drawOverview(into: &frame, layout, scene)
    drawSources(into: &frame, layout, scene)
    drawCode(into: &frame, layout, scene)
    drawSourceLines(into: &frame, layout, scene)
    for (section, rows) in zip(sections, layout.sections) {
      draw(section, into: &frame, &hits, rows, layout, scene)
    }
    if let row = layout.statisticsRow, !isBlank(scene) {
      drawStatistics(scene, into: &frame, row: row)
    }
    drawFooter(into: &frame, &hits, layout, scene.stage)
    switch overlay {
    case .menu(let menu): drawMenu(menu, into: &frame, &hits, layout, scene.stage)
    case .help(let help): drawHelp(help, into: &frame, &hits, layout, scene.stage.lead)
    case .prompt, nil: break
    }
    return (frame, hits)
  }

  private func drawTooSmall(into frame: inout Frame) {
    let minimum = Layout.minimum
    let by = painter.glyphs.isASCII ? "x" : "×"
    frame.write("needs \(minimum.columns)\(by)\(minimum.rows),", column: 0, row: 0)
    frame.write("is \(frame.columns)\(by)\(frame.rows)", column: 0, row: 1)
  }

  /// Nothing has happened of which a figure could be given.
  private func isBlank(_ scene: borrowing Scene) -> Bool {
    scene.timeline.tracks.isEmpty && scene.timeline.requests.isEmpty && scene.timeline.undecodable == 0
      && scene.stage.reminders.isEmpty
  }
}
