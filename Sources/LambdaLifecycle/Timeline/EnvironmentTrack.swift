/// One environment in the timeline: its lanes, and the rows behind them.
package struct EnvironmentTrack: Sendable {
  /// What has a lane of its own: every phase, and three things beside.
  package enum LaneIndex: Equatable, Sendable {
    case phase(Phase)
    /// Extensions that have registered and still initialise.
    case extensionReadiness
    /// The end of an invocation, when the runtime is done and extensions still work.
    case extensionWork
    /// `frozen` that nobody said and that was concluded.
    case inferredFrozen
    /// Moments at which an init, an invocation or a shutdown ended badly. They have no ends.
    case failedInit, failedInvoke, failedShutdown

    static let count = Phase.allCases.count + 6

    var rawValue: Int {
      switch self {
      case .phase(let phase): Int(phase.rawValue)
      case .extensionReadiness: Phase.allCases.count
      case .extensionWork: Phase.allCases.count + 1
      case .inferredFrozen: Phase.allCases.count + 2
      case .failedInit: Phase.allCases.count + 3
      case .failedInvoke: Phase.allCases.count + 4
      case .failedShutdown: Phase.allCases.count + 5
      }
    }
  }

  package let id: EnvironmentID
  package internal(set) var created: Timestamp
  /// `.never` while it lives.
  package internal(set) var gone = Timestamp.never
  package internal(set) var goneReason = ShutdownReason.spindown
  package internal(set) var goneDetail = Name.none
  package internal(set) var initializationType = InitializationType.unknown
  package internal(set) var invocations = 0
  /// All spans but frozen ones, in order of their begin.
  package internal(set) var rows: [SpanRow] = []
  /// Times and states of extensions, in order of arrival.
  package internal(set) var extensionStates: [(time: Timestamp, name: Name, state: ExtensionState)] = []
  package internal(set) var lastEvent = Timestamp.min

  var lanes: [Lane]
  /// Rows that are still open.
  var openRows: [Int32] = []
  /// Invocations whose runtime is done, with that moment.
  var runtimeDone: [(request: Int32, time: Timestamp)] = []
  /// The init under way, or the last one.
  var initBegan = Timestamp.never
  var initEnded = Timestamp.never
  var initIsOpen = false
  var initHasFailed = false
  var inits = 0
  /// Where the inferred frozen span that is still open begins; `.never` without one.
  var inferredFrozenFrom = Timestamp.never

  init(id: EnvironmentID, created: Timestamp) {
    self.id = id
    self.created = created
    lanes = Array(repeating: Lane(), count: LaneIndex.count)
  }

  package subscript(index: LaneIndex) -> Lane {
    @inline(__always) _read { yield lanes[index.rawValue] }
    @inline(__always) _modify { yield &lanes[index.rawValue] }
  }

  package subscript(phase: Phase) -> Lane {
    @inline(__always) _read { yield lanes[Int(phase.rawValue)] }
    @inline(__always) _modify { yield &lanes[Int(phase.rawValue)] }
  }

  /// Merges late edges; to be called before reading.
  mutating func settle() {
    for index in lanes.indices { lanes[index].settle() }
  }

  /// Number of rows that begin at or before `time`.
  package func rowCount(upTo time: Timestamp) -> Int {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].start <= time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Appends a row in its place. Rows come nearly always in order.
  mutating func insert(_ row: SpanRow) -> Int {
    guard let last = rows.last, row.start < last.start else {
      rows.append(row)
      return rows.count - 1
    }
    let place = rowCount(upTo: row.start)
    rows.insert(row, at: place)
    for index in openRows.indices where openRows[index] >= place { openRows[index] += 1 }
    return place
  }

  /// Index of the open row of that kind.
  @inline(__always)
  func openRow(_ phase: Phase, request: Int32, extensionName: Name) -> Int? {
    for index in openRows.reversed() {
      let row = rows[Int(index)]
      if row.phase == phase, row.extensionName == extensionName, request < 0 || row.request == request {
        return Int(index)
      }
    }
    return nil
  }

  /// Where the duration of an invocation begins. A re-init after a reset runs inside it (suppressed init) and counts;
  /// the first init of an environment is reported apart.
  func durationBegin(ofInvoke index: Int, within resolution: Nanoseconds) -> Timestamp {
    let invoke = rows[index]
    var place = index - 1
    var begin = invoke.start
    var isJoined = false
    while place >= 0, rows[place].phase.isInit {
      begin = rows[place].start
      isJoined = isJoined || rows[place].end >= invoke.start &- resolution
      place -= 1
    }
    return isJoined && place >= 0 && rows[place].phase.isShutdown ? begin : invoke.start
  }

  /// Init is not over before these have asked for their first event.
  var waitsForExtension: Bool {
    openRows.contains { rows[Int($0)].phase == .extensionInit && rows[Int($0)].extensionName != .none }
  }

  /// The same span told a second time. Looks only near its begin.
  func hasRow(_ phase: Phase, start: Timestamp, request: Int32, extensionName: Name, within: Nanoseconds)
    -> Bool
  {
    var index = rowCount(upTo: start &+ within) - 1
    while index >= 0, rows[index].start >= start &- within {
      let row = rows[index]
      if row.phase == phase, row.extensionName == extensionName, row.request == request { return true }
      index -= 1
    }
    return false
  }
}

