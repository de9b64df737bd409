internal import LambdaLifecycle
internal import SwimlaneUI

/// The files that a session is written to: as a recording, which then goes on, as a scenario that replays a simulated one,
/// and markers beside a recording that is played.
struct SessionFiles {
  private var recorder: Recorder?
  private let markers: MarkerFile?
  /// Payloads, which callers sent and got, are written too.
  private let keepsPayloads: Bool

  init(recorder: Recorder?, markers: MarkerFile?, keepsPayloads: Bool) {
    self.recorder = recorder
    self.markers = markers
    self.keepsPayloads = keepsPayloads
  }

  /// Events are being written to a recording.
  var isRecording: Bool { recorder != nil }

  /// The reason why events could not be written; nil where they could.
  var failure: String? { recorder?.failure }

  /// Writes events, whose names the log explains.
  func write(_ events: [LifecycleEvent], from log: EventLog) { recorder?.write(events, from: log) }

  /// Ends the recording.
  mutating func endRecording() { recorder = nil }

  /// Names a moment, beside the recording.
  /// - Returns: a sentence on what was done.
  func keep(_ marker: LifecycleEvent, named text: String, from log: EventLog) -> String {
    guard let markers else { return "marker: \(text); standard input has no file to keep it beside" }
    let failure = markers.add(marker, from: log)
    return failure.isEmpty ? "marker: \(text), kept in \(markers.path)" : failure
  }

  // MARK: Saving

  /// Writes the session to a file, in the form that its name says.
  /// - Parameter demonstration: the demonstration that a simulated session shows.
  /// - Returns: a sentence on what was done, or why it cannot be.
  mutating func save(_ screen: inout SessionScreen, _ demonstration: Demonstration?, to name: String)
    -> String
  {
    do {
      if screen.session.lead.followsClock { return try saveWhatIsKept(screen.session, to: name) }
      guard let simulation = screen.session.simulation, let demonstration else {
        return "this is a recording already: a copy of its file, or lanes convert, makes another"
      }
      let message = try save(simulation, demonstration, to: name)
      guard let message else {
        return "expected a name that ends in .yaml (a scenario) or .jsonl (a recording); found \(name)"
      }
      screen.isSaved = true
      return message
    } catch { return "\(error)" }
  }

  private mutating func save(
    _ simulation: SimulationSession, _ demonstration: Demonstration, to name: String
  ) throws -> String? {
    if name.hasSuffix(".jsonl") {
      // The whole session is simulated again: its events are not kept anywhere.
      try record(to: name) { recorder in simulation.replay { recorder.write($0, from: $1) } }
      return "the session so far is in \(name), and what comes is written there too"
    }
    guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { return nil }
    try demonstration.save(simulation, to: name)
    return "saved as a scenario: lanes demo \(name) shows it again"
  }

  /// A live session keeps its newest events.
  private mutating func saveWhatIsKept(_ session: borrowing Session, to name: String) throws -> String {
    guard name.hasSuffix(".jsonl") else {
      return "expected a name that ends in .jsonl (a recording); found \(name)"
    }
    let events = session.history.events
    var log = session.log
    var known: [LifecycleEvent] = []
    if session.history.letGo > 0, let first = events.first?.time {
      log.part = SessionPart(origin: session.timeline.beginning, begin: first, end: first)
      // Descriptions of functions from before are known all the same.
      known = session.timeline.descriptions(at: first)
    }
    try record(to: name) { recorder in
      recorder.write(known, from: log)
      recorder.write(events, from: log)
    }
    let what = session.history.letGo > 0 ? "the newest \(events.count)" : "\(events.count)"
    return "\(what) events are in \(name), and what comes is written there too"
  }

  private mutating func record(to path: String, _ write: (Recorder) -> Void) throws {
    guard recorder == nil else {
      throw Failure(
        description: "this session is being recorded already; lanes writes one recording at a time")
    }
    let begun = try Recorder(path: path, keepsPayloads: keepsPayloads)
    write(begun)
    if let failure = begun.failure { throw Failure(description: failure) }
    recorder = begun
  }
}
