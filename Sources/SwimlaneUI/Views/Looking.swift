internal import LambdaLifecycle

// Keys that change how one looks, and nothing else: zoom, selection, panes, help.

extension Viewer {
  mutating func look(
    _ command: Command, _ scene: borrowing Scene
  ) {
    switch command {
    case .zoomIn, .zoomOut:
      let anchor =
        viewport.contains(scene.stage.time) ? scene.stage.time : viewport.time(of: viewport.columns / 2)
      camera.zoom(by: command == .zoomIn ? -1 : 1, around: anchor, squeeze(scene))
    case .panEarlier, .panLater:
      camera.pan(by: (command == .panLater ? 1 : -1) * max(1, viewport.columns / 3), squeeze(scene))
    case .fit: camera.toggleWhole()
    case .previousEnvironment: select(-1, scene)
    case .nextEnvironment: select(1, scene)
    case .pageUp: select(-max(1, rows / 2), scene)
    case .pageDown: select(max(1, rows / 2), scene)
    case .toggle:
      guard let selected else { return }
      selection.stay()
      opened.set(selected, isOpen: !isExpanded(selected, isGone: false))
    case .nextPane: choosePane(scene)
    case .measure: mark = mark == nil ? scene.stage.time : nil
    case .filter:
      isTyping = true
      filter = ""
    case .nextMatch: select(1, scene, wraps: true)
    case .lessons: if scene.stage.surroundings.hasLessons { openMenu(at: scene.stage.surroundings.lesson) }
    case .big: isBig.toggle()
    case .sort: order = order.next
    case .coldStart:
      if pane == .coldStart { coldStartReading.toggleOrder() }
      pane = .coldStart
      coldStartReading.scrollToTop()
    case .logDown where pane == .coldStart: coldStartReading.scroll(by: 1)
    case .logUp where pane == .coldStart: coldStartReading.scroll(by: -1)
    case .logDown where pane == .inputs: scrollInputs(1)
    case .logUp where pane == .inputs: scrollInputs(-1)
    case .collapseAll: opened.toggleAll()
    case .help:
      showsHelp = true
      helpScroll = 0
    case .options: openOptions(scene.stage)
    case .save: prompt = Prompt(.save)
    case .goToTime: prompt = Prompt(.time)
    case .back:
      opened.showGone(false)
      if mark == nil { filter = "" } else { mark = nil }
    default: break
    }
  }

  mutating func handleInHelp(_ command: Command) -> Effect? {
    switch command {
    case .quit: return .quit
    case .suspend: return .suspend
    case .nextEnvironment, .later: helpScroll += 1
    case .previousEnvironment, .earlier: helpScroll = max(0, helpScroll - 1)
    case .pageDown: helpScroll += max(1, rows - 4)
    case .pageUp: helpScroll = max(0, helpScroll - max(1, rows - 4))
    default: showsHelp = false
    }
    return nil
  }

  mutating func select(
    _ step: Int, _ scene: borrowing Scene, wraps: Bool = false
  ) {
    let visible = visibleTracks(scene)
    guard !visible.isEmpty else { return }
    let at =
      visible.firstIndex { scene.timeline.tracks[$0].id == selected } ?? (step > 0 ? -1 : visible.count)
    let next = wraps ? (at + step + visible.count) % visible.count : min(max(0, at + step), visible.count - 1)
    selection.choose(scene.timeline.tracks[visible[next]].id)
  }
}
