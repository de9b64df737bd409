package import LambdaLifecycle

/// A session and somebody who looks at it: keys and time go in, a picture comes out. It knows neither terminal nor clock.
package struct SessionScreen: Sendable {
  /// The session looked at.
  package var session: Session
  /// The viewer through which it is looked at.
  package var viewer: Viewer
  /// Facts that the owner knows: to be set before a key is answered and before a frame is drawn.
  package var surroundings: Surroundings
  /// True while all that was done to the session is in a file.
  package var isSaved = false
  private var cursor = StatisticsCursor()
  /// The part of the session that passes the filter; nil without one.
  private var filtering: Filtering?
  /// The outcome to which the simulation will come, and after which commands that was found.
  private var preview: (known: Preview?, commands: [SimulationCommand])?
  /// A key that means nothing is answered once.
  var hasPointedToHelp = false

  package init(_ session: Session, _ viewer: Viewer, _ surroundings: Surroundings) {
    self.session = session
    self.viewer = viewer
    self.surroundings = surroundings
  }

  /// Shows another session, from its beginning.
  package mutating func restart(with session: Session) {
    self.session = session
    viewer.restart(at: session.playhead.time)
    cursor = StatisticsCursor()
    filtering = nil
    preview = nil
    isSaved = false
  }

  // MARK: Time

  /// The way in which the picture changes by itself. The menu covers the lanes: nothing is to happen unseen.
  /// - Parameter isStalled: an input is waited for, and for how long is on the screen.
  package func motion(isStalled: Bool = false) -> FramePacing.Motion {
    guard session.isMoving || isStalled, !viewer.showsMenu else { return .still }
    return session.lead.followsClock && session.playhead.isFollowing ? .following : .playing
  }

  /// Lets time pass.
  /// - Parameters:
  ///   - elapsed: nanoseconds that passed for whoever looks.
  ///   - clock: the moment it is now; only a live session asks it.
  package mutating func tick(elapsed: Nanoseconds, clock: Timestamp) {
    guard !viewer.showsMenu else { return }
    session.tick(elapsed: passing(elapsed), clock: clock)
  }

  /// The time that passes: a recording does not dwell on what the picture squeezes.
  private func passing(_ elapsed: Nanoseconds) -> Nanoseconds {
    guard session.lead.hasEnd, session.playhead.isPlaying else { return elapsed }
    return viewer.passing(elapsed, from: session.playhead.time, speed: session.playhead.speed)
  }

  /// Folds the events that the session's log has received.
  /// - Parameters:
  ///   - clock: the moment it is now, for a live session.
  ///   - memory: what the program takes, in bytes, where that decides how much is kept.
  /// - Returns: the events folded, for whoever writes them down.
  package mutating func fold(clock: Timestamp? = nil, memory: @autoclosure () -> Int? = nil)
    -> [LifecycleEvent]
  {
    session.fold(clock: clock, memory: memory())
  }

  // MARK: The picture

  /// Draws the screen as it is now.
  package mutating func frame(columns: Int, rows: Int) -> Frame {
    draw(stage(), columns: columns, rows: rows)
  }

  /// Draws a stage.
  package mutating func draw(_ stage: Stage, columns: Int, rows: Int) -> Frame {
    viewer.frame(Scene(session.timeline, session.log.catalog, stage), columns: columns, rows: rows)
  }

  /// All that a frame shows beside the timeline, at the moment looked at.
  package mutating func stage() -> Stage {
    filter()
    var stage = Stage(session, surroundings, statistics: figures())
    stage.accounts = filtering?.accounts ?? cursor.accounts
    narrow(&stage)
    stage.functions = functions
    stage.preview = preview(of: session)
    if viewer.showsOptions { stage.options = session.options }
    stage.loss = loss
    return stage
  }

  /// Takes up the filter as it has been typed.
  private mutating func filter() {
    let wanted = EnvironmentFilter(viewer.filter)
    if wanted.terms.isEmpty {
      filtering = nil
    } else if filtering?.filter.terms == wanted.terms {
      filtering?.update(session)
    } else {
      filtering = Filtering(wanted, session)
      filtering?.update(session)
    }
  }

  private mutating func figures() -> Statistics {
    if let figures = filtering?.statistics(session) { return figures }
    var figures = cursor.statistics(of: session.timeline, at: session.playhead.time)
    session.timeline.billProvisioned(until: session.playhead.time, in: &figures)
    return figures
  }

  /// Narrows a stage to what passes the filter, where there is one.
  private mutating func narrow(_ stage: inout Stage) {
    guard let filtering else { return }
    stage.passing = PassingPart(
      selection: filtering.selection, logPlaces: filtering.logPlaces, landmarks: session.timeline.landmarks)
    let all = surroundings.findings
    guard !all.isEmpty, viewer.readsFindings, let found = self.filtering?.knownFindings(session) else {
      return
    }
    stage.surroundings.findings = found
    stage.passing?.findingsLeftOut = max(
      0, all.count { $0.environment == .none } - found.count { $0.environment == .none })
  }

  /// Of a lesson that compares several functions.
  private var functions: [(name: String, figures: FunctionAccount)] {
    let catalog = session.log.catalog
    guard session.lesson != nil, let simulation = session.simulation,
      (2...4).contains(session.timeline.functions.count)
    else { return [] }
    return simulation.simulator.functionNames.map {
      (catalog.text($0), cursor.figures(of: $0, session.timeline))
    }
  }

  /// The outcome of a simulation in which nothing has happened yet at the moment looked at. Kept as long as
  /// nothing else is done: to look ahead takes a simulation.
  private mutating func preview(of session: Session) -> Preview? {
    let time = session.playhead.time
    guard let simulation = session.simulation, session.timeline.tracks.allSatisfy({ $0.created > time })
    else {
      return nil
    }
    guard session.timeline.tracks.isEmpty else { return preview?.known }
    let commands = simulation.commands.map(\.command)
    if let preview, preview.commands == commands { return preview.known }
    let known = Preview(of: session)
    preview = (known, commands)
    return known
  }

  private var loss: Loss? {
    if surroundings.isRecorded { return .recording }
    return session.hasOwnActions && !isSaved ? .unsaved : nil
  }
}
