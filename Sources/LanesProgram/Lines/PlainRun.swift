package import CursesTerminal
package import EventSources
internal import Glibc
internal import LambdaEmulator
package import LambdaLifecycle
internal import TimelineExport

/// A session without a screen: one line for each event.
package struct PlainRun {
  /// Signals that end a run.
  static let endings = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

  private var session: Session
  private var recorder: Recorder?
  /// The moment that times are counted from: the first that was known.
  private var origin: Timestamp?
  /// The recording could not be written.
  private var hasFailed = false
  /// The answers that callers of a function that runs here have got.
  private var answers: AnswerLines?

  /// Nothing is printed: only the recording is wanted, and when it fails, the run does.
  private let isQuiet: Bool
  /// The first input is a command with whose status this ends.
  private let endsAsCommand: Bool

  /// - Parameters:
  ///   - isQuiet: nothing is printed: only the recording is wanted.
  ///   - endsAsCommand: it ends with the status of its first input, a command.
  package init(session: Session, recorder: Recorder?, isQuiet: Bool = false, endsAsCommand: Bool = false) {
    self.endsAsCommand = endsAsCommand
    self.session = session
    self.recorder = recorder
    self.isQuiet = isQuiet
  }

  /// Prints events until the inputs end or a signal ends us.
  /// - Parameters:
  ///   - showsProgress: shows how much of the files has been read; for those that do not grow.
  ///   - run: the function that runs here, which ends with it.
  package consuming func follow(
    _ inputs: Inputs, until signals: borrowing SignalDescriptor, showsProgress: Bool = false,
    running run: FunctionRun? = nil
  ) throws {
    var ending: Int32?
    var line = ProgressLine()
    var explained: Set<Int> = []
    var clocks = ClockNews()
    self.answers = run.map { AnswerLines($0.answers) }
    while !inputs.isOver, ending == nil, !hasFailed {
      inputs.wait(or: signals.descriptor)
      ending = signals.read().first { Self.endings.contains($0) }
      inputs.read(into: &session.log, maxBytes: 1 << 20)
      // Before the lines themselves, and once for each input.
      for place in inputs.notUnderstood where explained.insert(place).inserted {
        line.clear()
        writeError("Error: " + inputs.inputs[place].notUnderstood)
      }
      print()
      if showsProgress { line.show(inputs.progress) }
      for sentence in clocks.take(from: inputs) {
        line.clear()
        writeError("lanes: \(sentence)")
      }
    }
    line.clear()
    run?.emulator.end {
      inputs.read(into: &session.log, maxBytes: 1 << 20)
      print()
    }
    inputs.stop(into: &session.log)
    endNoGroupOnTrap()
    print()
    var answers = answers
    for answer in answers?.takeRest(session.timeline) ?? [] { writeOutput(Array("\(answer.text)\n".utf8)) }
    if hasFailed { throw ProgramEnd(status: 1) }
    // Ctrl-C is the usual end of a recording.
    if isQuiet, ending == SIGINT { return }
    if let ending { throw ProgramEnd(status: 128 + ending) }
    for status in inputs.inputs.map(\.status)
    where !status.end.isEmpty && status.end != "\(ChildStatus.exited(0))" {
      writeError("lanes: \(inputs.inputs.count > 1 ? status.name : "the command") has ended: \(status.end)")
    }
    if endsAsCommand,
      let status = inputs.inputs.first(where: { $0.childStatus != nil })?.childStatus?.shellStatus,
      status != 0
    {
      throw ProgramEnd(status: status)
    }
    if inputs.failure == nil, !explained.isEmpty { throw ProgramEnd(status: 1) }
    try inputs.checkEnd()
  }

  /// Shows a session to those who cannot press keys: a lesson goes step by step, a scenario with requests or actions
  /// of its own to its end; a free stage sees a cold start, a warm one, two at once, and the end of all.
  package consuming func demonstrate(_ demonstration: Demonstration) throws {
    if session.lesson != nil { return tellLesson() }
    if demonstration.happensByItself {
      let end = try demonstration.end
      while session.isMoving, session.newest < end {
        session.tick(elapsed: min(.seconds(1), end - session.newest), clock: 0)
        print()
      }
      return
    }
    let requests: [(Nanoseconds, Int)] = [(0, 1), (.seconds(4), 1), (.seconds(2), 2)]
    for (pause, count) in requests {
      session.tick(elapsed: pause, clock: 0)
      for _ in 0..<count { _ = session.perform(.request(.normal)) }
      print()
    }
    while session.isMoving {
      session.tick(elapsed: .seconds(1), clock: 0)
      print()
    }
  }

  private consuming func tellLesson() {
    var goesOn = true
    while goesOn, let run = session.lesson {
      print()
      writeOutput(Array((LessonText.step(run).joined(separator: "\n") + "\n").utf8))
      goesOn = session.goOn()
      // The event that a step waits for comes at once.
      if session.lesson?.course == .running { goesOn = session.goOn() }
    }
  }

  private mutating func print() {
    let events = session.fold(memory: residentMemory())
    recorder?.write(events, from: session.log)
    if origin == nil, !session.timeline.isEmpty {
      // A function may be described before anything happens.
      let told = events.first.map(\.time) ?? 0
      origin = told > 0 ? min(told, session.timeline.first) : session.timeline.first
    }
    if isQuiet {
      if let failure = recorder?.failure, !hasFailed {
        hasFailed = true
        writeError("Error: \(failure)")
      }
      return
    }
    let plain = PlainText(origin: origin ?? events.first?.time ?? 0)
    var bytes: [UInt8] = []
    for event in events {
      guard let line = plain.line(event, session.log) else { continue }
      bytes += Array(line.utf8)
      bytes.append(UInt8(ascii: "\n"))
    }
    for answer in answers?.take(session.timeline) ?? [] {
      bytes += Array((plain.line(answer, session.timeline, session.log.catalog) + "\n").utf8)
    }
    writeOutput(bytes)
    if let failure = recorder?.failure {
      writeError(failure)
      recorder = nil
    }
  }
}
