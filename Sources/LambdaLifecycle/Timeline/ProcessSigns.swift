// The messages between Lambda and the processes of an environment at one moment: only those that are
// reported, or follow by a rule of Lambda from reports.

/// One such message, or the end that Lambda makes of a process.
package struct ProcessSign: Equatable, Sendable {
  package enum Kind: UInt8, CaseIterable, Sendable {
    /// An extension has registered.
    case registered
    /// An extension has asked for its first event.
    case ready
    /// The runtime has SIGTERM.
    case terminate
    /// Extensions have the SHUTDOWN event.
    case shutdown
    /// SIGKILL, for a process that had not ended in time.
    case kill
  }

  package var time: Timestamp
  package var kind: Kind

  package init(_ kind: Kind, at time: Timestamp) {
    self.time = time
    self.kind = kind
  }
}

extension EnvironmentTrack {
  /// From so long after its begin on, a shutdown's external extensions have SIGKILL (Extensions API page, shutdown).
  private static let shutdownLimit = Nanoseconds.seconds(2)

  /// Registrations and first requests for an event, as extensions' states show them.
  /// - Parameter name: nil for those of all extensions.
  package func initSigns(of name: Name? = nil, until limit: Timestamp) -> [ProcessSign] {
    states(of: name, until: limit).compactMap { entry in
      switch entry.state {
      case .registered: ProcessSign(.registered, at: entry.time)
      case .ready: ProcessSign(.ready, at: entry.time)
      case .started, .running, .initError, .exitError, .shutdownFailed, .exited, .launchError: nil
      }
    }
  }

  /// The signs that the parts of its shutdowns show, in order of time.
  package func shutdownSigns(from begin: Timestamp, until limit: Timestamp) -> [ProcessSign] {
    let parts = shutdownParts(from: begin, until: limit)
    var signs: [ProcessSign] = []
    for part in parts {
      let row = rows[part]
      if row.phase != .extensionShutdown, terminatesRuntime(part, at: limit) {
        signs.append(ProcessSign(.terminate, at: row.start))
      }
      // It lasts only where an extension is subscribed to SHUTDOWN and alive: without one it takes no time.
      if row.phase == .extensionShutdown, row.end != row.start {
        signs.append(ProcessSign(.shutdown, at: row.start))
      }
      // A reset's outcome is its reason and does not show it.
      if let time = killed(in: part, until: limit).map(\.time).min() {
        signs.append(ProcessSign(.kill, at: time))
      } else if row.end <= limit, row.outcome == .killed {
        signs.append(ProcessSign(.kill, at: row.end))
      }
    }
    return signs
  }

  /// When Lambda ended an extension.
  package func killSigns(of name: Name, from begin: Timestamp, until limit: Timestamp) -> [ProcessSign] {
    shutdownParts(from: begin, until: limit).flatMap { part in
      killed(in: part, until: limit).filter { $0.name == name }.map { ProcessSign(.kill, at: $0.time) }
    }
  }

  /// The spans in which an extension had SHUTDOWN and had not ended, where both its part of a shutdown and its end are
  /// reported. One that had not subscribed to SHUTDOWN is ended without a word: nothing of it is reported.
  package func shutdowns(of name: Name, from begin: Timestamp, until limit: Timestamp) -> [(
    start: Timestamp, end: Timestamp?
  )] {
    shutdownParts(from: begin, until: limit).compactMap { part in
      let row = rows[part]
      guard row.phase == .extensionShutdown, row.end != row.start else { return nil }
      let began = beginOfShutdown(part)
      let own = states(of: name, until: min(row.end, limit)).filter { $0.time >= began }
      if let end = own.first(where: { $0.state == .exited || $0.state == .shutdownFailed }) {
        return end.time > row.start ? (row.start, end.time) : nil
      }
      return row.end > limit && hasRegistered(name, before: began) ? (row.start, nil) : nil
    }
  }

