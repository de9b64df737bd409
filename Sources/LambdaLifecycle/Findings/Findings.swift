// What is worth a look in a session, found in one pass over requests and spans.

extension Timeline {
  /// Environments of more than one function have been told of.
  package var hasSeveralFunctions: Bool { Set(tracks.map(\.function)).subtracting([.none]).count > 1 }

  /// Everything found, worst first. It looks at every span: to be asked once for a session, not for a frame.
  package func findings() -> [Finding] {
    var search = FindingSearch()
    search.begin = figuresBegin
    for track in tracks { search.look(at: track) }
    search.lookAtRequests(self)
    for track in tracks { search.lookAtMarks(of: track) }
    return search.findings(self)
  }
}

/// The pass, and what it has found so far.
private struct FindingSearch {
  private var found: [FindingKey: Finding] = [:]
  /// What began before is none of it.
  var begin = Timestamp.min
  /// Lengths of invocations that ran into their timeout, without what ran inside them before, by request.
  private var timedOut: [Int32: Nanoseconds] = [:]
  /// The session has several functions.
  private var hasSeveral = false
  /// When an emulator crashed: what failed then failed with it.
  private var crashes: Set<Timestamp> = []

  private mutating func add(
    _ kind: Finding.Kind, _ length: Nanoseconds?, in environment: EnvironmentID, _ begin: Timestamp,
    _ end: Timestamp
  ) {
    found[FindingKey(kind), default: Finding(kind)].add(length, in: environment, begin...max(begin, end))
  }

  /// The same of one function: what is long for it need not be for another.
  private mutating func add(
    _ kind: Finding.Kind, _ length: Nanoseconds?, of function: Name, _ request: RequestRow,
    until end: Timestamp
  ) -> FindingKey {
    let key = FindingKey(kind, of: function)
    var finding = found[key] ?? Finding(kind)
    finding.function = function
    finding.add(length, in: request.environment, request.arrival...max(request.arrival, end))
    found[key] = finding
    return key
  }

  // MARK: Environments

  /// Inits that failed, resets, extensions that were killed, an emulator that crashed.
  mutating func look(at track: borrowing EnvironmentTrack) {
    var reset: Reset?
    let crash = track.goneReason == .emulatorFailure && track.gone >= begin ? track.gone : .never
    if crash != .never {
      crashes.insert(crash)
      add(.emulatorFailure(track.goneDetail), nil, in: track.id, crash, crash)
    }
    for row in track.rows where row.end != .never && row.start >= begin {
      if row.extensionName != .none {
        if row.phase.isShutdown, row.outcome == .killed {
          add(.killedExtension(row.extensionName), row.end &- row.start, in: track.id, row.start, row.end)
        }
        continue
      }
      if row.phase.isShutdown, row.outcome == .killed, !namesKilled(track, row) {
        add(
          .killedExtension(.none), row.end &- row.start, in: track.id, reset?.begin ?? row.start, row.end)
      }
      if row.phase.isShutdown {
        if reset != nil { reset?.isTold = true }
        continue
      }
      if row.phase == .invoke, let known = reset {
        add(known, in: track.id)
        reset = nil
      }
      if reset != nil, row.phase.isInit || row.phase == .restore { reset?.add(row) }
      guard row.outcome.isBad, row.end != crash else { continue }
      if row.phase == .invoke {
        if row.outcome == .timeout, row.request >= 0 { timedOut[row.request] = row.end &- row.start }
        // A Managed Instance goes on after a failure (Managed Instances pages).
        if track.initializationType != .managedInstances { reset = Reset(begin: row.start, end: row.end) }
      } else if row.phase.isInit || row.phase == .restore {
        let isRestore = row.phase == .restore
        add(
          isRestore ? .failedRestore(row.errorType) : .failedInit(row.errorType), row.end &- row.start,
          in: track.id, row.start, row.end)
      }
    }
    if let known = reset, track.gone == .never, known.isTold || track.source.tellsRest {
      add(known, in: track.id)
    }
  }

  /// An environment's processes that are ended after a failed invocation, and begin anew.
  private struct Reset {
    /// Of the invocation.
    var begin: Timestamp
    var end: Timestamp
    /// Somebody told of it, rather than of the init that followed alone.
    var isTold = false
    /// How long the inits took that the next request waits for; nil without one.
    var paid: Nanoseconds?

    mutating func add(_ row: SpanRow) {
      paid = (paid ?? 0) &+ (row.end &- row.start)
      end = row.end
    }
  }

  private mutating func add(_ reset: Reset, in environment: EnvironmentID) {
    add(.reset, reset.paid, in: environment, reset.begin, reset.end)
  }

  /// Which of its extensions was killed is told.
  private func namesKilled(_ track: borrowing EnvironmentTrack, _ shutdown: SpanRow) -> Bool {
    var index = track.rowCount(upTo: shutdown.end) - 1
    while index >= 0, track.rows[index].start >= shutdown.start {
      let row = track.rows[index]
      if row.extensionName != .none, row.outcome == .killed { return true }
      index -= 1
    }
    return false
  }

  /// The mark within an init that took longest; those in it are its own.
  mutating func lookAtMarks(of track: borrowing EnvironmentTrack) {
    for index in track.marks.indices {
      let mark = track.markSpan(index)
      guard let end = mark.end, mark.start >= begin, !mark.isMoment, mark.phase?.isInit == true,
        end &- mark.start >= Self.leastMark
      else { continue }
      add(.slowMark(mark.name), end &- mark.start, in: track.id, mark.start, end)
    }
  }

