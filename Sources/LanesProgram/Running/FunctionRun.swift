package import EventSources
internal import LambdaEmulator
package import LambdaLifecycle

/// A function of the user's that runs here: what it was started with, and its emulator.
package struct FunctionRun {
  let emulator: Emulator
  let answers: Answers
  /// What requests send, one of them at a time.
  var events: [EventFile]
  /// What was found and taken, the most important first.
  package let notes: [String]
  private let setup: FunctionSetup

  /// Finds out what the function is started with, and begins to take requests.
  /// - Parameters:
  ///   - events: files that requests send.
  ///   - inputs: get what happens.
  /// - Throws: `Failure`, `Misuse`.
  package init(
    _ wishes: RunWishes, events: [String], into inputs: Inputs, _ log: inout EventLog
  ) throws {
    try self.init(FunctionSetup(wishes, events: events), into: inputs, &log)
  }

  /// Begins to take requests.
  /// - Parameter inputs: get what happens.
  /// - Throws: `Failure`.
  init(_ setup: FunctionSetup, into inputs: Inputs, _ log: inout EventLog) throws {
    self.setup = setup
    events = setup.events
    let answers = Answers()
    self.answers = answers
    let code = setup.code
    log.statementText = { code.statement($0, $1) }
    let input = inputs.addEventInput("lanes run", in: &log)
    do {
      emulator = try Emulator.start(
        setup.settings, into: input, answered: { answers.add($0) }, codeChanged: { answers.tell($0) })
    } catch { throw Failure(description: "\(error)") }
    notes = setup.notes(emulator)
  }

  /// Where it is called.
  package var address: String { emulator.address }

  /// What the emulator obeys, for a session that drives it.
  package var fleet: FleetSettings? { emulator.fleetSettings }

  /// Its name, as callers may call it.
  var name: String { setup.name }

  /// What callers send and get is written into recordings.
  var recordsPayloads: Bool { setup.recordsPayloads }

  /// Its own modules.
  var code: SourceFiles { setup.code }

  /// Whether what is started ahead of requests is ready for them, or has failed to be.
  func isReady(_ timeline: borrowing Timeline) -> Bool {
    let over = timeline.tracks.count { $0.isInitialized || $0.gone != .never }
    return over >= setup.provisioned
  }

  /// Ends it, where nobody looks on.
  package func end() { emulator.end() }

  /// The lines of a screen that waits for the first request.
  var waitingLines: [String] {
    [
      "Taken: \(notes.joined(separator: " · "))",
      (setup.provisioned > 0 ? "\(name) is made ready" : "\(name) starts at its first request")
        + ": press i, or type in another terminal",
      "aws lambda invoke --endpoint-url http://\(emulator.address) --function-name \(name) out.json",
      "curl -d '{}' http://\(emulator.address)/2015-03-31/functions/\(name)/invocations",
      "A browser, as the function's URL: http://\(emulator.address)/lambda-url/\(name)",
    ]
  }
}
