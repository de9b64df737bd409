internal import LambdaLifecycle

/// The messages of `(rapid)` lines that are about the lifecycle.
///
/// Sources, all of the emulator: internal/lambda/interop/events_api.go and internal/lambda/rapid (handlers.go,
/// shutdown.go), rapi/handler/agentregister.go.
enum RapidMessage: Equatable {
  case exec(handler: String)
  case initStart(InitializationType)
  case noExtensions
  /// The same of an emulator of before mid-2023.
  case cannotListAgents
  case startingRuntime
  case agentRegistered(name: String, identifier: String, isExternal: Bool)
  case initRuntimeDone(Outcome)
  case initReport(Nanoseconds)
  case invokeStart(id: String)
  case invokeRuntimeDone(Outcome, Nanoseconds)
  case fatalError(type: String)
  case invokeDoneFailed(type: String)
  case reserveFailed
  /// At log level debug: a process has called one of the emulator's APIs.
  case called(APICall)
  /// At log level debug: runtime and extensions are done with the invocation.
  case invokeSucceeded
  case reset(reason: String)
  case shutdown
  case agentMissedDeadline(process: String)
  case waitingForTermination
  /// Understood to be the emulator's, and of no concern to the lanes.
  case other

  /// Reads a message.
  ///
  /// - Parameter rest: the print of another writer behind it in the same line; empty as a rule.
  init(_ message: UnsafeRawBufferPointer, rest: inout UnsafeRawBufferPointer) {
    rest = message.slice(from: message.count)
    var reader = MessageReader(message)
    self = .other
    if reader.take("INIT START(type: ") {
      let type = reader.text(to: ", phase: ")
      reader.skip(past: ")", rest: &rest)
      self = .initStart(InitializationType(wireName: type) ?? .unknown)
    } else if reader.take("INIT RTDONE(status: ") {
      let status = reader.bytes(to: ")")
      rest = reader.remainder
      self = .initRuntimeDone(Outcome(status: status))
    } else if reader.take("INIT REPORT(durationMs: ") {
      let duration = ReportFields.milliseconds(reader.bytes(to: ")"))
      rest = reader.remainder
      self = .initReport(duration ?? -1)
    } else if reader.take("INVOKE START(requestId: ") {
      let id = reader.text(to: ")")
      rest = reader.remainder
      self = .invokeStart(id: id)
    } else if reader.take("INVOKE RTDONE(status: ") {
      let status = reader.bytes(to: ",")
      _ = reader.bytes(to: "duration: ")
      let duration = ReportFields.milliseconds(reader.bytes(to: "ms)"))
      rest = reader.remainder
      self = .invokeRuntimeDone(Outcome(status: status), duration ?? -1)
    } else {
      self = RapidMessage(rare: &reader)
    }
  }

  private init(rare reader: inout MessageReader) {
    self = .other
    if reader.take("exec '") {
      _ = reader.bytes(to: "handler=")
      self = .exec(handler: reader.text(to: ")"))
    } else if reader.take("The extension's directory ") {
      self = .noExtensions
    } else if reader.take("Cannot list external agents") {
      self = .cannotListAgents
    } else if reader.take("Starting runtime ") || reader.take("Start runtime") {
      self = .startingRuntime
    } else if reader.take("External agent ") {
      self = .agentRegistered(name: reader.text(to: " ("), identifier: reader.text(to: ")"), isExternal: true)
    } else if reader.take("Internal agent ") {
      self = .agentRegistered(
        name: reader.text(to: " ("), identifier: reader.text(to: ")"), isExternal: false)
    } else if reader.take("API request - ") {
      self = .called(APICall(reader.remainder))
    } else if reader.take("Invoke() success") {
      self = .invokeSucceeded
    } else if reader.take("First fatal error stored in appctx: ") {
      self = .fatalError(type: reader.word())
    } else if reader.take("Invoke DONE failed: ") {
      self = .invokeDoneFailed(type: reader.word())
    } else if reader.take("ReserveFailed") {
      self = .reserveFailed
    } else if reader.take("Reset initiated: ") {
      self = .reset(reason: reader.word())
    } else if reader.take("Shutdown initiated: ") {
      self = .shutdown
    } else if reader.take("Deadline: the agent ") {
      self = .agentMissedDeadline(process: reader.word())
    } else if reader.take("Waiting for runtime domain processes termination") {
      self = .waitingForTermination
    }
  }
}

/// Takes a message apart from its beginning to its end.
private struct MessageReader {
  private let message: UnsafeRawBufferPointer
  private var position = 0

  init(_ message: UnsafeRawBufferPointer) { self.message = message }

  var remainder: UnsafeRawBufferPointer { message.slice(from: position) }

  mutating func take(_ prefix: StaticString) -> Bool {
    guard message.hasPrefix(prefix, at: position) else { return false }
    position += prefix.utf8CodeUnitCount
    return true
  }

  /// The bytes before `mark`, or all that is left if there is none; goes on behind the mark.
  mutating func bytes(to mark: StaticString) -> UnsafeRawBufferPointer {
    let start = position
    guard let end = message.firstIndex(of: mark, from: position) else {
      position = message.count
      return message.slice(from: start)
    }
    position = end + mark.utf8CodeUnitCount
    return message.slice(start, end)
  }

  mutating func text(to mark: StaticString) -> String { bytes(to: mark).text }

  /// The next word: up to a blank, or to the end.
  mutating func word() -> String { text(to: " ") }

  mutating func skip(past mark: StaticString, rest: inout UnsafeRawBufferPointer) {
    _ = bytes(to: mark)
    rest = remainder
  }
}
