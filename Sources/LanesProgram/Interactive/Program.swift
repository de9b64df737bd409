internal import CursesTerminal
internal import EventSources
internal import Glibc
internal import LambdaLifecycle
package import SwimlaneUI

/// The interactive program: keys, signals and events of inputs go in, frames and files come out.
///
/// It waits for nothing and knows the time from its clock alone: `run` is the loop around it.
package final class Program<Terminal: ProgramTerminal & ~Copyable> {
  /// The terminal that it is shown on.
  package internal(set) var terminal: Terminal
  private let clock: ProgramClock
  /// The session, and the view of it.
  var screen: SessionScreen
  /// The origin of events; nil for a simulation.
  private(set) var feed: Feed?
  /// The function that runs here; nil for anything else.
  private var run: RunControl?
  private var files: SessionFiles
  /// nil for events from outside.
  private var presentation: Presentation?
  private var message = MessageLine()
  /// The function's own modules, where they lie here.
  let code: SourceFiles?
  /// The moment of the next frame, and the last frame, from which it differs.
  private var pacing = FramePacing()
  private var shown: Frame?
  private var lastTick: Timestamp
  /// The status that it ends with; nil while it goes on.
  package private(set) var status: Int32?

  /// - Parameter settings: of the terminal only its messages.
  package init(
    _ start: ProgramStart, _ settings: ScreenSettings, on terminal: consuming Terminal, _ clock: ProgramClock
  ) {
    let session = start.session
    let viewer = Viewer(
      glyphs: terminal.usesASCII ? .ascii : .unicode, hasColor: terminal.colorDepth != .none,
      start: session.playhead.time, fitsAll: start.fitsAll, isBig: settings.isBig,
      pane: start.code != nil ? .coldStart : session.lead.hasEnd ? .findings : .why)
    self.terminal = terminal
    self.clock = clock
    var surroundings = Surroundings(title: start.title)
    surroundings.details = start.run.map { Array($0.notes.dropFirst(2)) } ?? []
    screen = SessionScreen(session, viewer, surroundings)
    feed = start.inputs.map { Feed($0, event: start.event, opening: start.opening) }
    run = start.run.map { RunControl($0) }
    code = start.code
    files = SessionFiles(
      recorder: start.recorder, markers: start.markers, keepsPayloads: start.run?.recordsPayloads ?? true)
    presentation = start.presentation
    lastTick = clock.steady()
    screen.session.history = EventHistory(limit: (session.keep ?? .standard).eventLimit)
    if start.opensMenu { screen.viewer.openMenu(at: presentation?.lastBegun, isFirstScreen: true) }
    if !settings.mistake.isEmpty {
      say("Preferences left alone: \(settings.mistake)", for: MessageLine.long)
    }
  }

  /// The message for the user, shown for a while; empty where there is none.
  package var said: String { message.text }

  // MARK: Turns

  /// The first events of a session belong on the first screen.
  package func begin() {
    fold()
    if feed?.inputs.hasEnded == true { endReading() }
  }

  /// True where nothing more is to be shown.
  package var isOver: Bool { status != nil || feed?.isRefused == true }

  /// Milliseconds until the picture has to change; -1 when it does not change by itself.
  package var timeout: Int32 {
    let now = clock.steady()
    var next = message.next
    if let search = feed?.nextSearch(in: screen.session) {
      next = min(next, max(search, now &+ .milliseconds(100)))
    }
    return pacing.wait(motion, at: now, until: min(next, nextLook))
  }

  /// Answers keys and signals, reads input, and lets the time pass that has passed.
  package func turn(_ keys: [Key], signals: [Int32] = []) {
    // Time that passed while the clock held is not caught up with.
    if motion == .still { lastTick = clock.steady() }
    for signal in signals { obey(signal) }
    for key in keys { press(key) }
    if terminal.isGone, status == nil { status = 128 + SIGHUP }
    readInput()
    if feed?.inputs.lookForAddresses(at: clock.wall()) == true { pacing.want() }
    tick()
  }

  /// Shows a frame, if one is due.
  package func draw() {
    let now = clock.steady()
    guard pacing.isDue(at: now) else { return }
    feed?.search(screen.session, clock)
    updateSurroundings()
    let frame = screen.frame(columns: terminal.size.columns, rows: terminal.size.rows)
    pacing.noteFrame(at: now, bytes: shown == nil ? 0 : frame.bytes(after: shown))
    terminal.show(frame)
    shown = frame
  }

  /// Gives the terminal back and ends all that was started.
  /// - Parameter isImpatient: asked while a function that runs here ends; true kills it at once.
  /// - Throws: `ProgramEnd` with the status for anything but a normal end, `Failure` of an input that nobody understands.
  package func end(isImpatient: () -> Bool = { false }) throws {
    terminal.restore()
    if let inputs = feed?.inputs { run?.end(inputs, into: &screen.session.log, isImpatient: isImpatient) }
    feed?.inputs.stop(into: &screen.session.log)
    endNoGroupOnTrap()
    fold()
    if let failure = files.failure { writeError("lanes: \(failure)") }
    if let status, status != 0 { throw ProgramEnd(status: status) }
    // The error on the screen is repeated after it, and for scripts.
    try feed?.inputs.checkUnderstoodByUser()
  }

  // MARK: Signals and keys

  private func obey(_ signal: Int32) {
    switch signal {
    case SIGWINCH, SIGCONT:
      terminal.resized()
      pacing.wantAtOnce()
    case SIGTSTP: suspend()
    default: status = status ?? 128 + signal
    }
  }

  private func suspend() {
    terminal.suspend()
    lastTick = clock.steady()
    pacing.wantAtOnce()
  }

  private func press(_ key: Key) {
    message.clear()
    pacing.wantAtOnce()
    updateSurroundings()
    for act in screen.handle(key) { perform(act) }
    fold()
  }

  /// Does what a key asks of the program.
  private func perform(_ act: ProgramAct) {
    switch act {
    case .quit: status = 0
    case .suspend: suspend()
    case .tell(let text): say(text)
    case .save(let name): say(files.save(&screen, presentation?.demonstration, to: name))
    case .addMarker(let name): addMarker(named: name)
    case .startLesson(let lesson): show(lesson: lesson)
    case .lessonOver: leaveLesson()
    case .command(let command): if let problem = run?.drive(command) { say(problem) }
    case .nextEvent: if let text = run?.chooseNextEvent() { say(text) }
    case .emulator(.request): reachEmulators { $0.send(1, to: $1) }
    case .emulator(.burst): reachEmulators { $0.send(5, to: $1) }
    case .emulator(.end): reachEmulators { $0.end($1, selected: $1) }
    case .emulator(.endAll): reachEmulators { $0.end(nil, selected: $1) }
    }
  }

  /// Acts on an emulator, of several on the one of the selected environment, and says what was done.
  private func reachEmulators(_ act: (EmulatorKeys, SourceID?) -> String) {
    if let emulators = feed?.emulators { say(act(emulators, selectedSource)) }
  }

  /// Names the moment looked at.
  private func addMarker(named text: String) {
    let event = LifecycleEvent(
      time: screen.session.playhead.time, kind: .marker(screen.session.log.catalog.name(text)))
    screen.session.log.append(event)
    say(files.keep(event, named: text, from: screen.session.log))
  }

  private func say(_ text: String, for length: Nanoseconds = MessageLine.usual) {
    message.say(text, for: length, at: clock.steady())
    pacing.want()
  }

  // MARK: Lessons

  /// The last step has been left: the next lesson begins, or the menu opens.
  private func leaveLesson() {
    if let next = presentation?.nextLesson { return show(lesson: next) }
    screen.viewer.openMenu(at: presentation?.lastBegun)
  }

  /// Shows another lesson, from its beginning.
  private func show(lesson: Int) {
    guard presentation?.show(lesson: lesson) == true, let presentation else { return }
    if files.isRecording { say("the recording has ended with the session before: it is complete") }
    files.endRecording()
    screen.restart(with: presentation.session())
    screen.session.history = EventHistory(limit: Keep.standard.eventLimit)
    screen.surroundings.title = presentation.demonstration.title
    terminal.clear()
    fold()
    pacing.want()
  }
}

