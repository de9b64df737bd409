/// The events themselves, to be read as a log: in order of their time, all or those of one environment.
///
/// Bounded: the oldest go first. A line is found by binary search, however many there are.
package struct EventHistory: Sendable {
  package struct Entry: Sendable {
    /// Where it stands in the order; its own time, or of a line without one that of the line before it.
    package var time: Timestamp
    package var event: LifecycleEvent
  }

  /// Of which lines there is talk.
  package enum Part: Equatable, Sendable {
    case all
    case environment(EnvironmentID)
    /// Those in these places, in order.
    case places([Int])
  }

  /// As many as are kept; 0 keeps none.
  private let limit: Int
  /// Only what functions print is kept.
  private let isOfOutput: Bool
  private var entries: [Entry] = []
  /// How many older ones have been let go: the place of an entry is its index and this.
  package private(set) var letGo = 0
  /// The places of each environment's, by its index.
  private var places: [[Int]] = []
  private var late: [Entry] = []

  /// Of the lists of each environment's, without what is in them.
  var placesBytes: Int { places.reckonedBytes + places.count * 64 }

  /// - Parameters:
  ///   - limit: the least that is kept of the newest.
  ///   - isOfOutput: only what functions print is kept.
  package init(limit: Int, isOfOutput: Bool = false) {
    self.limit = limit
    self.isOfOutput = isOfOutput
  }

  /// Takes in events in order of arrival; what a fork makes void goes.
  package mutating func add(_ events: [LifecycleEvent]) {
    guard limit > 0 else { return }
    for event in events { add(event) }
    settle()
    if entries.count > limit + limit / 4 { letOldestGo(entries.count - limit) }
  }

  private mutating func add(_ event: LifecycleEvent) {
    if case .forked(let time) = event.kind {
      settle()
      truncate(to: letGo + entries.partitionPoint { $0.time <= time })
      return append(Entry(time: time, event: event))
    }
    if isOfOutput {
      guard case .output(.function, _) = event.kind else { return }
    }
    let newest = entries.last?.time ?? .min
    let time = event.time == 0 ? max(newest, event.arrival) : event.time
    if time < newest {
      late.append(Entry(time: time, event: event))
    } else {
      append(Entry(time: time, event: event))
    }
  }

  private mutating func append(_ entry: Entry) {
    let environment = entry.event.environment
    if environment != .none {
      while places.count <= environment.index { places.append([]) }
      places[environment.index].append(letGo + entries.count)
    }
    entries.append(entry)
  }

  /// Takes what came late to its place.
  private mutating func settle() {
    guard !late.isEmpty else { return }
    let first = late.reduce(Timestamp.never) { min($0, $1.time) }
    let index = entries.partitionPoint { $0.time <= first }
    // In order of time, of the same time in order of arrival.
    let tail = (entries[index...] + late).enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    late.removeAll(keepingCapacity: true)
    truncate(to: letGo + index)
    for entry in tail { append(entry.element) }
  }

  private mutating func truncate(to place: Int) {
    entries.removeLast(entries.count - (place - letGo))
    for environment in places.indices {
      while let last = places[environment].last, last >= place { places[environment].removeLast() }
    }
  }

  private mutating func letOldestGo(_ count: Int) {
    entries.removeFirst(count)
    letGo += count
    for environment in places.indices {
      places[environment].removeFirst(places[environment].partitionPoint { $0 < letGo })
    }
  }
}

// MARK: - Reading

extension EventHistory {
  /// All that are kept, in order of their time.
  package var events: [LifecycleEvent] { entries.map(\.event) }

  /// Lines up to a place, that one included; none for a place before the first.
  package func count(of part: Part, upTo place: Int) -> Int {
    switch part {
    case .all: min(max(0, place + 1 - letGo), entries.count)
    case .environment, .places: list(of: part).partitionPoint { $0 <= place }
    }
  }

  /// The place of the last entry up to `time`, whatever it is of; less than `letGo` if there is none.
  package func place(at time: Timestamp) -> Int { letGo + entries.partitionPoint { $0.time <= time } - 1 }

  /// A line of a part, from 0, and its place.
  package func line(_ index: Int, of part: Part) -> (place: Int, entry: Entry)? {
    let places = list(of: part)
    let place =
      switch part {
      case .all: letGo + index
      case .environment, .places: places.indices.contains(index) ? places[index] : -1
      }
    guard index >= 0, place >= letGo, place - letGo < entries.count else { return nil }
    return (place, entries[place - letGo])
  }

  /// The places of the events that pass, in order.
  package func places(where passes: (LifecycleEvent) -> Bool) -> [Int] {
    entries.indices.filter { passes(entries[$0].event) }.map { letGo + $0 }
  }

  private func list(of part: Part) -> [Int] {
    switch part {
    case .all: []
    case .environment(let environment):
      environment.index < places.count ? places[environment.index] : []
    case .places(let places): places
    }
  }
}
