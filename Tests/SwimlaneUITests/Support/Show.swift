import LambdaLifecycle
import SwimlaneUI
import TestSupport

/// A session and somebody who looks at it, without clock and terminal: moments are given, keys are pressed.
struct Show {
  var screen: SessionScreen
  /// The words of the last key that had something to say; the footer shows `message` alone.
  var said = ""

  /// The moment when every session of these tests begins: 2026-01-01T00:00:00Z.
  static let start: Timestamp = .seconds(1_767_225_600)

  /// Each that can lead a session.
  static let leads: [Lead] = [
    Show().session.lead, .live(LiveLead()), .live(LiveLead(driving: .playground)), .recording,
  ]

  /// The demo's playground, as it begins.
  init(_ scenario: Scenario = .playground, seed: UInt64 = 1, ascii: Bool = false, hasColor: Bool = true) {
    self.init(
      Session(simulating: scenario, seed: seed, start: Self.start), ascii: ascii, hasColor: hasColor)
  }

  init(_ session: Session, fitsAll: Bool = false, ascii: Bool = false, hasColor: Bool = true) {
    let viewer = Viewer(
      glyphs: ascii ? .ascii : .unicode, hasColor: hasColor, start: session.playhead.time, fitsAll: fitsAll)
    screen = SessionScreen(session, viewer, Surroundings(title: "demo"))
    screen.session.history = EventHistory(limit: 1_000)
    if session.lead.isObserved {
      screen.surroundings.waiting = ["Waiting for the first event.", "Press ? for all keys."]
    }
    _ = screen.fold()
  }

  var session: Session {
    get { screen.session }
    _modify { yield &screen.session }
  }
  var viewer: Viewer {
    get { screen.viewer }
    _modify { yield &screen.viewer }
  }
  var title: String {
    get { screen.surroundings.title }
    set { screen.surroundings.title = newValue }
  }
  var message: String {
    get { screen.surroundings.message }
    set { screen.surroundings.message = newValue }
  }
  /// The entries in the menu of lessons.
  var lessons: [LessonEntry] {
    get { screen.surroundings.lessons }
    set {
      screen.surroundings.lessons = newValue
      screen.surroundings.hasLessons = !newValue.isEmpty
    }
  }

  /// Lets time pass up to `milliseconds` after the start.
  mutating func go(to milliseconds: Int64) {
    let moment = Self.start + .milliseconds(milliseconds)
    screen.tick(elapsed: moment - session.newest, clock: moment)
    _ = screen.fold(clock: moment)
  }

  /// Does something to the simulation now.
  mutating func perform(_ command: SimulationCommand) {
    _ = session.perform(command)
    _ = screen.fold()
  }

  /// Presses keys, and does what the viewer asks for as far as it concerns the session.
  /// - Returns: what was asked for, in order.
  @discardableResult
  mutating func press(_ keys: Key...) -> [Effect] {
    keys.compactMap { key in
      let answer = screen.answer(to: key)
      for case .tell(let text) in screen.perform(answer) { said = text }
      _ = screen.fold()
      return if case .effect(let effect) = answer { effect } else { nil }
    }
  }

  @discardableResult
  mutating func type(_ text: String) -> [Effect] { text.unicodeScalars.flatMap { press(.character($0)) } }

  /// The picture. The last of the sizes is returned; those before stand for the frames before it.
  mutating func frame(_ columns: Int = 120, _ rows: Int = 40) -> Frame {
    screen.frame(columns: columns, rows: rows)
  }
}

extension FleetSettings {
  /// The settings of an emulator of the playground's function.
  static let playground = FleetSettings(
    accountConcurrency: 1_000, functions: Scenario.playground.functions, requestRates: [0])
}
