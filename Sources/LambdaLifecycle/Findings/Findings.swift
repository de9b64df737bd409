// The findings worth a look in a session, found in one pass over requests and spans.

extension Timeline {
  /// Environments of more than one function have been reported.
  package var hasSeveralFunctions: Bool { Set(tracks.map(\.function)).subtracting([.none]).count > 1 }

  /// Everything found, worst first. It looks at every span: to be asked once for a session, not for a frame.
  package func findings() -> [Finding] {
    var search = FindingSearch()
    search.begin = figuresBegin
    for track in tracks where shows(track.id) { search.look(at: track, self) }
    search.lookAtRequests(self)
    search.lookAtDrops(self)
    for track in tracks where shows(track.id) { search.lookAtMarks(of: track) }
    return search.findings(self)
  }
}

/// The pass, and what it has found so far.
struct FindingSearch {
  var found: [FindingKey: Finding] = [:]
  /// Anything that began before is none of it.
  var begin = Timestamp.min
  /// Lengths of invocations that ran into their timeout, without what ran inside them before, by request.
  var timedOut: [Int32: Nanoseconds] = [:]
  /// The session has several functions.
  var hasSeveral = false
  /// When an emulator crashed: what failed then failed with it.
  var crashes: Set<Timestamp> = []

  mutating func add(
    _ kind: Finding.Kind, _ length: Nanoseconds?, in environment: EnvironmentID, _ begin: Timestamp,
    _ end: Timestamp
  ) {
    found[FindingKey(kind), default: Finding(kind)].add(length, in: environment, begin...max(begin, end))
  }

  /// The same of one function: what is long for it need not be for another.
  mutating func add(
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
      (first.rank, -first.count, first.name, first.function.rawValue, first.extensionName.rawValue)
        < (second.rank, -second.count, second.name, second.function.rawValue, second.extensionName.rawValue)
    }
  }
}

extension Finding {
  fileprivate var rank: Int { FindingKey(kind).rank }
  fileprivate var name: UInt32 { FindingKey(kind).name }

  fileprivate var isMark: Bool {
    if case .slowMark = kind { true } else { false }
  }
}
