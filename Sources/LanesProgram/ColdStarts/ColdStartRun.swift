internal import CursesTerminal
internal import EventSources
internal import LambdaEmulator
internal import LambdaLifecycle
internal import TimelineExport

/// One cold start: an emulator of its own, one request, and the end of all that was started for it.
struct ColdStartRun {
  private var session: Session
  private let run: FunctionRun
  private let inputs: Inputs
  private var words = LastWords()
  private var ending: Int32?

  init(_ setup: FunctionSetup) throws {
    inputs = try Inputs(format: nil)
    var log = EventLog(source: .emulator)
    run = try FunctionRun(setup, into: inputs, &log)
    session = Session(reading: .emulator, live: true, driving: run.fleet, start: currentTime())
    session.log = log
  }

  /// The result of a cold start.
  enum Outcome {
    case measured(ColdStart)
    /// A signal came.
    case ended(Int32)
  }

  /// - Parameter event: the payload of the request.
  /// - Throws: `Failure` where the init or the request has failed, with the last lines
  ///   that the function has printed.
  consuming func measure(_ event: [UInt8], until signals: borrowing SignalDescriptor) throws -> Outcome {
    run.emulator.perform(.request(.normal), event: event)
    var answer: AnsweredCall?
    while answer == nil, ending == nil {
      wait(or: signals)
      answer = run.answers.take().first(where: \.isOurs)
    }
    // Work behind the answer is the end of its start, too.
    while answer?.hasFailed == false, !run.emulator.isAtRest, ending == nil { wait(or: signals) }
    run.emulator.end(drain: { self.inputs.read(into: &self.session.log, maxBytes: 1 << 20) })
    inputs.stop(into: &session.log)
    read()
    guard let answer, ending == nil else { return .ended(ending ?? 0) }
    switch (Self.start(session), answer.hasFailed) {
    case (.success(let start), false): return .measured(start)
    case (.failure(let missing), false): throw failure(missing.words, ofFirst: missing == .failedAtFirst)
    // The init has failed, twice with the same words.
    case (let start, true):
      throw failure(AnswerText.failure(answer), ofFirst: start == .failure(.failed))
    }
  }

  private static func start(_ session: borrowing Session) -> Result<ColdStart, ColdStart.Missing> {
    guard let place = session.timeline.tracks.indices.first else { return .failure(.notTold) }
    do {
      return .success(try ColdStart(of: session.timeline.tracks[place], session.log.catalog))
    } catch { return .failure(error) }
  }

  private func failure(_ what: String, ofFirst: Bool) -> Failure {
    Failure(description: "\(what)\n\(words.text(ofFirst: ofFirst))")
  }

  private mutating func wait(or signals: borrowing SignalDescriptor) {
    inputs.wait(or: signals.descriptor, milliseconds: 2)
    ending = signals.read().first { PlainRun.endings.contains($0) }
    read()
  }

  private mutating func read() {
    inputs.read(into: &session.log, maxBytes: 4 << 20)
    for event in session.fold(memory: residentMemory()) {
      switch event.kind {
      case .output(let origin, let range) where origin != .emulator:
        words.add(session.log.text.text(range) ?? "")
      case .phaseBegan(let phase, .none): words.begin(phase)
      default: break
      }
    }
  }
}

extension ColdStart.Missing {
  fileprivate var words: String {
    switch self {
    case .notTold: "nothing tells of the end of its init"
    case .failed: "its init failed"
    case .failedAtFirst: "its init failed at first, and went well when it was run again with the request"
    }
  }
}
