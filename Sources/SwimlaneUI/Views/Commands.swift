internal import LambdaLifecycle

// The meanings of commands where nothing lies over the lanes, and neither a lesson, a player nor a pane has one of its own.

extension Viewer {
  mutating func obey(_ command: Command, _ scene: borrowing Scene) -> Answer {
    switch command {
    // The functions
    case .request: return .drive(.request)
    case .burst: return .drive(.burst)
    case .nextRequestKind: return .drive(.nextRequestKind)
    case .lessTraffic: return .drive(.lessTraffic)
    case .moreTraffic: return .drive(.moreTraffic)
    case .shorterIdleTimeout: return .drive(.shorterIdleTimeout)
    case .longerIdleTimeout: return .drive(.longerIdleTimeout)
    case .shutDown: return .drive(.shutDown(selected))
    case .shutDownAll: return .drive(.shutDownAll)
    case .crash: return .drive(.crash(selected))
    // Time
    case .pause: return .effect(.time(.pause))
    case .slower: return .effect(.time(.slower))
    case .faster: return .effect(.time(.faster))
    case .stepForward: return move(.stepForward)
    case .stepBack: return move(.stepBack)
    case .earlier: return move(.seek(moment(-1, from: scene.stage.time)))
    case .later: return move(.seek(moment(1, from: scene.stage.time)))
    case .start: return move(.start)
    case .end: return move(.end)
    case .follow:
      selection.follow()
      return move(.follow)
    case .previousError: return jump(to: .error, forward: false, scene)
    case .nextError: return jump(to: .error, forward: true, scene)
    case .previousColdStart: return jump(to: .coldStart, forward: false, scene)
    case .nextColdStart: return jump(to: .coldStart, forward: true, scene)
    case .previousThrottle: return jump(to: .throttle, forward: false, scene)
    case .nextThrottle: return jump(to: .throttle, forward: true, scene)
    case .previousMarker: return jump(to: .marker, forward: false, scene)
    case .nextMarker: return jump(to: .marker, forward: true, scene)
    case .previousShutdown: return jump(to: .shutdown, forward: false, scene)
    case .nextShutdown: return jump(to: .shutdown, forward: true, scene)
    // The picture
    case .zoomIn: zoom(by: -1, scene)
    case .zoomOut: zoom(by: 1, scene)
    case .panEarlier: camera.pan(by: -max(1, viewport.columns / 3), squeeze(scene))
    case .panLater: camera.pan(by: max(1, viewport.columns / 3), squeeze(scene))
    case .fit: camera.toggleWhole()
    case .squeeze: return toggleSqueeze(scene.stage)
    case .measure: mark = mark == nil ? scene.stage.time : nil
    case .big: isBig.toggle()
    // The list
    case .previousEnvironment: select(-1, scene)
    case .nextEnvironment: select(1, scene)
    case .pageUp: select(-max(1, arrangement.rows / 2), scene)
    case .pageDown: select(max(1, arrangement.rows / 2), scene)
    case .previousMatch: select(-1, scene, wraps: true)
    case .nextMatch: select(1, scene, wraps: true)
    case .toggle: toggleSelected()
    case .collapseAll: list.opened.toggleAll()
    case .sort: list.sort()
    // The panes
    case .nextPane: choosePane(scene)
    case .coldStart: showColdStart()
    case .logUp: showLog(scrolledBy: -1, scene.stage)
    case .logDown: showLog(scrolledBy: 1, scene.stage)
    case .logBinding:
      panes.log.isBound.toggle()
      showLog(scrolledBy: nil, scene.stage)
    // Layers
    case .filter:
      filter = ""
      overlay = .prompt(Prompt(.filter))
    case .save: overlay = .prompt(Prompt(.save))
    case .goToTime: overlay = .prompt(Prompt(.time))
    case .help: overlay = .help(HelpReading())
    case .options: openOptions(scene.stage)
    case .lessons: if scene.stage.surroundings.hasLessons { openMenu(at: scene.stage.surroundings.lesson) }
    case .back: goBack()
    case .suspend: return .program(.suspend)
    case .quit: return .program(.quit)
    // Keys of a lesson or a player alone
    case .goOn, .goBack, .predict, .reverse, .loop, .part, .previousPhase, .nextPhase, .previousRequest,
      .nextRequest, .addMarker:
      return .ignored
    }
    return .handled
  }

  /// Looks at another moment: picture and log keep to it again.
  mutating func move(_ act: TimeAct) -> Answer {
    camera.follow()
    panes.log.bottom = nil
    return .effect(.time(act))
  }

  /// The moment that is steps of a twentieth of the picture away, in whole cells.
  private func moment(_ steps: Int, from time: Timestamp) -> Timestamp {
    let cells = steps * max(1, viewport.columns / 20)
    if viewport.breaks.isEmpty || !viewport.contains(time) { return time &+ viewport.perCell &* Int64(cells) }
    let column = viewport.column(of: time)
    // As far into its cell as before, but for cells of other widths.
    let offset = min(time &- viewport.time(of: column), viewport.perCell &- 1)
    return viewport.time(of: column + cells) &+ offset
  }

  private mutating func zoom(by steps: Int, _ scene: borrowing Scene) {
    let time = scene.stage.time
    let anchor = viewport.contains(time) ? time : viewport.time(of: viewport.columns / 2)
    camera.zoom(by: steps, around: anchor, squeeze(scene))
  }

  /// Selects the environment a number of places away in the list.
  private mutating func select(_ step: Int, _ scene: borrowing Scene, wraps: Bool = false) {
    let visible = visibleTracks(scene)
    guard !visible.isEmpty else { return }
    let at =
      visible.firstIndex { scene.timeline.tracks[$0].id == selected } ?? (step > 0 ? -1 : visible.count)
    let next = wraps ? (at + step + visible.count) % visible.count : min(max(0, at + step), visible.count - 1)
    selection.choose(scene.timeline.tracks[visible[next]].id)
  }

  /// Opens the selected environment to its lanes, or closes it to one bar.
  private mutating func toggleSelected() {
    guard let selected else { return }
    selection.stay()
    list.opened.set(selected, isOpen: !isExpanded(selected, isGone: false))
  }

  private mutating func goBack() {
    list.opened.showGone(false)
    if mark == nil { filter = "" } else { mark = nil }
  }
}
