import CursesTerminal
import EventSources
import Glibc
import LambdaLifecycle
import SwimlaneUI

/// The interactive program: one loop over keys, signals and input, and a frame when something has changed.
final class Program {
  private var terminal: CursesTerminal
  private let signals: SignalDescriptor
  /// The session, and how it is looked at.
  var screen: SessionScreen
  let inputs: Inputs?
  var recorder: Recorder?
  /// What requests send to an emulator.
  var event: EventFile?
  /// Where markers that are set in a recording are kept; nil where there is no such file.
  var markers: MarkerFile?
  var findings = KnownFindings()
  /// Until what is asked for has been read.
  var opening: Opening?
  /// What is shown on the simulator; nil for what comes from outside.
  var demonstration: Demonstration?
  /// Read when the menu is first needed.
  lazy var lessons = (try? LessonLibrary.entries()) ?? []
  /// When the message has been read long enough.
  private var messageEnd = Timestamp.never
  /// Inputs whose end has been told.
  private var toldEnds: Set<SourceID> = []
  private var clocks = ClockNews()
  var lastTick = monotonicTime()
  /// When the next frame is due.
  var pacing = FramePacing()
  var status: Int32?
  /// Sessions begin paused.
  var startsPaused = false

  /// - Parameter signals: made before any thread was started.
  /// - Throws: `TerminalError`.
  init(
    session: Session, inputs: Inputs?, recorder: Recorder?, title: String, fitsAll: Bool,
    options: ScreenSettings,
    signals: consuming SignalDescriptor
  ) throws {
    self.signals = signals
    installTrapRestoration()
    terminal = try CursesTerminal(options.terminal)
    let viewer = Viewer(
      glyphs: terminal.usesASCII ? .ascii : .unicode, hasColor: terminal.colorDepth != .none,
      start: session.playhead.time, fitsAll: fitsAll, isBig: options.isBig,
      pane: session.lead.hasEnd ? .findings : .why)
    screen = SessionScreen(session, viewer, Surroundings(title: title))
    screen.session.history = EventHistory(limit: (session.keep ?? .standard).eventLimit)
    self.inputs = inputs
    self.recorder = recorder
    if !options.mistake.isEmpty { say("Preferences left alone: \(options.mistake)", for: .seconds(20)) }
  }

  /// Runs until the user quits, a signal ends it, or the terminal goes away.
  /// - Throws: `ProgramEnd` with the status for anything but a normal end.
  func run() throws {
    // What a simulation begins with belongs on the first screen.
    fold()
    if inputs?.hasEnded == true { endReading() }
    while status == nil, !isRefused {
      draw()
      wait()
      // What passed while the clock held is not to be caught up with.
      if motion == .still { lastTick = monotonicTime() }
      readSignals()
      readKeys()
      readInput()
      if inputs?.lookForAddresses(at: currentTime()) == true { pacing.want() }
      tick()
    }
    terminal.restore()
    inputs?.stop(into: &screen.session.log)
    endNoGroupOnTrap()
    fold()
    if let failure = recorder?.failure { writeError("lanes: \(failure)") }
    if let status, status != 0 { throw ProgramEnd(status: status) }
    // What was on the screen is said once more, and to scripts.
    try inputs?.checkUnderstoodByUser()
  }

  // MARK: Waiting

