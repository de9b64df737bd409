/// Folds lifecycle events into lanes of spans.
///
/// It accepts late and doubled events, and concludes what a source cannot report (see `Inference.swift`). The
/// view at a time t is the whole fold restricted to t: readers are given t, nothing is ever folded back.
package struct Timeline: TimedColumns, Sendable {
  package internal(set) var tracks: [EnvironmentTrack] = []
  /// The part that all environments share.
  var session: SessionFold
  /// Lifecycle events folded, output and undecodable lines not counted.
  package internal(set) var eventCount = 0
  package internal(set) var outputLines = 0
  package internal(set) var undecodable = 0
  /// The losses that sources themselves report.
  package internal(set) var dropped: Int64 = 0
  /// The part it is of a longer session; nil for all of one.
  package internal(set) var part: SessionPart?
  /// Why the last line that could not be decoded could not.
  package internal(set) var lastUndecodable = Name.none

  var trackPlaces = TrackPlaces()
  /// The selection that alone is shown of it; nil for everything.
  var selection: EnvironmentSelection?
  /// The past that is no longer kept but in the figures.
  var letGo = LetGo()

  /// - Parameter source: the one that reports the events, unless `learnSources` gives another.
  package init(_ source: SourceKind) { session = SessionFold(source) }

  /// Takes in which source reports which environment. To be called before its first event is folded.
  package mutating func learnSources(from catalog: Catalog) {
    session.sources.learn(from: catalog)
  }

  /// The source that reports an environment.
  package func source(of environment: EnvironmentID) -> SourceKind { session.sources[environment] }

  package var isEmpty: Bool { first == .never }

  /// Figures of everything folded. Every answer is counted for them: to be asked once for a session, not for a frame.
  package var statistics: Statistics {
    var cursor = StatisticsCursor()
    return cursor.statistics(of: self, at: .never - 1)
  }

  /// All that has come: events, output, and lines that were not understood.
  package var receivedCount: Int { eventCount + outputLines + undecodable }

  /// Events that came after a later one of their environment, by source; sources without any are left out.
  package func lateEvents(_ catalog: Catalog) -> [SourceID: Int] {
    var late: [SourceID: Int] = [:]
    for track in tracks where track.late > 0 { late[catalog.source(of: track.id), default: 0] += track.late }
    for (environment, count) in letGo.late { late[catalog.source(of: environment), default: 0] += count }
    return late
  }

  /// The track of an environment.
  package func track(_ environment: EnvironmentID) -> EnvironmentTrack? {
    trackPlace(environment).map { tracks[$0] }
  }

  /// Where the track of an environment lies, if it has one.
  func trackPlace(_ environment: EnvironmentID) -> Int? {
    trackPlaces[environment]
  }

  /// The function of an environment that is known.
  func function(of environment: EnvironmentID) -> Name? {
    trackPlace(environment).map { tracks[$0].function }
  }

  /// Folds one event.
  package mutating func fold(_ event: LifecycleEvent) {
    guard event.time >= session.horizon else { return tooLate() }
    switch event.kind {
    case .output:
      outputLines += 1
      if event.time > session.last { session.last = event.time }
      return
    case .payload(let payload):
      eventCount += 1
      session.note(event.time)
      if event.request != .none { session.ledger.add(payload, of: event.request) }
      return
    case .undecodable(let reason, _):
      undecodable += 1
      lastUndecodable = reason
      return
    case .forked(let time):
      eventCount += 1
      return void(after: time)
    case .functionDescribed(let description):
      eventCount += 1
      return session.described.add(description, of: event.function, at: event.time)
    case .dropped(let count, _):
      eventCount += 1
      dropped &+= count
      return session.note(event.time)
    case .settingChanged(let setting, let value):
      eventCount += 1
      session.markerList.insert(
        Marker(
          time: event.time, environment: .none, function: event.function, kind: .setting(setting, value)))
      return session.note(event.time)
    case .marker(let name):
      eventCount += 1
      session.markerList.insert(Marker(time: event.time, environment: event.environment, kind: .named(name)))
      session.landmarks.add(.marker, event.time, event.environment)
      return session.note(event.time)
    case .mark(let mark):
      eventCount += 1
      session.note(event.time)
      return marked(mark, event)
    case .imported, .lineRan, .packageImported, .moduleImported:
      eventCount += 1
      session.note(event.time)
      return toldOfCode(event)
    case .requestArrived:
      eventCount += 1
      session.note(event.time)
      return session.requestArrived(event)
    case .requestThrottled(let reason):
      eventCount += 1
      session.note(event.time)
      return session.requestThrottled(reason, event)
    case .requestDropped(let reason):
      eventCount += 1
      session.note(event.time)
      return session.requestDropped(reason, event)
    default: break
    }
    eventCount += 1
    session.note(event.time)
    guard event.environment != .none else { return foldWithoutEnvironment(event) }
    guard let place = trackPlace(for: event) else { return tooLate() }
    tracks[place].fold(event, into: &session)
  }

  /// Counts an event that came too late: the spans it would be drawn with have been let go.
  private mutating func tooLate() { session.late += 1 }

  private mutating func foldWithoutEnvironment(_ event: LifecycleEvent) {
    switch event.kind {
    case .requestAssigned:
      if let request = session.requestAssigned(event) { session.ledger.assignToUnnamed(request) }
    case .requestAnswered(let outcome, let type):
      session.requestAnswered(outcome, type, event, restoreHasFailed: false)
    case .report(let report): session.reported(report, event)
    default: session.anomalies += 1
    }
  }

  private mutating func marked(_ mark: Mark, _ event: LifecycleEvent) {
    guard event.environment != .none else {
      session.anomalies += 1
      return
    }
    guard let place = trackPlace(for: event) else { return }
    tracks[place].marked(mark, event, &session)
  }

  /// The place of the environment's track, which is made if there is none; nil if it is gone and let go.
  @inline(__always)
  mutating func trackPlace(for event: LifecycleEvent) -> Int? {
    if let known = trackPlaces[event.environment] { return known }
    let known = letGo.environments[event.environment]
    if known == .gone { return nil }
    trackPlaces.add(event.environment, tracks.count)
    session.inFlight.add(event.environment)
    tracks.append(
      EnvironmentTrack(
        id: event.environment, function: event.function, created: event.time,
        source: source(of: event.environment)))
    guard known == nil else {
      tracks[tracks.count - 1].creation.setReturned(true)
      return tracks.count - 1
    }
    session.population.environmentCreated(at: event.time)
    session.markerList.insert(Marker(time: event.time, environment: event.environment, kind: .created))
    return tracks.count - 1
  }

  /// Takes tracks out, and what points at them.
  mutating func removeTracks(where isGone: (EnvironmentTrack) -> Bool) {
    tracks.removeAll(where: isGone)
    trackPlaces.rebuild(tracks)
    session.inFlight.keep(tracks)
  }

  /// Merges late edges. To be called before the timeline is read.
  package mutating func settle() {
    if session.population.departuresAreStale {
      session.population.settleDepartures(tracks.filter { $0.gone != .never }.map { ($0.gone, $0.created) })
    }
    take(.settle)
  }

  /// Does it to each column: one that is not named here is neither put in order, nor made void, nor let go.
  mutating func take(_ step: ColumnStep) {
    for index in tracks.indices { tracks[index].take(step) }
    session.take(step)
  }
}