  private static let leastMark = Nanoseconds.milliseconds(50)

  // MARK: Requests

  mutating func lookAtRequests(_ timeline: borrowing Timeline) {
    hasSeveral = timeline.hasSeveralFunctions
    let usual = usualWaits(timeline)
    for (place, request) in timeline.requests.enumerated() where request.arrival >= begin {
      let known = request.answered != .never
      let environment = request.environment
      if request.isThrottled {
        add(
          .throttle(reason: request.throttleReason), nil, in: environment, request.arrival, request.answered)
        continue
      }
      if known, request.outcome == .timeout {
        addTimeout(request, Int32(place))
      } else if known, request.outcome.isBad, !crashes.contains(request.answered) {
        let isMemory = request.errorType == ErrorType.runtimeOutOfMemory.name
        add(
          isMemory ? .outOfMemory : .error(request.errorType), request.answered &- request.arrival,
          in: environment, request.arrival,
          request.answered)
      }
      if request.isCold || request.isReinit { addStart(place, request, timeline) }
      let function = function(of: request, timeline)
      guard let wait = request.wait, request.start == .warm, !request.outcome.isBad,
        let usual = usual[function],
        wait >= max(5 * usual, usual + .milliseconds(100))
      else { continue }
      let key = add(.slowRequest, wait, of: function, request, until: request.answered)
      found[key]?.usual = usual
    }
  }

  /// What callers of each function mostly wait where they wait for no init. Much longer is five times that, and what somebody
  /// would notice.
  private func usualWaits(_ timeline: borrowing Timeline) -> [Name: Nanoseconds] {
    var waits: [Name: Quantiles] = [:]
    for request in timeline.requests where request.arrival >= begin && request.start == .warm {
      guard let wait = request.wait, !request.outcome.isBad else { continue }
      waits[function(of: request, timeline), default: Quantiles()].record(wait)
    }
    return waits.compactMapValues(\.median)
  }

  /// Whose request it is, where there are several functions.
  private func function(of request: RequestRow, _ timeline: borrowing Timeline) -> Name {
    hasSeveral ? timeline.function(of: request.environment) ?? request.function : .none
  }

  private mutating func addTimeout(_ request: RequestRow, _ place: Int32) {
    let length = request.duration >= 0 ? request.duration : request.answered &- request.arrival
    let isInInit = timedOut[place].map { 2 * $0 < length } ?? false
    let kind: Finding.Kind = isInInit ? .timeoutInInit : .timeout
    add(kind, length, in: request.environment, request.arrival, request.answered)
    if isInInit, found[FindingKey(kind)]?.longest == length { found[FindingKey(kind)]?.request = request.id }
  }

  /// A request that waited for an init: how long, and for what.
  private mutating func addStart(
    _ place: Int, _ request: RequestRow, _ timeline: borrowing Timeline
  ) {
    let kind: Finding.Kind = request.isCold ? .coldStart : .reinit
    let end = request.answered == .never ? timeline.last : request.answered
    let key = add(kind, request.wait, of: function(of: request, timeline), request, until: end)
    // What is not over has no composition yet.
    guard request.answered != .never else { return }
    if request.wait == nil { found[key]?.measured += 1 }
    for part in RequestParts(place, timeline, at: timeline.last).parts where !part.isAfterAnswer {
      found[key]?.add(part)
    }
  }

  // MARK: All of them

  func findings(_ timeline: borrowing Timeline) -> [Finding] {
    var all = found.values.map { finding in
      var finding = finding
      finding.parts.sort { ($0.total, $1.phase.rawValue) > ($1.total, $0.phase.rawValue) }
      return finding
    }
    if timeline.undecodable > 0 { all.append(Finding(.undecodable, count: timeline.undecodable)) }
    if timeline.dropped > 0 { all.append(Finding(.dropped, count: Int(clamping: timeline.dropped))) }
    // Of many marks the longest are what is slow.
    let marks = all.filter { $0.isMark }.sorted { $0.total > $1.total }.dropFirst(3).map(\.kind)
    all.removeAll { $0.isMark && marks.contains($0.kind) }
    return all.sorted { first, second in
      (first.rank, -first.count, FindingKey(first.kind).name, first.function.rawValue)
        < (second.rank, -second.count, FindingKey(second.kind).name, second.function.rawValue)
    }
  }
}

extension Finding {
  fileprivate var rank: Int { FindingKey(kind).rank }

  fileprivate var isMark: Bool {
    if case .slowMark = kind { true } else { false }
  }
}

/// What findings are gathered under.
private struct FindingKey: Hashable {
  var rank: Int
  var name: UInt32
  var function: Name

  init(_ kind: Finding.Kind, of function: Name = .none) {
    self.function = function
    let (rank, name): (Int, Name) =
      switch kind {
      case .emulatorFailure(let message): (-1, message)
      case .timeout: (0, .none)
      case .timeoutInInit: (1, .none)
      case .outOfMemory: (2, .none)
      case .error(let type): (3, type)
      case .failedInit(let type): (4, type)
      case .failedRestore(let type): (5, type)
      case .reset: (6, .none)
      case .throttle(let reason): (7, reason)
      case .killedExtension(let name): (8, name)
      case .coldStart: (9, .none)
      case .reinit: (10, .none)
      case .slowRequest: (11, .none)
      case .slowMark(let name): (12, name)
      case .undecodable: (13, .none)
      case .dropped: (14, .none)
      }
    self.rank = rank
    self.name = name.rawValue
  }
}
