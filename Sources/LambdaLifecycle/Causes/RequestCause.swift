/// Why the latest request of an environment waited, or how it ended; without a request, its init.
package struct RequestCause: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case cold, reinit, warm
    /// It came after an init that ran ahead of it.
    case ahead
    /// An init for which no request waits.
    case initAlone
    case failedInit
    case timeout(Place)
    case failed(Place)
  }

  /// Where a request ended that ended badly.
  package enum Place: Equatable, Sendable {
    case initialization, handler
    /// The caller had its answer, and the runtime or extensions still worked.
    case afterAnswer
  }

  /// One phase's share; of nil nobody knows what it was.
  package struct Part: Equatable, Sendable {
    package var phase: Phase?
    package var length: Nanoseconds
    /// The extensions whose it was, where they are known apart: the longest first.
    package var extensions: [Name] = []
  }

  package private(set) var kind: Kind
  package private(set) var length: Nanoseconds
  /// The moment looked at lies behind its end.
  package private(set) var isOver: Bool
  /// The length of a failed init includes a second run of it.
  package private(set) var hasSecondRun = false
  /// The largest first.
  package private(set) var parts: [Part] = []
  /// The reason of its bad end; `.none` where nobody reports one.
  package private(set) var errorType = Name.none
  package let environment: EnvironmentID
  /// `.none` for an init without a request, and where requests have no names.
  package private(set) var request = RequestID.none
  /// Where it ended badly: there the function printed why.
  package private(set) var stretch: ClosedRange<Timestamp>

  /// - Parameter time: the moment looked at.
  package init?(of track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline, at time: Timestamp) {
    let parts = track.latestInit(at: time)
    guard let place = track.latestRequest(timeline, at: time) else {
      guard let parts else { return nil }
      self.init(parts, of: track.id, at: time)
      return
    }
    // An init after the latest request is of a request that nobody reported, or of none.
    if let parts, parts.begin >= timeline.requests[place].endOfAll,
      parts.begin > timeline.requests[place].arrival
    {
      self.init(parts, of: track.id, at: time)
      return
    }
    self.init(place, parts, of: track, timeline, at: time)
  }

  /// An init by itself.
  package init(_ parts: InitParts, of environment: EnvironmentID, at time: Timestamp) {
    self.environment = environment
    isOver = parts.end.map { $0 <= time } ?? false
    length = max(0, parts.length(at: time))
    stretch = parts.begin...max(parts.begin, min(parts.end ?? time, time))
    kind = .initAlone
    if isOver, let failed = parts.phases.last(where: { $0.outcome.isBad }) {
      kind = .failedInit
      errorType = failed.errorType
    }
    for row in parts.phases { add(row.phase, min(row.end, time) &- row.start) }
    name(parts, at: time)
    sort()
  }

  private init(
    _ place: Int, _ parts: InitParts?, of track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline,
    at time: Timestamp
  ) {
    let request = timeline.requests[place]
    environment = track.id
    self.request = request.id
    let all = RequestParts(place, timeline, at: time)
    let invoke = track.invokeRow(of: Int32(place), at: time)
    let hasFailed = request.answered <= time && request.outcome.isBad
    // The caller may have had its answer before extensions ran out of time.
    let hasEndedBadly = hasFailed || (invoke.map { $0.end <= time && $0.outcome.isBad } ?? false)
    let waited = hasEndedBadly ? all : all.upTo(answer: request.answered)
    isOver = hasEndedBadly || request.answered <= time
    length = waited.length
    stretch = all.arrival...max(all.arrival, all.end)
    kind =
      switch request.start {
      case .cold: .cold
      case .reinit: .reinit
      case .ahead: .ahead
      case .warm: .warm
      }
    for part in waited.parts where !part.isAfterAnswer || hasEndedBadly { add(part.phase, part.length) }
    if let parts, parts.end ?? .never > request.arrival, parts.begin < all.end { name(parts, at: time) }
    if hasEndedBadly { end(request, invoke, all, track) }
    addRest()
    sort()
  }

  /// Takes in the bad end of a request, and where it came.
  private mutating func end(
    _ request: RequestRow, _ invoke: SpanRow?, _ all: RequestParts, _ track: borrowing EnvironmentTrack
  ) {
    let first = track.rowCount(upTo: all.arrival &- 1)
    let rows = track.rows[first..<max(first, track.rowCount(upTo: all.end))]
    let inits = rows.filter { $0.phase.isInit && $0.extensionName == .none }
    let failed = inits.last { $0.outcome.isBad }
    // After one that failed the handler runs only where another one went well.
    let isReady = failed == nil || inits.last.map { $0.phase.isOfRuntime && $0.outcome == .success } ?? true
    let isTimeout = request.outcome == .timeout || invoke?.outcome == .timeout
    let last = all.parts.last
    let place: Place =
      if last?.isAfterAnswer == true, !request.outcome.isBad {
        .afterAnswer
      } else if isReady, last?.phase == .invoke {
        .handler
      } else {
        .initialization
      }
    errorType = request.errorType != .none ? request.errorType : invoke?.errorType ?? .none
    if isTimeout {
      kind = .timeout(place)
      // The limit counts from where the invocation's duration does, which the report says exactly.
      if request.duration >= 0 { length = request.duration }
    } else if place == .initialization, let row = failed {
      kind = .failedInit
      if row.errorType != .none { errorType = row.errorType }
      // All its runs: the caller waited for each of them.
      length = initLength
      hasSecondRun = inits.count { $0.outcome.isBad } > 1
    } else {
      kind = .failed(place)
      if let invoke { length = min(invoke.end, request.answered, all.end) &- invoke.start }
    }
    if case .handler = place, let invoke {
      stretch = invoke.start...max(invoke.start, min(invoke.end, all.end))
    }
  }

  // MARK: Parts

  private mutating func add(_ phase: Phase, _ length: Nanoseconds) {
    guard length > 0 else { return }
    if let place = parts.firstIndex(where: { $0.phase == phase }) {
      parts[place].length += length
    } else {
      parts.append(Part(phase: phase, length: length))
    }
  }

  /// Whose the init of extensions was.
  private mutating func name(_ init: InitParts, at time: Timestamp) {
    guard let place = parts.firstIndex(where: { $0.phase == .extensionInit }) else { return }
    func length(_ part: InitParts.ExtensionPart) -> Nanoseconds { min(part.end ?? time, time) &- part.start }
    parts[place].extensions = `init`.extensions.sorted { length($0) > length($1) }.map(\.name)
  }

  /// Adds the time that no phase takes of it.
  private mutating func addRest() {
    guard kind == .cold || kind == .reinit else { return }
    let rest = parts.reduce(length) { $0 &- $1.length }
    if rest >= .milliseconds(1), rest >= length / 100 { parts.append(Part(phase: nil, length: rest)) }
  }

  private mutating func sort() {
    let order = parts.indices.sorted { (parts[$1].length, $0) < (parts[$0].length, $1) }
    parts = order.map { parts[$0] }
  }

  /// The share of init.
  package var initLength: Nanoseconds {
    parts.filter { $0.phase?.isInit == true }.reduce(0) { $0 &+ $1.length }
  }

  /// It ended badly.
  package var isBad: Bool {
    switch kind {
    case .failedInit, .timeout, .failed: true
    case .cold, .reinit, .warm, .ahead, .initAlone: false
    }
  }

  /// The line of its output that says why it ended badly; nil where nothing is known or kept.
  package func line(_ printed: PrintedLines) -> TellingLine? {
    isBad ? printed.telling(in: environment, stretch, of: request) : nil
  }
}

