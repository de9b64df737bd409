package import EventSources
internal import LambdaEmulator
package import LambdaLifecycle

/// A function of the user's that runs here: its setup, and its emulator.
package struct FunctionRun {
  let emulator: Emulator
  let answers: Answers
  /// The payloads of requests, of which one is in use at a time.
  var events: [EventFile]
  /// The facts found and settings taken, the most important first.
  package let notes: [String]
  private let setup: FunctionSetup

  /// Finds the function's program and surroundings, and begins to take requests.
  /// - Parameters:
  ///   - events: files that requests send.
  ///   - inputs: get the events.
  /// - Throws: `Failure`, `Misuse`.
  package init(
    _ wishes: RunWishes, events: [String], into inputs: Inputs, _ log: inout EventLog
  ) throws {
    try self.init(FunctionSetup(wishes, events: events), into: inputs, &log)
  }

  /// Begins to take requests.
  /// - Parameter inputs: get the events.
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

  /// The address at which it is called.
  package var address: String { emulator.address }

  /// The settings that the emulator obeys, for a session that drives it.
  package var fleet: FleetSettings? { emulator.fleetSettings }

  /// Its name, as callers may call it.
  var name: String { setup.name }

  /// Payloads, which callers send and get, are written into recordings.
  var recordsPayloads: Bool { setup.recordsPayloads }

  /// Its own modules.
  var code: SourceFiles { setup.code }

  /// True where the environments started ahead of requests are ready for them, or have failed to be.
  func isReady(_ timeline: borrowing Timeline) -> Bool {
    let over = timeline.tracks.count { $0.isInitialized || $0.gone != .never }
    return over >= setup.provisioned
  }

  /// Ends it, where nobody looks on.
  package func end() { emulator.end() }

  /// The lines of a screen that waits for the first request.
  var waitingLines: [String] {
    [
      (setup.provisioned > 0 ? "\(name) is made ready" : "\(name) starts with its first request")
        + ": press i to send a request.",
      "This run: \(notes.joined(separator: " · "))",
      "From another terminal: aws lambda invoke --endpoint-url http://\(emulator.address) --function-name \(name) out.json",
      "Or: curl -d '{}' http://\(emulator.address)/2015-03-31/functions/\(name)/invocations",
      "In a browser, as the function's URL: http://\(emulator.address)/lambda-url/\(name)",
    ]
  }
}