// MARK: - Events and time

extension Program where Terminal: ~Copyable {
  private func readInput() {
    guard let inputs = feed?.inputs else { return }
    let began = clock.steady()
    let hadEnded = inputs.hasEnded
    // Decoding must not keep a key waiting.
    while clock.steady() &- began < .milliseconds(12),
      inputs.read(into: &screen.session.log, maxBytes: 256 << 10)
    {
      fold()
      // A failed or ended input shows on screen too.
      pacing.want()
    }
    for (text, length) in feed?.takeNews() ?? [] { say(text, for: length) }
    if let text = run?.news(screen.session.timeline), message.isFreeForNews {
      message.say(text, for: MessageLine.usual, at: clock.steady(), isNews: true)
      pacing.want()
    }
    openWhereAsked()
    if inputs.hasEnded, !hadEnded { endReading() }
  }

  /// All inputs have been read to their ends.
  private func endReading() {
    screen.session.endInput()
    openWhereAsked()
    pacing.want()
  }

  private func openWhereAsked() {
    guard feed?.open(&screen.session) == true else { return }
    lastTick = clock.steady()
    pacing.want()
  }

  private func fold() {
    let events = screen.fold(clock: clock.wall(), memory: residentMemory())
    guard !events.isEmpty else { return }
    files.write(events, from: screen.session.log)
    if let failure = files.failure { say(failure) }
    pacing.noteEvents(at: clock.steady())
  }

  private func tick() {
    let now = clock.steady()
    let elapsed = now &- lastTick
    lastTick = now
    if message.expire(at: now) { pacing.want() }
    // Lanes that have stopped just now are seen where they stopped.
    let motion = motion
    screen.tick(elapsed: elapsed, clock: clock.wall())
    fold()
    if let search = feed?.nextSearch(in: screen.session), now >= search { pacing.want() }
    pacing.tick(motion, at: now)
  }

  private var motion: FramePacing.Motion { screen.motion(isStalled: feed?.inputs.isStalled == true) }

  /// The moment of the next look for an emulator's address, by the steady clock; `.never` where all are known.
  private var nextLook: Timestamp {
    guard let look = feed?.inputs.nextLook, look != .never else { return .never }
    let now = clock.wall()
    return clock.steady() &+ (max(look, now) &- now)
  }

  // MARK: Surroundings

  private func updateSurroundings() {
    var surroundings = Surroundings(title: screen.surroundings.title)
    surroundings.details = screen.surroundings.details
    surroundings.message = message.text
    feed?.tell(&surroundings, of: screen.session, selected: selectedSource, at: clock.wall())
    run?.tell(&surroundings)
    surroundings.code = codeOfSelected
    surroundings.isRecorded = files.isRecording
    presentation?.tell(&surroundings, of: screen)
    screen.surroundings = surroundings
  }

  /// The source that the selected environment belongs to, of several emulators.
  private var selectedSource: SourceID? {
    screen.viewer.selected.map { screen.session.log.catalog.source(of: $0) }
  }
}