extension RequestRow {
  /// When nothing of it goes on any more.
  fileprivate var endOfAll: Timestamp { ended == .never ? answered : ended }
}

extension EnvironmentTrack {
  /// How many requests are looked through for one that waits here.
  private static let looked = 512

  /// The place of the latest request that was here by a moment: it waits, runs, or is over.
  fileprivate func latestRequest(_ timeline: borrowing Timeline, at time: Timestamp) -> Int? {
    let begun = self[.invoke].starts.count(upTo: time)
    var latest: Int?
    if begun > 0 {
      let begin = self[.invoke].starts.times[begun - 1]
      let row = rows[..<rowCount(upTo: begin)].last { $0.phase == .invoke && $0.extensionName == .none }
      if let row, row.request >= 0 { latest = Int(row.request) }
    }
    // One that still waits for init has no invocation.
    guard var place = timeline.lastRequest(upTo: time) else { return latest }
    let least = max(latest ?? -1, place - Self.looked)
    while place > least {
      // Where nobody reported its arrival, it is known when its invocation begins, and not before.
      let request = timeline.requests[place]
      if request.environment == id, request.arrivalIsTold, !request.isThrottled { return place }
      place -= 1
    }
    return latest
  }

  /// The invocation of a request, as far as it has begun.
  fileprivate func invokeRow(of request: Int32, at time: Timestamp) -> SpanRow? {
    rows[..<rowCount(upTo: time)].suffix(256).last { $0.phase == .invoke && $0.request == request }
  }
}
