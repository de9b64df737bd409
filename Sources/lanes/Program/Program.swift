import CursesTerminal
import EventSources
import Glibc
import LambdaLifecycle
import SwimlaneUI

/// The interactive program: one loop over keys, signals and input, and a frame when something has changed.
final class Program {
  private var terminal: CursesTerminal
  private let signals: SignalDescriptor
  var session: Session
  var viewer: Viewer
  var cursor = StatisticsCursor()
  let inputs: Inputs?
  var recorder: Recorder?
  /// What requests send to an emulator.
  var event: EventFile?
  /// Where markers that are set in a recording are kept; nil where there is no such file.
  var markers: MarkerFile?
  var findings = KnownFindings()
  /// Until what is asked for has been read.
  var opening: Opening?
  var title: String
  /// What is shown on the simulator; nil for what comes from outside.
  var demonstration: Demonstration?
  /// Read when the menu is first needed.
  lazy var lessons = (try? LessonLibrary.entries()) ?? []
  var message = ""
  /// When the message has been read long enough.
  private var messageEnd = Timestamp.never
  /// Inputs whose end has been told.
  private var toldEnds: Set<SourceID> = []
  private var clocks = ClockNews()
  var lastTick = monotonicTime()
  private var lastFrame = Timestamp.min
  private var lastEvent = Timestamp.min
  var needsFrame = true
  var status: Int32?
  /// A key that means nothing is answered once.
  var hasPointedToHelp = false
  /// What was done to the session is in a file.
  var isSaved = false
  /// Sessions begin paused.
  var startsPaused = false

