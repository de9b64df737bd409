internal import LambdaLifecycle

/// The filter as it stands: what passes it, and the figures of that. Everything that counts or lists asks it,
/// so that one place decides.
///
/// Names are compared once for each environment, and requests gone through only when something has come or when others
/// pass: any other frame costs what it costs without a filter.
struct Filtering: Sendable {
  let filter: EnvironmentFilter
  /// Environments that pass, and what is theirs.
  private(set) var selection: EnvironmentSelection
  /// The places of the log's lines that pass.
  private(set) var logPlaces: [Int] = []
  private var cursor = StatisticsCursor()
  /// The state of the log that the selection and the log's lines were made of.
  private var received: Int
  private var generation: Int
  private var logIsKnown = false
  /// The findings in what passes; nil until they are asked for.
  private var findings: [Finding]?

  init(_ filter: EnvironmentFilter, _ session: borrowing Session) {
    self.filter = filter
    selection = Self.select(filter, Self.passing(filter, session, known: []), session)
    received = session.timeline.receivedCount
    generation = session.timeline.generation
  }

  /// Takes in the events that have come, and the moment looked at.
  mutating func update(_ session: borrowing Session) {
    let passing = Self.passing(filter, session, known: selection.environments)
    let isSame = received == session.timeline.receivedCount && generation == session.timeline.generation
    if !isSame || passing != selection.environments {
      let next = Self.select(filter, passing, session)
      if generation != session.timeline.generation || !next.goesOn(from: selection) {
        cursor = StatisticsCursor()
      }
      selection = next
      received = session.timeline.receivedCount
      generation = session.timeline.generation
      logIsKnown = false
      findings = nil
    }
    if !logIsKnown { findLog(session) }
  }

  /// True, by the index of an environment, for those that pass.
  private static func passing(
    _ filter: EnvironmentFilter, _ session: borrowing Session, known: [Bool]
  ) -> [Bool] {
    let catalog = session.log.catalog
    let count = catalog.environments.count
    guard filter.dependsOnTime else {
      if known.count == count { return known }
      return (0..<count).map { index in
        index < known.count
          ? known[index] : filter.passes(EnvironmentID(rawValue: UInt32(index)), catalog)
      }
    }
    var passing = [Bool](repeating: false, count: count)
    let (time, inputEnd) = (session.playhead.time, session.inputEnd)
    for index in session.timeline.tracks.indices where session.timeline.tracks[index].created <= time {
      let environment = session.timeline.tracks[index].id.index
      guard environment < count else { continue }
      passing[environment] = filter.passes(
        session.timeline.tracks[index], session.timeline, catalog, at: time, inputEnd: inputEnd)
    }
    return passing
  }

  private static func select(
    _ filter: EnvironmentFilter, _ passing: [Bool], _ session: borrowing Session
  ) -> EnvironmentSelection {
    let catalog = session.log.catalog
    return EnvironmentSelection(
      of: passing, functions: { filter.passes(requestsFor: $0, catalog) }, in: session.timeline)
  }

  private mutating func findLog(_ session: borrowing Session) {
    logIsKnown = true
    let (catalog, filter, selection) = (session.log.catalog, filter, selection)
    logPlaces = session.history.places { event in
      event.environment != .none
        ? selection.holds(event.environment) : filter.passes(requestsFor: event.function, catalog)
    }
  }

  /// The figures of all that passes, at the moment looked at.
  mutating func statistics(_ session: borrowing Session) -> Statistics {
    let time = session.playhead.time
    var figures = cursor.statistics(of: session.timeline.showing(selection), at: time)
    let (catalog, filter) = (session.log.catalog, filter)
    session.timeline.billProvisioned(until: time, in: &figures) { filter.passes(requestsFor: $0, catalog) }
    return figures
  }

  /// The figures of each function, of those that pass, at the moment that was asked for last.
  var accounts: [Name: FunctionAccount] { cursor.accounts }

  /// The findings in what passes. All spans are gone through for it: once for a selection.
  mutating func knownFindings(_ session: borrowing Session) -> [Finding] {
    if let findings { return findings }
    let found = session.timeline.showing(selection).findings()
    findings = found
    return found
  }
}
