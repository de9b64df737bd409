/// The moments one looks for in a session.
package enum Landmark: CaseIterable, Sendable {
  /// A request or a phase has ended badly; throttles are apart.
  case error
  /// The arrival of a request that had to wait for an environment's first init.
  case coldStart
  case throttle
  /// An environment's end begins.
  case shutdown
  /// Somebody has named it.
  case marker
}

/// Where each kind is: running lists of moments, so that the next one is a binary search away.
package struct Landmarks: TimedColumn, Sendable {
  package struct Place: Equatable, Sendable {
    package var time: Timestamp
    /// `.none` for a request that no environment has.
    package var environment: EnvironmentID
  }

  /// By kind, in order of time.
  private var lists = [[Place]](repeating: [], count: Landmark.allCases.count)
  private var isStale = false

  var reckonedBytes: Int { lists.reduce(0) { $0 + $1.reckonedBytes } }

  mutating func add(_ kind: Landmark, _ time: Timestamp, _ environment: EnvironmentID) {
    let place = Place(time: time, environment: environment)
    if let last = lists[kind.index].last, time < last.time { isStale = true }
    lists[kind.index].append(place)
  }

  /// Takes one away again; nothing happens if there is none.
  mutating func remove(_ kind: Landmark, _ time: Timestamp, _ environment: EnvironmentID) {
    let place = Place(time: time, environment: environment)
    if let last = lists[kind.index].lastIndex(of: place) { lists[kind.index].remove(at: last) }
  }

  /// Puts what came late in order; to be called before reading.
  mutating func settle() {
    guard isStale else { return }
    isStale = false
    for kind in lists.indices {
      lists[kind].sort { ($0.time, $0.environment.rawValue) < ($1.time, $1.environment.rawValue) }
    }
  }

  mutating func removeAll(after time: Timestamp) {
    settle()
    for kind in lists.indices {
      let count = lists[kind].partitionPoint { $0.time <= time }
      lists[kind].removeLast(lists[kind].count - count)
    }
  }

  /// Lets go what lies before a moment.
  mutating func letGo(before time: Timestamp) {
    settle()
    for kind in lists.indices { lists[kind].removeFirst(lists[kind].partitionPoint { $0.time < time }) }
  }

  /// Keeps of a kind what passes.
  mutating func keep(_ kind: Landmark, where passes: (Place) -> Bool) {
    lists[kind.index] = lists[kind.index].filter(passes)
  }

  /// An environment that was going lives on.
  mutating func removeShutdown(of environment: EnvironmentID) {
    lists[Landmark.shutdown.index].removeAll { $0.environment == environment }
  }

  /// All of a kind, in order of time.
  package subscript(kind: Landmark) -> [Place] { lists[kind.index] }

  /// The place in the list of the first after a moment; nil if there is none.
  package func next(_ kind: Landmark, after time: Timestamp) -> Int? {
    let place = lists[kind.index].partitionPoint { $0.time <= time }
    return place < lists[kind.index].count ? place : nil
  }

  /// The place in the list of the last before a moment; nil if there is none.
  package func last(_ kind: Landmark, before time: Timestamp) -> Int? {
    let place = lists[kind.index].partitionPoint { $0.time < time }
    return place > 0 ? place - 1 : nil
  }
}

extension Landmark {
  fileprivate var index: Int {
    switch self {
    case .error: 0
    case .coldStart: 1
    case .throttle: 2
    case .shutdown: 3
    case .marker: 4
    }
  }
}
