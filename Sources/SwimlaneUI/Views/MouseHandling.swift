internal import LambdaLifecycle

/// A row of the environment list on the screen.
struct ListedRow: Sendable {
  var row: EnvironmentRow
  /// Rows of the screen that it takes.
  var rows: Range<Int>
}

/// The places of the last frame that the pointer may be over, beside keys: the picture, and the rows of the
/// list.
struct Picture: Sendable {
  var layout: Layout
  var listed: [ListedRow] = []
  /// Rows of the log; empty while it is not shown.
  var log = 0..<0
  /// Rows of the inputs; empty while they are not shown.
  var inputs = 0..<0

  func row(at mouse: Mouse) -> EnvironmentRow? {
    listed.first { $0.rows.contains(mouse.row) }?.row
  }
}

/// The thing that the pressed button holds.
enum Grip: Sendable {
  /// The picture as it was, at this column. Nothing has moved yet: it may become a click.
  case picture(Viewport, column: Int, hasMoved: Bool)
  /// The moment looked at.
  case time
  /// The same, in the row that shows a recording as a whole.
  case overview
}

extension Viewer {
  /// Answers the mouse: a click on a key is that key, on a name selects, on an arrow (or again) folds; a click on the
  /// axis looks at that moment; dragging moves the picture; the wheel zooms at the pointer, or moves the list.
  mutating func point(_ mouse: Mouse, _ scene: borrowing Scene)
    -> Effect?
  {
    switch mouse.kind {
    case .press: return press(mouse, scene)
    case .drag: return drag(mouse, scene)
    case .release:
      defer { grip = nil }
      if case .picture(_, _, false) = grip, let row = picture?.row(at: mouse) { choose(row, scene.timeline) }
      return nil
    case .wheelUp, .wheelDown:
      if hits.isCovered(at: mouse) {
        return handle(mouse.kind == .wheelUp ? .up : .down, scene)
      }
      turnWheel(mouse, scene)
      return nil
    }
  }

  private mutating func press(
    _ mouse: Mouse, _ scene: borrowing Scene
  ) -> Effect? {
    grip = nil
    switch hits.target(at: mouse) {
    case .key(let key):
      // A key that is read in the help is tried, not only closed over; those of the help itself are the footer's.
      if showsHelp, ![.character("?"), .escape, .up].contains(key) { showsHelp = false }
      return handle(key, scene)
    case .entry(let place):
      if menu == nil, !showsOptions, readsFindings {
        finding = place
        return goToFinding(scene)
      }
      if menu == nil {
        options.choose(place: place, of: scene.stage.options)
        return nil
      }
      menu?.chosen = place
      menu?.asked = nil
      return handle(.enter, scene)
    case .nothing: return nil
    case nil: break
    }
    guard let layout = picture?.layout, mouse.column < layout.side.lowerBound else { return nil }
    if layout.environments.contains(mouse.row) {
      if mouse.column >= layout.labelWidth {
        grip = .picture(viewport, column: mouse.column, hasMoved: false)
      } else if let row = picture?.row(at: mouse) {
        fold(row, isArrow: mouse.column < 2, scene)
      }
    } else if mouse.row == layout.overviewRow, mouse.column >= layout.labelWidth {
      grip = .overview
      return lookAtOverview(mouse, layout).map { moveTime($0) }
    } else if isAxis(mouse, layout) {
      grip = .time
      return look(at: mouse, layout)
    }
    return nil
  }

  private mutating func drag(_ mouse: Mouse, _ scene: borrowing Scene) -> Effect? {
    switch grip {
    case .picture(let before, let column, let hasMoved):
      guard hasMoved || mouse.column != column else { return nil }
      grip = .picture(before, column: column, hasMoved: true)
      camera.pan(by: column - mouse.column, from: before, squeeze(scene))
      return nil
    case .time: return picture.flatMap { look(at: mouse, $0.layout) }
    case .overview: return picture.flatMap { lookAtOverview(mouse, $0.layout) }.map { moveTime($0) }
    case nil: return nil
    }
  }

  /// The request row and the axis.
  private func isAxis(_ mouse: Mouse, _ layout: Layout) -> Bool {
    mouse.row >= 1 && mouse.row < layout.environments.lowerBound && mouse.column >= layout.labelWidth
  }

  private mutating func look(at mouse: Mouse, _ layout: Layout) -> Effect {
    camera.follow()
    let column = min(max(0, mouse.column - layout.labelWidth), viewport.columns - 1)
    return .seek(viewport.time(of: column) &+ viewport.width(of: column) / 2)
  }

  private mutating func choose(_ row: EnvironmentRow, _ timeline: borrowing Timeline) {
    switch row.content {
    case .gap, .group: return
    case .folded: opened.showGone(true)
    case .head, .lane:
      guard timeline.tracks.indices.contains(row.track) else { return }
      selection.choose(timeline.tracks[row.track].id)
    }
  }

  /// A name selects its environment, its arrow or a second click opens or closes it.
  private mutating func fold(
    _ row: EnvironmentRow, isArrow: Bool, _ scene: borrowing Scene
  ) {
    let before = selection.isChosen ? selected : nil
    let wasExpanded = row.content == .head(isExpanded: true)
    choose(row, scene.timeline)
    guard case .head = row.content, let selected, isArrow || selected == before else { return }
    opened.set(selected, isOpen: !wasExpanded)
  }

  private mutating func turnWheel(_ mouse: Mouse, _ scene: borrowing Scene) {
    guard let layout = picture?.layout else { return }
    let step = mouse.kind == .wheelUp ? -1 : 1
    let isInPicture = (layout.labelWidth..<layout.side.lowerBound).contains(mouse.column)
    if isInPicture, mouse.row >= 1, mouse.row < layout.environments.upperBound {
      camera.zoom(by: step, around: viewport.time(of: mouse.column - layout.labelWidth), squeeze(scene))
      camera.followIfInSight(scene.stage.time)
    } else if picture?.log.contains(mouse.row) == true {
      scrollLog(3 * step, scene.stage)
    } else if picture?.inputs.contains(mouse.row) == true {
      scrollInputs(3 * step)
    } else if mouse.column < layout.labelWidth, layout.environments.contains(mouse.row) {
      scroll += 3 * step
      scrollsFreely = true
    }
  }
}
