internal import LambdaLifecycle

// Keys that change how one looks, and nothing else: zoom, selection, panes, help.

extension Viewer {
  mutating func look(
    _ command: Command, _ timeline: borrowing Timeline, _ catalog: Catalog, _ stage: Stage
  ) {
    switch command {
    case .zoomIn, .zoomOut:
      fitsAll = false
      chooseScale()
      let anchor = viewport.contains(stage.time) ? stage.time : viewport.time(of: viewport.columns / 2)
      viewport.zoom(by: command == .zoomIn ? -1 : 1, around: anchor, squeeze(timeline, stage))
    case .panEarlier, .panLater:
      keepsNow = false
      fitsAll = false
      viewport.pan(
        by: (command == .panLater ? 1 : -1) * max(1, viewport.columns / 3), squeeze(timeline, stage))
    case .fit:
      fitsAll.toggle()
      chooseScale()
      keepsNow = true
      if fitsAll { beforeFit = viewport } else if let beforeFit { viewport = beforeFit }
    case .previousEnvironment: select(-1, timeline, catalog, stage)
    case .nextEnvironment: select(1, timeline, catalog, stage)
    case .pageUp: select(-max(1, rows / 2), timeline, catalog, stage)
    case .pageDown: select(max(1, rows / 2), timeline, catalog, stage)
    case .toggle:
      guard let selected else { return }
      hasChosen = true
      toggled[selected] = !isExpanded(selected, isGone: false)
    case .nextPane: choosePane(timeline, stage)
    case .measure: mark = mark == nil ? stage.time : nil
    case .filter:
      isTyping = true
      filter = ""
    case .nextMatch: select(1, timeline, catalog, stage, wraps: true)
    case .lessons: if stage.surroundings.hasLessons { openMenu(at: stage.surroundings.lesson) }
    case .big: isBig.toggle()
    case .sort: order = order.next
    case .coldStart:
      if pane == .coldStart { lineOrder = lineOrder == .source ? .cost : .source }
      pane = .coldStart
      coldStartScroll = 0
    case .logDown where pane == .coldStart: coldStartScroll = min(coldStartScroll + 1, 10_000)
    case .logUp where pane == .coldStart: coldStartScroll = max(0, coldStartScroll - 1)
    case .logDown where pane == .inputs: scrollInputs(1)
    case .logUp where pane == .inputs: scrollInputs(-1)
    case .collapseAll: collapseAll()
    case .help:
      showsHelp = true
      helpScroll = 0
    case .options: openOptions(stage)
    case .save: prompt = Prompt(.save)
    case .goToTime: prompt = Prompt(.time)
    case .back:
      showsGone = false
      if mark == nil { filter = "" } else { mark = nil }
    default: break
    }
  }

  /// The scale is the user's from now on.
  mutating func chooseScale() {
    hasZoomed = true
    firstShown = nil
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
    _ step: Int, _ timeline: borrowing Timeline, _ catalog: Catalog, _ stage: Stage, wraps: Bool = false
  ) {
    let visible = visibleTracks(timeline, catalog, stage)
    guard !visible.isEmpty else { return }
    hasChosen = true
    let at = visible.firstIndex { timeline.tracks[$0].id == selected } ?? (step > 0 ? -1 : visible.count)
    let next = wraps ? (at + step + visible.count) % visible.count : min(max(0, at + step), visible.count - 1)
    selected = timeline.tracks[visible[next]].id
  }
}
