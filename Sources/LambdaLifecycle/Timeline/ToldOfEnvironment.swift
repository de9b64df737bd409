// Reports on an environment beside its phases, in order of arrival.

/// A state of an extension.
package struct ExtensionMoment: Equatable, Sendable {
  package var time: Timestamp
  package var name: Name
  package var state: ExtensionState
}

/// States of extensions.
struct ExtensionStates: TimedColumn, Sendable {
  private(set) var rows: [ExtensionMoment] = []

  var reckonedBytes: Int { rows.reckonedBytes }

  mutating func append(_ row: ExtensionMoment) { rows.append(row) }

  mutating func settle() {}

  mutating func removeAll(after time: Timestamp) { rows.removeAll { $0.time > time } }

  /// The latest state of each extension stays.
  mutating func letGo(before horizon: Timestamp) {
    let states = rows
    rows = states.enumerated().filter { place, entry in
      entry.time > horizon || !states[(place + 1)...].contains { $0.name == entry.name && $0.time <= horizon }
    }.map(\.element)
  }
}

/// Reports on inits.
struct InitReports: TimedColumn, Sendable {
  private(set) var rows: [(time: Timestamp, report: InitReport)] = []

  var reckonedBytes: Int { rows.reckonedBytes }

  mutating func append(_ report: InitReport, at time: Timestamp) { rows.append((time, report)) }

  mutating func settle() {}

  mutating func removeAll(after time: Timestamp) { rows.removeAll { $0.time > time } }

  /// Those that go with what was over before `horizon`: of them the one that came last stays.
  func rowsLetGo(before horizon: Timestamp) -> [(time: Timestamp, report: InitReport)] {
    let last = rows.lastIndex { $0.time <= horizon }
    return rows.indices.filter { $0 != last && rows[$0].time <= horizon }.map { rows[$0] }
  }

  mutating func letGo(before horizon: Timestamp) {
    let last = rows.lastIndex { $0.time <= horizon }
    _ = rows.compact { place, row in place == last || row.time > horizon }
  }
}