  /// Extensions whose begin or registration was reported, in order of that.
  package func namedExtensions(at time: Timestamp) -> [Name] {
    var seen: [(name: Name, time: Timestamp)] = []
    for entry in extensionStates where entry.time <= time && entry.name != .none {
      guard entry.state == .started || entry.state == .registered else { continue }
      if let place = seen.firstIndex(where: { $0.name == entry.name }) {
        seen[place].time = min(seen[place].time, entry.time)
      } else {
        seen.append((entry.name, entry.time))
      }
    }
    return seen.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element.name)
  }

  /// The inits of one extension as they were reported, with when it had registered.
  package func inits(of name: Name, until limit: Timestamp) -> [(row: SpanRow, registered: Timestamp?)] {
    let states = states(of: name, until: limit)
    var found: [Int] = []
    for entry in states {
      var place = rowCount(upTo: entry.time) - 1
      let least = max(0, place - Self.near)
      while place >= least, rows[place].extensionName != name || rows[place].phase != .extensionInit {
        place -= 1
      }
      if place >= least, found.last != place { found.append(place) }
    }
    return found.map { place in
      let row = rows[place]
      let registered = states.first {
        $0.state == .registered && $0.time >= row.start && $0.time <= row.end
      }
      return (row, registered?.time)
    }
  }

  /// The latest reported states of extensions: more of them than a picture has columns.
  private func states(of name: Name?, until limit: Timestamp) -> ArraySlice<ExtensionMoment> {
    extensionStates.filter { $0.time <= limit && (name == nil || $0.name == name) }.suffix(1_024)
  }

  /// Places of the rows of shutdowns, or of their parts, that are not over before `begin`.
  private func shutdownParts(from begin: Timestamp, until limit: Timestamp) -> [Int] {
    Phase.shutdowns.flatMap { phase -> [Int] in
      let starts = self[phase].starts
      let first = max(0, self[phase].ends.count(upTo: begin &- 1))
      let end = starts.count(upTo: limit)
      guard first < end, end - first <= 64 else { return [] }
      return (first..<end).compactMap { row(of: phase, from: starts.times[$0]) }
    }.sorted { rows[$0].start < rows[$1].start }
  }

  private func row(of phase: Phase, from start: Timestamp) -> Int? {
    var place = rowCount(upTo: start) - 1
    while place >= 0, rows[place].start == start {
      if rows[place].phase == phase, rows[place].extensionName == .none { return place }
      place -= 1
    }
    return nil
  }

  /// When the shutdown began of which a row is a part.
  private func beginOfShutdown(_ part: Int) -> Timestamp {
    guard rows[part].phase == .extensionShutdown else { return rows[part].start }
    let before = rows[..<part].last { $0.extensionName == .none }
    return before?.phase == .runtimeShutdown ? before?.start ?? rows[part].start : rows[part].start
  }

  /// SIGTERM goes to a runtime that runs, where an extension is registered (shutdown.go of the emulator). A runtime's part
  /// that takes no time had none.
  private func terminatesRuntime(_ part: Int, at limit: Timestamp) -> Bool {
    let row = rows[part]
    guard row.end != row.start, hasRegistered(before: row.start) else { return false }
    if row.phase == .runtimeShutdown { return true }
    // Of a shutdown that is not divided, whether the runtime still ran is to be seen in what ended before.
    let before = rows[..<part].last { $0.extensionName == .none }
    guard let before, before.end <= limit else { return true }
    return !before.outcome.isBad || before.phase == .invoke && before.outcome == .timeout
  }

  /// An extension has registered since the last shutdown before a moment.
  private func hasRegistered(_ name: Name? = nil, before time: Timestamp) -> Bool {
    let since = Phase.shutdowns.map { phase in
      let ends = self[phase].ends
      let count = ends.count(upTo: time)
      return count > 0 && ends.times[count - 1] < time ? ends.times[count - 1] : Timestamp.min
    }
    let last = since.max() ?? .min
    return states(of: name, until: time).contains { $0.state == .registered && $0.time >= last }
  }

  /// Extensions that reported no good end and reached the limit of a shutdown, after which Lambda kills.
  private func killed(in part: Int, until limit: Timestamp) -> [(time: Timestamp, name: Name)] {
    failures(ofShutdown: part, until: limit).filter(\.isKilled).map { ($0.time, $0.name) }
  }

  /// Extensions that reported no good end of a shutdown: those that reached its limit were killed, the others have ended
  /// by themselves.
  func failures(
    ofShutdown part: Int, until limit: Timestamp = .never
  ) -> [(time: Timestamp, name: Name, isKilled: Bool)] {
    let row = rows[part]
    guard row.phase != .runtimeShutdown else { return [] }
    let begin = beginOfShutdown(part)
    let least = begin &+ Self.shutdownLimit &- source.clockResolution
    return states(of: nil, until: min(row.end, limit)).filter {
      $0.state == .shutdownFailed && $0.time >= begin
    }.map { ($0.time, $0.name, $0.time >= least || $0.time == row.end && row.outcome == .killed) }
  }
}
