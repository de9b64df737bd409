import LambdaLifecycle
import SwimlaneUI

/// A session and somebody who looks at it, without clock and terminal: moments are given, keys are pressed.
struct Show {
  var session: Session
  var viewer: Viewer
  var title = "demo"
  var message = ""
  /// What the last key that had something to say has said; the footer shows `message` alone.
  var said = ""
  var lessons: [LessonEntry] = []
  var loss: Loss?
  private var cursor = StatisticsCursor()

  /// When every session of these tests begins: 2026-01-01T00:00:00Z.
  static let start: Timestamp = .seconds(1_767_225_600)

  /// The demo's playground, as it begins.
  init(_ scenario: Scenario = .playground, seed: UInt64 = 1, ascii: Bool = false, hasColor: Bool = true) {
    self.init(
      Session(simulating: scenario, seed: seed, start: Self.start), ascii: ascii, hasColor: hasColor)
  }

  init(_ session: Session, fitsAll: Bool = false, ascii: Bool = false, hasColor: Bool = true) {
    self.session = session
    self.session.history = EventHistory(limit: 1_000)
    viewer = Viewer(
      glyphs: ascii ? .ascii : .unicode, hasColor: hasColor, start: session.playhead.time, fitsAll: fitsAll)
    _ = self.session.fold()
  }

  /// Lets time pass up to `milliseconds` after the start.
  mutating func go(to milliseconds: Int64) {
    let moment = Self.start + .milliseconds(milliseconds)
    session.tick(elapsed: moment - session.newest, clock: moment)
    _ = session.fold(clock: moment)
  }

  /// Does something to the simulation now.
  mutating func perform(_ command: SimulationCommand) {
    _ = session.perform(command)
    _ = session.fold()
  }

  /// Presses keys, and does what the viewer asks for as far as it concerns the moment looked at.
  /// - Returns: the effects, in order.
  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] {
    keys.compactMap { key in
      let effect = viewer.handle(key, session.timeline, session.log.catalog, stage())
      switch effect {
      case .seek(let time): session.seek(to: time)
      case .stepBack: session.stepBack()
      case .stepForward: session.stepForward()
      case .start: session.seek(to: session.timeline.first)
      case .end, .follow: session.follow()
      case .pause: session.togglePause()
      case .tell(let text): said = text
      case .jump(let time, let text):
        session.seek(to: time)
        said = text
      case let effect?:
        if let text = session.obey(effect) { said = text }
      case nil: break
      }
      _ = session.fold()
      return effect
    }
  }

  @discardableResult
  mutating func type(_ text: String) -> [Effect] { text.unicodeScalars.flatMap { press(.character($0)) } }

  /// The picture. The last of the sizes is returned; those before stand for the frames before it.
  mutating func frame(_ columns: Int = 120, _ rows: Int = 40) -> Frame {
    viewer.draw(session.timeline, session.log.catalog, stage(), columns: columns, rows: rows)
  }

  mutating func stage() -> Stage {
    let figures = cursor.statistics(of: session.timeline, at: session.playhead.time)
    var stage = Stage(session, title: title, statistics: figures)
    stage.message = message
    if viewer.showsOptions { stage.options = session.options }
    stage.lessons = lessons
    stage.loss = loss
    stage.hasLessons = !lessons.isEmpty
    stage.waiting =
      session.isSimulation ? session.hints : ["Waiting for the first event."]
    let functions = session.timeline.functions
    let catalog = session.log.catalog
    if let function = viewer.selected.map({ catalog.function(of: $0) }) ?? functions.keys.first,
      let settings = session.timeline.description(of: function, at: session.playhead.time)
    {
      stage.settings = HeaderSettings(
        catalog.text(function), settings, of: functions.count, catalog,
        idleTimeout: session.isSimulation ? settings.idleTimeout : nil)
    }
    return stage
  }
}
