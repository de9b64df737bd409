package import CursesTerminal
package import EventSources
internal import Glibc
internal import LambdaEmulator
package import LambdaLifecycle
internal import TimelineExport

/// `lanes run --invoke N`: so many requests, one after another, their answers on standard output; then it ends.
package struct BatchRun {
  private var session: Session
  private var recorder: Recorder?
  private let run: FunctionRun
  private let inputs: Inputs

  package init(_ run: FunctionRun, _ inputs: Inputs, session: Session, recorder: Recorder?) {
    self.run = run
    self.inputs = inputs
    self.session = session
    self.session.history = EventHistory(limit: Keep.standard.eventLimit, isOfOutput: true)
    self.recorder = recorder
  }

  /// Sends the requests, prints each answer on a line of its own, and a summary on standard error.
  /// - Throws: `ProgramEnd` with status 1 where a request has failed, 128 + n for a signal.
  package consuming func invoke(_ count: Int, until signals: borrowing SignalDescriptor) throws {
    var hasFailed = false
    var ending: Int32?
    var problem: (any Error)?
    do { try send(count, until: signals, &hasFailed, &ending) } catch { problem = error }
    run.emulator.end { self.inputs.read(into: &self.session.log, maxBytes: 1 << 20) }
    read()
    inputs.stop(into: &session.log)
    read()
    let summary = SummaryText(
      session.timeline, session.log.catalog, lines: inputs.lines, printed: session.printed)
    writeError(summary.text())
    if let problem { throw problem }
    if let ending { throw ProgramEnd(status: 128 + ending) }
    if hasFailed { throw ProgramEnd(status: 1) }
  }

  private mutating func send(
    _ count: Int, until signals: borrowing SignalDescriptor, _ hasFailed: inout Bool, _ ending: inout Int32?
  ) throws {
    while !run.isReady(session.timeline), ending == nil {
      wait(or: signals, &ending)
    }
    for number in 0..<count {
      let event = run.events[number % run.events.count]
      run.emulator.perform(.request(.normal), event: try event.json())
      guard let answer = answer(until: signals, &ending) else { return }
      hasFailed = hasFailed || answer.hasFailed
      writeOutput(answer.answer + [UInt8(ascii: "\n")])
      // While extensions are at work another request would get another environment, and the end of this one's
      // invocation would not be seen.
      while !run.emulator.isAtRest, ending == nil { wait(or: signals, milliseconds: 1, &ending) }
    }
  }

  private mutating func answer(
    until signals: borrowing SignalDescriptor, _ ending: inout Int32?
  ) -> AnsweredCall? {
    while ending == nil {
      // Others may call meanwhile.
      if let answer = run.answers.take().first(where: \.isOurs) { return answer }
      wait(or: signals, &ending)
    }
    return nil
  }

  private mutating func wait(
    or signals: borrowing SignalDescriptor, milliseconds: Int32 = 5, _ ending: inout Int32?
  ) {
    inputs.wait(or: signals.descriptor, milliseconds: milliseconds)
    ending = signals.read().first { PlainRun.endings.contains($0) }
    read()
  }

  private mutating func read() {
    inputs.read(into: &session.log, maxBytes: 4 << 20)
    let events = session.fold(memory: residentMemory())
    recorder?.write(events, from: session.log)
    // The lines that a terminal would have shown.
    for event in events {
      switch event.kind {
      case .output(let origin, let range) where origin != .emulator:
        writeError((session.log.text.text(range) ?? "").printable)
      case .marker(let name): writeError("lanes: \(session.log.catalog.text(name))".printable)
      default: break
      }
    }
  }
}
