package import LambdaLifecycle

/// An act that the viewer asks of the program; everything else it does itself.
package enum Effect: Equatable, Sendable {
  case request, burst, nextRequestKind
  case lessTraffic, moreTraffic
  case shorterIdleTimeout, longerIdleTimeout
  case shutDown(EnvironmentID?)
  case shutDownAll
  case crash(EnvironmentID?)
  /// To an emulator of ours.
  case command(SimulationCommand)
  case turn(Control, up: Bool)
  /// To a file of that name.
  case save(String)
  case pause, stepForward, stepBack, slower, faster
  case seek(Timestamp)
  case goOn, goBack
  /// The place of a choice.
  case predict(Int)
  /// The place of a lesson in the menu.
  case startLesson(Int)
  /// The last step of a lesson has been left.
  case lessonOver
  case start, end, follow
  case suspend, quit
  /// Looks at another moment, and says why.
  case jump(Timestamp, String)
  /// Plays backwards, or forwards again.
  case reverse
  /// Plays a stretch again and again; nil ends that.
  case loop(ClosedRange<Timestamp>?)
  /// Names the moment looked at.
  case addMarker(String)
  /// The viewer has done it.
  case nothing
  /// Says something to the user.
  case tell(String)
  /// A key that means nothing.
  case unknownKey
}

/// A view of a timeline by somebody: what is selected, how far in, which panes. Draws it.
package struct Viewer: Sendable {
  package var painter: BarPainter
  var selection = SelectedEnvironment()
  /// The environment that the details speak of.
  package var selected: EnvironmentID? { selection.id }
  var camera: Camera
  /// The stretch of time in sight.
  package var viewport: Viewport { camera.viewport }
  package internal(set) var pane = Pane.why
  package internal(set) var showsHelp = false
  /// The text that environments are filtered by; empty for none.
  package internal(set) var filter = ""
  /// The filter is being typed.
  package internal(set) var isTyping = false
  /// The style for a projector: thick lanes, few panes.
  package internal(set) var isBig: Bool
  /// The order in which environments are listed.
  package internal(set) var order = EnvironmentOrder.age

  var options = OptionsList()
  /// The options are open.
  package var showsOptions: Bool { options.isOpen }
  /// The place of the finding that is chosen.
  var finding = 0
  /// How the parts of an init are read.
  var coldStartReading = ColdStartReading()
  /// Rows of the inputs above those in sight.
  var inputsScroll = 0
  /// How the log is read.
  var log = LogReading()
  /// The text being typed in the footer; nil for nothing.
  var prompt: Prompt?
  /// The scale of the row that shows a recording as a whole.
  var knownOverview: (key: OverviewKey, viewport: Viewport)?

  /// Environments that the user has opened or closed.
  var opened = OpenEnvironments()
  /// The menu of lessons, while it is open.
  var menu: LessonMenu?
  /// How far the picture has followed a lesson.
  var lessonSight = LessonSight()
  var scroll = 0
  var helpScroll = 0
  /// It begins with the whole session in sight.
  private let beginsFitted: Bool
  /// The moment that is measured from.
  package internal(set) var mark: Timestamp?
  /// The bill so far of the environment in the details.
  var bill = EnvironmentBillCursor()
  var columns = 0
  var rows = 0
  /// Rows that the environments took in the last frame.
  var listedRows = 0
  /// The environments that were drawn with their lanes in the last frame.
  var reach = LanesReach.all
  /// The functions' source needs the rows of the lanes: where two functions are compared, or where it is asked for.
  var lanesGiveWay = false
  /// The places of the last frame, for the mouse.
  var hits = HitMap()
  var picture: Picture?
  var grip: Grip?
  /// The wheel has moved the list: the selected environment need not be in sight.
  var scrollsFreely = false

  /// - Parameters:
  ///   - fitsAll: begin with the whole session in sight, as a player does.
  ///   - isBig: begin in the style for a projector.
  ///   - pane: what stands below the lanes at first.
  package init(
    glyphs: GlyphSet, hasColor: Bool, start: Timestamp, fitsAll: Bool, isBig: Bool = false,
    pane: Pane = .why
  ) {
    self.isBig = isBig
    self.pane = pane
    painter = BarPainter(glyphs: glyphs, hasColor: hasColor)
    camera = Camera(start: start, showsWhole: fitsAll)
    beginsFitted = fitsAll
  }

  /// Begins anew with another session.
  package mutating func restart(at start: Timestamp) {
    let (isFit, isBig, camera) = (beginsFitted, isBig, camera)
    self = Viewer(
      glyphs: painter.glyphs, hasColor: painter.hasColor, start: start, fitsAll: isFit, isBig: isBig)
    self.camera.takePreferences(of: camera)
  }
}

// MARK: - Keys

extension Viewer {
  /// Answers a key.
  /// - Returns: the act that is left to the program, or nil if the viewer has done it.
  package mutating func handle(_ key: Key, _ scene: borrowing Scene)
    -> Effect?
  {
    if case .mouse(let mouse) = key { return point(mouse, scene) }
    scrollsFreely = false
    if case .paste(let text) = key { return paste(text) }
    if isTyping { return type(key) }
    if log.typed != nil { return typeSearch(key, scene) }
    if prompt != nil { return typeInPrompt(key, scene) }
    if menu != nil { return handleInMenu(key, scene.stage) }
    if let effect = answerLesson(key, scene.stage) { return effect }
    if let effect = answerPlayer(key, scene) {
      return effect == .nothing ? nil : effect
    }
    guard let command = KeyTable.command(key) else { return key == .resize ? nil : .unknownKey }
    if showsHelp { return handleInHelp(command) }
    if showsOptions, Self.optionCommands.contains(command) { return handleInOptions(command, scene.stage) }
    if readLog(command, scene.stage) { return nil }
    if let answer = handleInFindings(command, scene) { return answer }
    if let effect = jump(command, scene) { return effect }
    switch command {
    case .nextMatch where readsLog && !log.search.isEmpty:
      return findInLog(-1, scene)
    case .previousMatch:
      if readsLog, !log.search.isEmpty { return findInLog(1, scene) }
      select(-1, scene, wraps: true)
      return nil
    case .request: return .request
    case .burst: return .burst
    case .nextRequestKind: return .nextRequestKind
    case .lessTraffic: return .lessTraffic
    case .moreTraffic: return .moreTraffic
    case .shorterIdleTimeout: return .shorterIdleTimeout
    case .longerIdleTimeout: return .longerIdleTimeout
    case .shutDown: return .shutDown(selected)
    case .shutDownAll: return .shutDownAll
    case .crash: return .crash(selected)
    case .pause: return .pause
    case .stepForward: return moveTime(.stepForward)
    case .stepBack: return moveTime(.stepBack)
    case .slower: return .slower
    case .faster: return .faster
    case .earlier: return moveTime(.seek(moment(-1, from: scene.stage.time)))
    case .later: return moveTime(.seek(moment(1, from: scene.stage.time)))
    case .start: return moveTime(.start)
    case .end: return moveTime(.end)
    case .follow:
      selection.follow()
      return moveTime(.follow)
    case .quit: return .quit
    case .suspend: return .suspend
    case .squeeze: return toggleSqueeze(scene.stage)
    default:
      look(command, scene)
      return nil
    }
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

  mutating func moveTime(_ effect: Effect) -> Effect {
    camera.follow()
    log.bottom = nil
    return effect
  }
}