  /// Between two frames while events arrive.
  private static let frameInterval: Nanoseconds = .milliseconds(33)
  /// Between two frames of a picture that moves by itself.
  private static let animationInterval: Nanoseconds = .milliseconds(100)
  /// The same once nothing has happened for a while.
  private static let idleInterval: Nanoseconds = .seconds(1)

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
    viewer = Viewer(
      glyphs: terminal.usesASCII ? .ascii : .unicode, hasColor: terminal.colorDepth != .none,
      start: session.playhead.time, fitsAll: fitsAll, isBig: options.isBig,
      pane: session.origin == .recording ? .findings : .why)
    self.session = session
    self.session.history = EventHistory(limit: (session.keep ?? .standard).eventLimit)
    self.inputs = inputs
    self.recorder = recorder
    self.title = title
    if !options.mistake.isEmpty { say("Preferences left alone: \(options.mistake)", for: .seconds(20)) }
  }

  /// Runs until the user quits, a signal ends it, or the terminal goes away.
  /// - Throws: `ProgramEnd` with the status for anything but a normal end.
  func run() throws {
    // What a simulation begins with belongs on the first screen.
    fold()
    if inputs?.hasEnded == true { endReading() }
    while status == nil, !isRefused {
      if needsFrame { draw() }
      wait()
      // What passed while the clock held is not to be caught up with.
      if !isMoving { lastTick = monotonicTime() }
      readSignals()
      readKeys()
      readInput()
      if inputs?.lookForAddresses(at: currentTime()) == true { needsFrame = true }
      tick()
    }
    terminal.restore()
    inputs?.stop(into: &session.log)
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
    guard isMoving || needsFrame else {
      var next = message.isEmpty ? Timestamp.never : messageEnd
      if inputs?.hasEnded == false, findingsAreStale {
        next = min(next, max(findings.next, monotonicTime() &+ .milliseconds(100)))
      }
      next = min(next, nextLook)
      guard next != .never else { return -1 }
      return Int32(clamping: max(0, (next &- monotonicTime()) / 1_000_000) + 1)
    }
    let interval =
      needsFrame ? Self.frameInterval : isLively ? Self.animationInterval : Self.idleInterval
    let left = lastFrame &+ interval &- monotonicTime()
    return Int32(max(0, (left + 999_999) / 1_000_000))
  }

  /// The menu covers the lanes: nothing is to happen unseen.
  private var isMoving: Bool {
    (session.isMoving || inputs?.isStalled == true) && !viewer.showsMenu
  }

  /// A stream on which nothing has come for ten seconds needs its clock once a second.
  private var isLively: Bool {
    !session.isLive || !session.playhead.isFollowing || monotonicTime() &- lastEvent < .seconds(10)
  }

  private func readSignals() {
    for signal in signals.read() {
      switch signal {
      case SIGWINCH, SIGCONT:
        terminal.resized()
        needsFrame = true
        lastFrame = .min
      case SIGTSTP: suspend()
      default: status = status ?? 128 + signal
      }
    }
  }

  func suspend() {
    terminal.suspend()
    lastTick = monotonicTime()
    needsFrame = true
    lastFrame = .min
  }

  // MARK: Input

  private func readInput() {
    guard let inputs else { return }
    let began = monotonicTime()
    let hadEnded = inputs.hasEnded
    // Decoding must not keep a key waiting.
    while monotonicTime() &- began < .milliseconds(12), inputs.read(into: &session.log, maxBytes: 256 << 10) {
      fold()
      // What became of an input is on screen too.
      needsFrame = true
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
    session.endInput()
    if opening != nil { openWhereAsked() }
    needsFrame = true
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
    session = next.session
    session.history = EventHistory(limit: Keep.standard.eventLimit)
    pauseAtStart()
    isSaved = false
    title = next.title
    viewer.restart(at: session.playhead.time)
    cursor = StatisticsCursor()
    terminal.clear()
    fold()
    needsFrame = true
  }

  /// Where sessions begin paused. A lesson holds at its first step in any case.
  func pauseAtStart() {
    if startsPaused, session.lesson == nil { session.togglePause() }
  }

  func fold() {
    let events = session.fold(clock: currentTime(), memory: residentMemory())
    guard !events.isEmpty else { return }
    recorder?.write(events, from: session.log)
    if let failure = recorder?.failure { say(failure) }
    lastEvent = monotonicTime()
    needsFrame = true
  }

  private func tick() {
    let now = monotonicTime()
    let elapsed = now &- lastTick
    lastTick = now
    if !message.isEmpty, now >= messageEnd {
      message = ""
      needsFrame = true
    }
    let isMoving = isMoving
    if !viewer.showsMenu { session.tick(elapsed: passing(elapsed), clock: currentTime()) }
    fold()
    if inputs?.hasEnded == false, findingsAreStale, now >= findings.next { needsFrame = true }
    let interval = isLively ? Self.animationInterval : Self.idleInterval
    if isMoving, now &- lastFrame >= interval &- .milliseconds(1) { needsFrame = true }
  }

  /// A recording does not dwell on what the picture squeezes.
  private func passing(_ elapsed: Nanoseconds) -> Nanoseconds {
    guard session.origin == .recording, session.playhead.isPlaying else { return elapsed }
    return viewer.passing(elapsed, from: session.playhead.time, speed: session.playhead.speed)
  }

  // MARK: Keys

  private func readKeys() {
    for key in terminal.readKeys() {
      message = ""
      needsFrame = true
      lastFrame = .min
      let effect = viewer.handle(key, session.timeline, session.log.catalog, stage())
      if let effect { perform(effect) }
    }
    if terminal.isGone, status == nil { status = 128 + SIGHUP }
  }

  func say(_ text: String, for length: Nanoseconds = .seconds(6)) {
    message = text
    messageEnd = monotonicTime() &+ length
    needsFrame = true
  }

  // MARK: Drawing

  private func draw() {
    let now = monotonicTime()
    // Events that pour in are drawn thirty times a second, not each by itself.
    guard now &- lastFrame >= Self.frameInterval || lastFrame == .min else { return }
    lastFrame = now
    needsFrame = false
    updateFindings()
    let size = terminal.size
    let selected = viewer.selected
    let frame = viewer.draw(
      session.timeline, session.log.catalog, stage(), columns: size.columns, rows: size.rows)
    terminal.show(frame)
    // Drawing follows the latest request; the header is to speak of that one's function.
    if viewer.selected != selected { needsFrame = true }
  }
}
