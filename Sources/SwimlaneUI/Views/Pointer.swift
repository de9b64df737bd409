internal import LambdaLifecycle

/// The mouse: what it may be over, and what its pressed button holds.
struct Pointer: Sendable {
  /// The thing that the pressed button holds.
  enum Grip: Sendable {
    /// The picture as it was, at this column. Nothing has moved yet: it may become a click.
    case picture(Viewport, column: Int, hasMoved: Bool)
    /// The moment looked at.
    case time
    /// The same, in the row that shows a recording as a whole.
    case overview
  }

  private var hits = HitMap()
  private(set) var grip: Grip?

  /// Another frame is below it.
  mutating func lie(over hits: HitMap) { self.hits = hits }

  mutating func hold(_ grip: Grip?) { self.grip = grip }

  func target(at mouse: Mouse) -> HitMap.Target? { hits.target(at: mouse) }

  func isCovered(at mouse: Mouse) -> Bool { hits.isCovered(at: mouse) }
}

extension Viewer {
  /// Answers the mouse: a click on a key is that key, on a name selects, on an arrow (or again) folds; a click on the
  /// axis looks at that moment; dragging moves the picture; the wheel zooms at the pointer, or moves the list.
  mutating func point(_ mouse: Mouse, _ scene: borrowing Scene) -> Answer {
    switch mouse.kind {
    case .press: return press(mouse, scene)
    case .drag: return drag(mouse, scene)
    case .release:
      if case .picture(_, _, false) = pointer.grip, let row = arrangement.row(at: mouse) {
        choose(row, scene.timeline)
      }
      pointer.hold(nil)
    case .wheelUp, .wheelDown:
      if pointer.isCovered(at: mouse) { return answer(mouse.kind == .wheelUp ? .up : .down, scene) }
      turnWheel(mouse, scene)
    }
    return .handled
  }

  private mutating func press(_ mouse: Mouse, _ scene: borrowing Scene) -> Answer {
    pointer.hold(nil)
    switch pointer.target(at: mouse) {
    case .key(let key):
      // A key that is read in the help is tried, not only closed over; those of the help itself are the footer's.
      if case .help = overlay, ![.character("?"), .escape, .up].contains(key) { overlay = nil }
      return answer(key, scene)
    case .entry(let place): return chooseEntry(place, scene)
    case .nothing: return .handled
    case nil: break
    }
    guard let layout = arrangement.layout, mouse.column < layout.side.lowerBound else { return .handled }
    if layout.environments.contains(mouse.row) {
      if mouse.column >= layout.labelWidth {
        pointer.hold(.picture(viewport, column: mouse.column, hasMoved: false))
      } else if let row = arrangement.row(at: mouse) {
        fold(row, isArrow: mouse.column < 2, scene)
      }
    } else if mouse.row == layout.overviewRow, mouse.column >= layout.labelWidth {
      pointer.hold(.overview)
      return lookAtOverview(mouse, layout)
    } else if isAxis(mouse, layout) {
      pointer.hold(.time)
      return look(at: mouse, layout)
    }
    return .handled
  }

  /// A click on an entry of the list that is open.
  private mutating func chooseEntry(_ place: Int, _ scene: borrowing Scene) -> Answer {
    if case .menu(var menu) = overlay {
      menu.chosen = place
      menu.asked = nil
      overlay = .menu(menu)
      return answer(.enter, scene)
    }
    if options.isOpen {
      options.choose(place: place, of: scene.stage.options)
      return .handled
    }
    panes.findings.choose(place)
    return goToFinding(scene)
  }

  private mutating func drag(_ mouse: Mouse, _ scene: borrowing Scene) -> Answer {
    switch pointer.grip {
    case .picture(let before, let column, let hasMoved):
      guard hasMoved || mouse.column != column else { return .handled }
      pointer.hold(.picture(before, column: column, hasMoved: true))
      camera.pan(by: column - mouse.column, from: before, squeeze(scene))
    case .time:
      if let layout = arrangement.layout { return look(at: mouse, layout) }
    case .overview:
      if let layout = arrangement.layout { return lookAtOverview(mouse, layout) }
    case nil: break
    }
    return .handled
  }

  /// The request row and the axis.
  private func isAxis(_ mouse: Mouse, _ layout: Layout) -> Bool {
    mouse.row >= 1 && mouse.row < layout.environments.lowerBound && mouse.column >= layout.labelWidth
  }

  private mutating func look(at mouse: Mouse, _ layout: Layout) -> Answer {
    camera.follow()
    let column = min(max(0, mouse.column - layout.labelWidth), viewport.columns - 1)
    return .effect(.time(.seek(viewport.time(of: column) &+ viewport.width(of: column) / 2)))
  }

  /// A click or a drag in the row that shows a recording as a whole.
  private mutating func lookAtOverview(_ mouse: Mouse, _ layout: Layout) -> Answer {
    guard let whole = arrangement.whole?.viewport else { return .handled }
    let column = min(max(0, mouse.column - layout.labelWidth), whole.columns - 1)
    return move(.seek(whole.time(of: column) &+ whole.width(of: column) / 2))
  }

  private mutating func choose(_ row: EnvironmentRow, _ timeline: borrowing Timeline) {
    switch row.content {
    case .gap, .group: return
    case .folded: list.opened.showGone(true)
    case .head, .lane:
      guard timeline.tracks.indices.contains(row.track) else { return }
      selection.choose(timeline.tracks[row.track].id)
    }
  }

  /// A name selects its environment, its arrow or a second click opens or closes it.
  private mutating func fold(_ row: EnvironmentRow, isArrow: Bool, _ scene: borrowing Scene) {
    let before = selection.isChosen ? selected : nil
    let wasExpanded = row.content == .head(isExpanded: true)
    choose(row, scene.timeline)
    guard case .head = row.content, let selected, isArrow || selected == before else { return }
    list.opened.set(selected, isOpen: !wasExpanded)
  }

  private mutating func turnWheel(_ mouse: Mouse, _ scene: borrowing Scene) {
    guard let layout = arrangement.layout else { return }
    let step = mouse.kind == .wheelUp ? -1 : 1
    let isInPicture = (layout.labelWidth..<layout.side.lowerBound).contains(mouse.column)
    if isInPicture, mouse.row >= 1, mouse.row < layout.environments.upperBound {
      camera.zoom(by: step, around: viewport.time(of: mouse.column - layout.labelWidth), squeeze(scene))
      camera.followIfInSight(scene.stage.time)
    } else if arrangement.body(of: .events).contains(mouse.row) {
      scrollLog(3 * step, scene.stage)
    } else if arrangement.body(of: .inputs).contains(mouse.row) {
      scrollInputs(3 * step, scene)
    } else if mouse.column < layout.labelWidth, layout.environments.contains(mouse.row) {
      list.scroll(by: 3 * step)
    }
  }
}