// MARK: - Reading

extension EnvironmentTrack {
  /// What the environment is doing at `time`. After `inputEnd`, if it is not gone, nobody knows.
  package func state(at time: Timestamp, inputEnd: Timestamp = .never) -> EnvironmentState {
    if time >= gone { return .gone }
    if time > inputEnd { return .unknown }
    func isOpen(_ phase: Phase) -> Bool { self[phase].open(at: time) > 0 }
    if isOpen(.invoke) { return .invoking }
    if isOpen(.shutdown) || isOpen(.runtimeShutdown) || isOpen(.extensionShutdown) {
      return isReset(at: time) ? .resetting : .shuttingDown
    }
    if isOpen(.extensionInit) || isOpen(.runtimeInit) || isOpen(.functionInit) || isOpen(.initialization)
      || isOpen(.restore)
    {
      return .initializing
    }
    if isOpen(.frozen) || self[.inferredFrozen].open(at: time) > 0 { return .frozen }
    if isOpen(.create) { return .creating }
    guard let last = lastRow(at: time) else { return .creating }
    switch rows[last].phase {
    case .create: return .creating
    case .extensionInit, .runtimeInit, .functionInit, .initialization, .restore: return .initializing
    case .invoke, .frozen: return .frozen
    case .runtimeShutdown, .extensionShutdown, .shutdown: return .reset
    }
  }

  /// A shutdown open at `time` is a reset if its outcome is a reason to reset, or if it is no answer to idleness.
  private func isReset(at time: Timestamp) -> Bool {
    var index = rowCount(upTo: time) - 1
    while index >= 0 {
      let row = rows[index]
      if row.phase == .invoke || row.phase.isInit, row.extensionName == .none {
        return row.end <= time && row.outcome.isBad
      }
      index -= 1
    }
    return false
  }

  /// Index of the last row (of a phase, not of a single extension) that begins at or before `time`.
  package func lastRow(at time: Timestamp) -> Int? {
    var index = rowCount(upTo: time) - 1
    while index >= 0, rows[index].extensionName != .none { index -= 1 }
    return index >= 0 ? index : nil
  }

  /// When what the environment is doing at `time` began.
  package func stateBegan(at time: Timestamp) -> Timestamp {
    if time >= gone { return gone }
    var latest = created
    for lane in lanes {
      let begun = lane.starts.count(upTo: time)
      if begun > 0 { latest = max(latest, lane.starts.times[begun - 1]) }
      let ended = lane.ends.count(upTo: time)
      if ended > 0 { latest = max(latest, lane.ends.times[ended - 1]) }
    }
    return latest
  }

  /// Number of invocations that have begun by `time`.
  package func invocationCount(upTo time: Timestamp) -> Int { self[.invoke].starts.count(upTo: time) }

  /// Every span, frozen ones included, in order of their begin.
  package func spans(_ requests: borrowing [RequestRow]) -> [Span] {
    var spans = rows.map { row in
      Span(
        phase: row.phase, start: row.start, end: row.end == .never ? nil : row.end,
        isObserved: !row.endIsInferred,
        outcome: row.outcome, errorType: row.errorType, extensionName: row.extensionName,
        request: row.request >= 0 ? requests[Int(row.request)].id : .none)
    }
    func addFrozen(_ lane: Lane, observed: Bool) {
      // Frozen spans of one environment do not overlap: the k-th begin belongs to the k-th end.
      for (index, start) in lane.starts.times.enumerated() {
        let end = index < lane.ends.count ? lane.ends.times[index] : nil
        spans.append(
          Span(
            phase: .frozen, start: start, end: end, isObserved: observed, outcome: .none, errorType: .none,
            extensionName: .none, request: .none))
      }
    }
    addFrozen(self[.frozen], observed: true)
    addFrozen(self[.inferredFrozen], observed: false)
    return spans.sorted { ($0.start, $0.end ?? .never) < ($1.start, $1.end ?? .never) }
  }
}
