internal import CursesTerminal
internal import EventSources
internal import LambdaEmulator
internal import LambdaLifecycle
internal import TimelineExport

/// One cold start: an emulator of its own, one request, and the end of all that was started for it.
struct ColdStartRun {
  /// The function's own last words, where it has failed.
  private static let mostLines = 12

  private var session: Session
  private let run: FunctionRun
  private let inputs: Inputs
  private var lines: [String] = []
  private var ending: Int32?

  init(_ setup: FunctionSetup) throws {
    inputs = try Inputs(format: nil)
    var log = EventLog(source: .emulator)
    run = try FunctionRun(setup, into: inputs, &log)
    session = Session(reading: .emulator, live: true, driving: run.fleet, start: currentTime())
    session.log = log
  }

  /// What came of it.
  enum Outcome {
    case measured(ColdStart)
    /// A signal came.
    case ended(Int32)
  }

  /// - Parameter event: what the request sends.
  /// - Throws: `Failure` where the init or the request has failed, with what the function has printed last.
  consuming func measure(_ event: [UInt8], until signals: borrowing SignalDescriptor) throws -> Outcome {
    run.emulator.perform(.request(.normal), event: event)
    var answer: AnsweredCall?
    while answer == nil, ending == nil {
      wait(or: signals)
      answer = run.answers.take().first(where: \.isOurs)
    }
    // What it does behind its answer is the end of its start, too.
    while answer?.hasFailed == false, !run.emulator.isAtRest, ending == nil { wait(or: signals) }
    run.emulator.end(drain: { self.inputs.read(into: &self.session.log, maxBytes: 1 << 20) })
    inputs.stop(into: &session.log)
    read()
    guard let answer, ending == nil else { return .ended(ending ?? 0) }
    if answer.hasFailed { throw failure(AnswerText.failure(answer)) }
    guard let place = session.timeline.tracks.indices.first,
      let start = ColdStart(of: session.timeline.tracks[place], session.log.catalog)
    else { throw failure("its init failed at first, and went well when it was run again with the request") }
    return .measured(start)
  }

  private func failure(_ what: String) -> Failure {
    let words = lines.suffix(Self.mostLines)
    return Failure(
      description: what + (words.isEmpty ? "\nIt printed nothing." : "\n" + words.joined(separator: "\n")))
  }

  private mutating func wait(or signals: borrowing SignalDescriptor) {
    inputs.wait(or: signals.descriptor, milliseconds: 2)
    ending = signals.read().first { PlainRun.endings.contains($0) }
    read()
  }

  private mutating func read() {
    inputs.read(into: &session.log, maxBytes: 4 << 20)
    for event in session.fold(memory: residentMemory()) {
      guard case .output(let origin, let range) = event.kind, origin != .emulator else { continue }
      lines += (session.log.text.text(range) ?? "").split(separator: "\n").map { String($0).printable }
    }
    if lines.count > 10 * Self.mostLines { lines.removeFirst(lines.count - Self.mostLines) }
  }
}
