package import LambdaLifecycle

/// Functions side by side, the one first whose callers lost the most time to init: which of them to look at.
package struct FunctionTable: Sendable {
  package struct Row: Sendable {
    package var name: String
    package var requests = 0
    package var coldStarts = 0
    /// Environments whose init was over long before their first request; nil where it is not known.
    package var initializedAhead: Int? = 0
    /// Requests that ended badly in another way than by timeout.
    package var errors = 0
    package var timeouts = 0
    package var throttles = 0
    /// From the beginning of the init, or the arrival, to the invocation, of all requests that had to wait for one.
    package var lostToInit: Nanoseconds = 0
    /// The waits of callers for good answers with a cold start.
    package var coldWaits = Quantiles()

    package init(name: String) { self.name = name }

    /// Of all requests, 0 to 1; nil without one.
    var coldShare: Double? { requests == 0 ? nil : Double(coldStarts) / Double(requests) }
  }

  /// The most time lost first; functions that lost as much, by their requests and names.
  package private(set) var rows: [Row] = []
  /// The limits of the figures, a sentence each.
  package var notes: [String] = []

  /// - Parameters:
  ///   - names: functions that have a row though nothing may have happened in them.
  ///   - isBySource: each source is a row, whatever functions it names: its counts are of the source alone.
  package init(
    _ timeline: borrowing Timeline, _ catalog: Catalog, names: [String] = [], isBySource: Bool = false
  ) {
    func name(of environment: EnvironmentID) -> String {
      let name = catalog.text(catalog.function(of: environment))
      return name.isEmpty || isBySource ? catalog[catalog.source(of: environment)].name : name
    }
    var rows = Dictionary(names.map { ($0, Row(name: $0)) }) { first, _ in first }
    var toldInits: Set<String> = []
    var homeless = 0
    for request in timeline.requests where request.arrival >= timeline.figuresBegin {
      let name = request.environment == .none ? catalog.text(request.function) : name(of: request.environment)
      if name.isEmpty, request.environment == .none {
        homeless += 1
      } else {
        rows[name, default: Row(name: name)].count(request)
      }
    }
    for track in timeline.tracks {
      let name = name(of: track.id)
      let inits = track.rows.filter { $0.phase.isInitOrRestore }
      if inits.isEmpty || inits.contains(where: { !$0.startIsInferred }) { toldInits.insert(name) }
      for row in track.rows where row.phase == .invoke && row.request >= 0 {
        let request = timeline.requests[Int(row.request)]
        guard request.start.isForInit, request.arrival >= timeline.figuresBegin else { continue }
        rows[name]?.lostToInit &+= max(0, row.start &- request.arrival)
      }
    }
    // Where no init's beginning was reported, none of them can be known to have run ahead.
    for name in rows.keys where !toldInits.contains(name) && rows[name]?.coldStarts ?? 0 > 0 {
      rows[name]?.initializedAhead = nil
    }
    if rows.values.contains(where: { $0.initializedAhead == nil }) {
      notes.append(
        "initialized ahead –: no INIT_START tells when init began, so that none is known to have run ahead")
    }
    if homeless > 0 {
      notes.append(
        "\(homeless) request\(homeless == 1 ? "" : "s") that no environment took, as throttled ones, are in no row: nobody tells"
          + " their function")
    }
    self.rows = Self.sorted(Array(rows.values))
  }

  /// Gives rows other names.
  package mutating func rename(_ name: (String) -> String) {
    for place in rows.indices { rows[place].name = name(rows[place].name) }
  }

  /// Takes over counts of requests from another source.
  package mutating func setCounts(of name: String, requests: Int, errors: Int, timeouts: Int) {
    guard let place = rows.firstIndex(where: { $0.name == name }) else { return }
    rows[place].requests = requests
    rows[place].errors = errors
    rows[place].timeouts = timeouts
    rows = Self.sorted(rows)
  }

  private static func sorted(_ rows: [Row]) -> [Row] {
    rows.sorted { one, other in
      if one.lostToInit != other.lostToInit { return one.lostToInit > other.lostToInit }
      if one.requests != other.requests { return one.requests > other.requests }
      return one.name < other.name
    }
  }
}

extension FunctionTable.Row {
  fileprivate mutating func count(_ request: RequestRow) {
    requests += 1
    if request.isThrottled {
      throttles += 1
      return
    }
    switch request.start {
    case .cold: coldStarts += 1
    case .ahead: initializedAhead = (initializedAhead ?? 0) + 1
    case .warm, .reinit: break
    }
    guard request.answered != .never else { return }
    if request.outcome == .timeout {
      timeouts += 1
    } else if request.outcome.isBad {
      errors += 1
    } else if request.isCold, let wait = request.wait {
      coldWaits.record(wait)
    }
  }
}
