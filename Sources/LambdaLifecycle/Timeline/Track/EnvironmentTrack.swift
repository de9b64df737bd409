/// One environment in the timeline: its lanes, and the rows behind them.
package struct EnvironmentTrack: TimedColumns, Sendable {
  /// The lanes of an environment: every phase, and three things beside.
  package enum LaneIndex: Equatable, Sendable {
    case phase(Phase)
    /// Extensions that have registered and still initialise.
    case extensionReadiness
    /// The end of an invocation, when the runtime is done and extensions still work.
    case extensionWork
    /// `frozen` that nobody said and that was concluded.
    case inferredFrozen
    /// Moments at which an extension init, what follows of init, an invocation or a shutdown ended badly. They have no ends.
    case failedExtensionInit, failedInit, failedInvoke, failedShutdown
    /// Of the invocations that run at once in a Managed Instance, those in one of its places; and when such failed.
    case invocation(Int), failedInvocation(Int)

    static let count = Phase.allCases.count + 7

    /// Where failures stand that are no single invocation's.
    package static let failures = [failedExtensionInit, failedInit, failedInvoke, failedShutdown]

    var rawValue: Int {
      switch self {
      case .phase(let phase): Int(phase.rawValue)
      case .extensionReadiness: Phase.allCases.count
      case .extensionWork: Phase.allCases.count + 1
      case .inferredFrozen: Phase.allCases.count + 2
      case .failedInit: Phase.allCases.count + 3
      case .failedInvoke: Phase.allCases.count + 4
      case .failedShutdown: Phase.allCases.count + 5
      case .failedExtensionInit: Phase.allCases.count + 6
      case .invocation(let place): Self.count + 2 * place
      case .failedInvocation(let place): Self.count + 2 * place + 1
      }
    }
  }

  package let id: EnvironmentID
  /// `.none` where the source does not give it.
  package let function: Name
  /// The source that reported it: its blind spots are where the timeline concludes.
  package let source: SourceKind
  package internal(set) var creation: EnvironmentCreation
  package internal(set) var departure = EnvironmentDeparture()
  var arrivalOrder = ArrivalOrder()
  var service = EnvironmentService()
  var initProgress = InitProgress()
  var inferredRest = InferredRest()
  /// All spans but frozen ones, in order of their begin.
  package internal(set) var rows: [SpanRow] = []
  /// Rows that are still open.
  var openRows: [Int32] = []
  var laneTable = LaneTable()
  var markTable = MarkTable()
  var runtimesDone = RuntimesDone()
  var extensionMoments = ExtensionStates()
  var initReportList = InitReports()
  /// The cost of its function's code in init.
  package internal(set) var code = InitCode()
  /// The bill of invocations and inits that are not kept.
  var billLetGo = EnvironmentBill()

  init(id: EnvironmentID, function: Name, created: Timestamp, source: SourceKind) {
    self.source = source
    self.id = id
    self.function = function
    creation = EnvironmentCreation(at: created)
  }

  package subscript(index: LaneIndex) -> Lane {
    @inline(__always) _read { yield laneTable[index] }
    @inline(__always) _modify { yield &laneTable[index] }
  }

  package subscript(phase: Phase) -> Lane {
    @inline(__always) _read { yield laneTable[phase] }
    @inline(__always) _modify { yield &laneTable[phase] }
  }

  var lanes: [Lane] { laneTable.lanes }

  /// States of extensions, in order of arrival.
  package var extensionStates: [ExtensionMoment] { extensionMoments.rows }

  /// Times and contents of reports on its inits, in order of arrival.
  package var initReports: [(time: Timestamp, report: InitReport)] { initReportList.rows }

  /// Does it to each column; rows, marks and what is open go with requests.
  mutating func take(_ step: ColumnStep) {
    laneTable.take(step)
    extensionMoments.take(step)
    initReportList.take(step)
    if case .letGo(let horizon) = step {
      // The cost of the latest init's code stays.
      code.letGo(
        before: initProgress.began == .never ? horizon : min(initProgress.began, horizon) &- Self.outputDelay)
    } else {
      code.take(step)
    }
  }

  /// Number of rows that begin at or before `time`.
  @inline(__always)
  package func rowCount(upTo time: Timestamp) -> Int {
    rows.partitionPoint { $0.start <= time }
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

  /// Where the duration of an invocation begins. A re-init after a reset runs inside it (suppressed init) and counts;
  /// the first init of an environment is reported apart.
  @inline(__always)
  func durationBegin(ofInvoke index: Int, within resolution: Nanoseconds) -> Timestamp {
    let invoke = rows[index]
    var place = index - 1
    var begin = invoke.start
    var isJoined = false
    while place >= 0, rows[place].phase.isInit {
      begin = rows[place].start
      isJoined = isJoined || rows[place].end >= invoke.start &- resolution
      // A report says that it ran inside.
      if isJoined, rows[place].request >= 0 { return begin }
      place -= 1
      // Not every source reports the reset itself.
      guard !source.tellsFreezing, isJoined, place >= 0, rows[place].extensionName == .none else { continue }
      if rows[place].outcome.isBad { return begin }
    }
    return isJoined && place >= 0 && rows[place].phase.isShutdown ? begin : invoke.start
  }

  /// The latest init is not the first one, and nothing has run since but `request`'s own invocation: it runs inside
  /// that one (suppressed init, execution environment page).
  func ranReinit(for request: Int32) -> Bool {
    guard initProgress.count > 1 else { return false }
    let before = rows.last { $0.phase != .invoke || $0.request != request }
    guard let before, before.phase.isInit else { return false }
    // Where the environment has rested since, nobody has waited for it.
    return self[.frozen].starts.times.last.map { $0 <= before.start } ?? true
  }

  /// Init has ended well, and no part of it is to come.
  var initIsDone: Bool {
    guard openRows.isEmpty, let row = rows.last(where: { $0.extensionName == .none }) else { return false }
    return Gap.after(row.phase, row.outcome) == .frozen
  }

  /// The number of rows that are looked at for one that is reported again.
  static let near = 64

  /// The same span reported a second time. Looks only near its begin: where the span before it ended later
  /// than its begin was reported, by rounding, it begins there.
  func hasRow(_ phase: Phase, told time: Timestamp, request: Int32, extensionName: Name) -> Bool {
    var index = rowCount(upTo: time &+ source.clockResolution) - 1
    let least = index - Self.near
    while index > max(-1, least), rows[index].start >= time {
      let row = rows[index]
      let isThere = row.start == time || index > 0 && rows[index - 1].end == row.start
      if row.phase == phase, row.extensionName == extensionName, row.request == request, isThere {
        return true
      }
      index -= 1
    }
    return false
  }
}