  private func wait() {
    var descriptors = [
      pollfd(fd: terminal.inputDescriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    if let inputs, !inputs.hasEnded || inputs.reach(nil).hasAddress {
      descriptors.append(pollfd(fd: inputs.descriptor, events: Int16(POLLIN), revents: 0))
    }
    poll(&descriptors, nfds_t(descriptors.count), timeout)
  }

  /// Milliseconds until the picture has to change; -1 when it does not change by itself.
  private var timeout: Int32 {
    let now = monotonicTime()
    var next = screen.surroundings.message.isEmpty ? Timestamp.never : messageEnd
    if inputs?.hasEnded == false, findingsAreStale {
      next = min(next, max(findings.next, now &+ .milliseconds(100)))
    }
    return pacing.wait(motion, at: now, until: min(next, nextLook))
  }

  private var motion: FramePacing.Motion { screen.motion(isStalled: inputs?.isStalled == true) }

  private func readSignals() {
    for signal in signals.read() {
      switch signal {
      case SIGWINCH, SIGCONT:
        terminal.resized()
        pacing.wantAtOnce()
      case SIGTSTP: suspend()
      default: status = status ?? 128 + signal
      }
    }
  }

  func suspend() {
    terminal.suspend()
    lastTick = monotonicTime()
    pacing.wantAtOnce()
  }

  // MARK: Input

  private func readInput() {
    guard let inputs else { return }
    let began = monotonicTime()
    let hadEnded = inputs.hasEnded
    // Decoding must not keep a key waiting.
    while monotonicTime() &- began < .milliseconds(12),
      inputs.read(into: &screen.session.log, maxBytes: 256 << 10)
    {
      fold()
      // What became of an input is on screen too.
      pacing.want()
    }
    for text in inputs.requestMessages { say(text) }
    inputs.requestMessages.removeAll()
    tellEnds(inputs)
    for text in clocks.take(from: inputs) { say(text, for: .seconds(20)) }
    if opening != nil { openWhereAsked() }
    if inputs.hasEnded, !hadEnded {
      endReading()
    }
  }

  /// All inputs have been read to their ends.
  private func endReading() {
    screen.session.endInput()
    if opening != nil { openWhereAsked() }
    pacing.want()
  }

  /// Nothing is to be seen, now or later.
  private var isRefused: Bool { inputs.map { $0.isOver && $0.refusal != nil } ?? false }

  /// Says of each input once that it has ended, where that is news.
  private func tellEnds(_ inputs: Inputs) {
    for status in inputs.inputs.map(\.status) where !toldEnds.contains(status.source) {
      switch status.state {
      case .waiting, .live, .stalled: continue
      case .failed(let reason): say(inputs.inputs.count > 1 ? "\(status.name): \(reason)" : reason)
      case .ended:
        if !status.end.isEmpty {
          say("\(inputs.inputs.count > 1 ? status.name : "the emulator") has ended: \(status.end)")
        }
      }
      toldEnds.insert(status.source)
    }
  }

  /// Shows another lesson, from its beginning.
  func start(lesson: Int) {
    guard let next = try? Demonstration(lesson: lesson, seed: demonstration?.givenSeed) else { return }
    if recorder != nil { say("the recording has ended with the session before: it is complete") }
    recorder = nil
    demonstration = next
    screen.restart(with: next.session)
    screen.session.history = EventHistory(limit: Keep.standard.eventLimit)
    screen.surroundings.title = next.title
    pauseAtStart()
    terminal.clear()
    fold()
    pacing.want()
  }

  /// Where sessions begin paused. A lesson holds at its first step in any case.
  func pauseAtStart() {
    if startsPaused, screen.session.lesson == nil { screen.session.togglePause() }
  }

  func fold() {
    let events = screen.fold(clock: currentTime(), memory: residentMemory())
    guard !events.isEmpty else { return }
    recorder?.write(events, from: screen.session.log)
    if let failure = recorder?.failure { say(failure) }
    pacing.noteEvents(at: monotonicTime())
  }

  private func tick() {
    let now = monotonicTime()
    let elapsed = now &- lastTick
    lastTick = now
    if !screen.surroundings.message.isEmpty, now >= messageEnd {
      screen.surroundings.message = ""
      pacing.want()
    }
    // What has stopped just now is to be seen where it stopped.
    let motion = motion
    screen.tick(elapsed: elapsed, clock: currentTime())
    fold()
    if inputs?.hasEnded == false, findingsAreStale, now >= findings.next { pacing.want() }
    pacing.tick(motion, at: now)
  }

  // MARK: Keys

  private func readKeys() {
    for key in terminal.readKeys() {
      screen.surroundings.message = ""
      pacing.wantAtOnce()
      updateSurroundings()
      for effect in screen.handle(key) { perform(effect) }
      fold()
    }
    if terminal.isGone, status == nil { status = 128 + SIGHUP }
  }

  func say(_ text: String, for length: Nanoseconds = .seconds(6)) {
    screen.surroundings.message = text
    messageEnd = monotonicTime() &+ length
    pacing.want()
  }

  // MARK: Drawing

  private func draw() {
    let now = monotonicTime()
    guard pacing.isDue(at: now) else { return }
    pacing.noteFrame(at: now)
    updateFindings()
    updateSurroundings()
    let size = terminal.size
    terminal.show(screen.frame(columns: size.columns, rows: size.rows))
  }
}
