internal import LambdaLifecycle

/// A Go `panic:` that was printed. Function and emulator may both be Go programs: the stack trace shows whose
/// it is.
struct RIECrash: Sendable {
  var message: Name
  var time: Timestamp
  /// Lines since then, whose origin is not known yet.
  var output: [LifecycleEvent]

  /// A trace of the emulator names it earlier than this.
  static let maximumLines = 100
}

extension RIEDecoder {
  /// Keeps a line that the emulator did not write as a part of its protocol.
  mutating func appendOutput(_ text: UnsafeRawBufferPointer, into log: inout EventLog) {
    guard text.isText else { return text.withRepairedText { appendOutput($0, into: &log) } }
    let range = log.text.append(text)
    if process.hasCrashed {
      return emit(untimed: .output(.emulator, range), into: &log)
    }
    if crash != nil { return appendTrace(text, range, into: &log) }
    if text.hasPrefix("panic: ") {
      let time = arrival ?? clock.last ?? 0
      let output = event(.output(.function, range), request: .none, at: time)
      // The emulator's logger panics with its own address; the message that it logged says more.
      let words = text.hasPrefix("panic: (*logrus.Entry)") ? log.text.text(lastWords) : nil
      crash = RIECrash(message: log.catalog.name(words ?? text.text), time: time, output: [output])
      return
    }
    let origin = origin(of: text, into: &log)
    if origin == .function { readFailure(text, into: &log) }
    emit(
      untimed: .output(origin, range), request: origin == .function ? currentRequest : .none, into: &log)
  }

  /// A runtime client reports in its output that the handler has failed. At log level debug the emulator
  /// reports it too.
  private mutating func readFailure(_ text: UnsafeRawBufferPointer, into log: inout EventLog) {
    let said = process.handlerError.read(text)
    if case .takenBack = said, let index = process.runningIndex {
      process.invocations[index].answer = nil
      process.invocations[index].errorType = .none
    }
    guard case .failed(let failure) = said, failure.isSurvived else { return }
    let type = log.catalog.name(failure.type)
    guard let index = process.runningIndex else {
      if !process.isCreated || isOlder, !process.waiting.isEmpty { process.untoldError = type }
      return
    }
    guard process.invocations[index].answer == nil else { return }
    process.invocations[index].answer = .error
    process.invocations[index].errorType = type
  }

  /// The request that the function works on; its INVOKE START may be printed after its first output.
  private var currentRequest: RequestID {
    if let index = process.runningIndex { return process.invocations[index].request }
    guard process.initialization == nil, let next = process.waiting.first, next.isAssigned else {
      return .none
    }
    return next.request
  }

  /// Before the runtime is started only extensions run; later their usual prefix decides.
  private mutating func origin(of text: UnsafeRawBufferPointer, into log: inout EventLog) -> OutputOrigin {
    switch process.initialization?.extensions {
    case .undecided, .starting:
      decideWithExtensions(into: &log)
      return .extension
    case .runtimeStartedAt:
      decideWithoutExtensions(into: &log)
    case .done, nil:
      break
    }
    guard !process.extensions.isEmpty, text.hasPrefix("["), let end = text.firstIndex(of: "]") else {
      return .function
    }
    return process.extensions.contains(text.slice(1, end).text) ? .extension : .function
  }

  private mutating func appendTrace(
    _ text: UnsafeRawBufferPointer, _ range: TextRange, into log: inout EventLog
  ) {
    let time = arrival ?? crash?.time ?? 0
    let output = event(.output(.function, range), request: .none, at: time)
    crash?.output.append(output)
    if text.firstIndex(of: "aws-lambda-runtime-interface-emulator/") != nil {
      confirmCrash(into: &log)
    } else if let crash, crash.output.count > RIECrash.maximumLines {
      refuteCrash(into: &log)
    }
  }

  /// The emulator has crashed, and with it everything ends.
  mutating func confirmCrash(into log: inout EventLog) {
    guard let crash else { return }
    self.crash = nil
    let message = meaning(of: crash, into: &log)
    fail(.failure, .none, at: crash.time, into: &log)
    if !process.isCreated, pending().isEmpty {
      // It never came to an environment, so there is none that could be gone.
      log.append(LifecycleEvent(time: crash.time, kind: .marker(message)))
    } else {
      emulatorEnded(.emulatorFailure, detail: message, at: crash.time, into: &log)
    }
    process.hasCrashed = true
    append(crash.output, from: .emulator, into: &log)
  }

  /// The cause of its panic, before its own words. It holds one reservation: with a second request at the
  /// same time, or one while init runs, it stumbles over that (measured; `ReserveFailed: AlreadyReserved`).
  private func meaning(of crash: RIECrash, into log: inout EventLog) -> Name {
    let running = process.runningIndex == nil ? 0 : 1
    let words = log.catalog.text(crash.message)
    let isRefused =
      log.text.text(lastWords)?.contains("AlreadyReserved") == true || words.contains("AlreadyReserved")
    guard isRefused || running + pending().count > 1 else { return crash.message }
    return log.catalog.name("RIE cannot take two requests at once (\(words))")
  }

  /// The emulator lives: the panic was the function's.
  mutating func refuteCrash(into log: inout EventLog) {
    guard let crash else { return }
    self.crash = nil
    append(crash.output, from: .function, into: &log)
  }

  private func append(_ output: [LifecycleEvent], from origin: OutputOrigin, into log: inout EventLog) {
    for var event in output {
      if case .output(_, let range) = event.kind { event.kind = .output(origin, range) }
      log.append(event)
    }
  }
}
