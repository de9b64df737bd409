package import EventSources
package import LambdaEventFormats
package import LambdaLifecycle

/// A session that is read to its end, for commands without a screen.
package struct SessionReading {
  /// The session that was read.
  package private(set) var session = Session(reading: .native, live: false, start: 0)
  /// All events in order of arrival, where that was asked for.
  private(set) var events: [LifecycleEvent] = []
  private let inputs: Inputs

  /// Kept for the lines that say why something ended.
  private static let history = EventHistory(limit: Keep.standard.eventLimit, isOfOutput: true)

  /// Reads files and log groups to their ends.
  /// - Parameters:
  ///   - logGroups: the groups that are read line by line, as far as their lines lie in the stretch.
  /// - Throws: `Failure` if a file cannot be opened, or holds nothing that can be read, or a log group cannot be read
  ///   as a whole.
  package init(
    _ files: [String], from format: StreamFormat?, logGroups: [LogGroup] = [],
    _ stretch: Range<Timestamp> = 0..<0,
    keepsEvents: Bool = false
  ) throws {
    inputs = try Inputs(format: format)
    session.history = Self.history
    for file in files {
      try inputs.start(file: file, follow: false, tellsArrival: false, in: &session.log)
    }
    try inputs.read(logGroups, stretch, in: &session.log)
    var line = ProgressLine()
    defer { line.clear() }
    while !inputs.hasEnded {
      inputs.wait(milliseconds: 100)
      inputs.read(into: &session.log, maxBytes: 4 << 20)
      let folded = session.fold()
      if keepsEvents { events += folded }
      for sentence in inputs.takeSentences() { line.say(sentence) }
      line.show(inputs.progress)
      // Figures of a part of the groups would look like those of all: nothing is gained by reading on.
      if !logGroups.isEmpty, let failure = inputs.failure { throw Failure(description: failure) }
    }
    let last = session.fold()
    if keepsEvents { events += last }
    session.endInput()
    // Figures of inputs that nobody has understood would look healthy.
    try inputs.checkUnderstood()
    if session.timeline.isEmpty { try inputs.checkEnd() }
  }

  /// The events of a part of it. All events must have been kept.
  /// - Throws: `Failure` if there is nothing in it.
  package func cut(_ choice: SessionPartChoice) throws -> (events: [LifecycleEvent], part: SessionPart) {
    let (timeline, catalog) = (session.timeline, session.log.catalog)
    guard !timeline.isEmpty else {
      throw Failure(description: "no event: there is no part of an empty session.")
    }
    let cut = try choice.cut(of: timeline, catalog)
    let events = cut.events(of: events, catalog)
    guard !events.isEmpty else { throw Failure(description: "nothing happened in this part of the session.") }
    return (
      events,
      SessionPart(
        origin: timeline.beginning, begin: max(cut.start, timeline.beginOfFigures),
        end: min(cut.end, timeline.last))
    )
  }

  /// A part of it, as a session of its own. All events must have been kept.
  /// - Throws: `Failure` if there is nothing in it.
  package func session(of choice: SessionPartChoice) throws -> Session {
    guard !choice.isAll else { return session }
    var session = Session(reading: .native, live: false, start: 0)
    session.log = self.session.log
    session.history = Self.history
    (session.log.events, session.log.part) = try cut(choice)
    _ = session.fold()
    session.endInput()
    return session
  }

  /// Lines of log groups that somebody has fetched.
  package init(_ documents: [(group: LogGroup, bytes: [UInt8])]) throws {
    inputs = try Inputs(format: nil)
    for (group, bytes) in documents {
      inputs.take(bytes, of: group, in: &session.log)
      _ = session.fold()
    }
    session.endInput()
  }

  /// Lines that were read.
  package var lines: Int { inputs.lines }

  /// Checks that all was read. The part that could be read is worth having, but must not pass for the whole.
  /// - Throws: `Failure` if reading ended early.
  package func checkEnd() throws { try inputs.checkEnd() }
}
