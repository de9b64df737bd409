/// Moments that figures are counted from, each kind in order.
struct FigureColumns: Sendable {
  /// When requests arrive: all, those that had to wait for a first init, those that had to for a re-init, and those that
  /// were the first of an environment which had been initialized ahead of them.
  var arrivals = Edges()
  var coldArrivals = Edges()
  var reinitArrivals = Edges()
  var aheadArrivals = Edges()
  /// When answers were bad.
  var badAnswers = Edges()
  /// Requests in the order of their answers.
  var answers: [Int32] = []
  var inits: [InitLength] = []
  /// When further attempts at an event arrived.
  var retries: [Timestamp] = []
  var drops: [DroppedEvent] = []
  var initBills: [InitBill] = []

  /// Notes what a request that arrived then had to wait for.
  mutating func note(_ start: StartKind, at arrival: Timestamp) {
    switch start {
    case .warm: break
    case .ahead: aheadArrivals.insert(arrival)
    case .reinit: reinitArrivals.insert(arrival)
    case .cold: coldArrivals.insert(arrival)
    }
  }

  /// Takes that back.
  mutating func forget(_ start: StartKind, at arrival: Timestamp) {
    switch start {
    case .warm: break
    case .ahead: aheadArrivals.remove(arrival)
    case .reinit: reinitArrivals.remove(arrival)
    case .cold: coldArrivals.remove(arrival)
    }
  }

  /// Merges late edges; to be called before reading.
  mutating func settle() {
    arrivals.settle()
    coldArrivals.settle()
    reinitArrivals.settle()
    aheadArrivals.settle()
    badAnswers.settle()
  }

  /// Restricts all but answers to what happened up to `time`.
  mutating func removeAll(after time: Timestamp) {
    arrivals.removeAll(after: time)
    coldArrivals.removeAll(after: time)
    reinitArrivals.removeAll(after: time)
    aheadArrivals.removeAll(after: time)
    badAnswers.removeAll(after: time)
    inits.removeAll { $0.time > time }
    retries.removeAll { $0 > time }
    drops.removeAll { $0.time > time }
    initBills.removeAll { $0.time > time }
  }

  /// Lets go all but answers that lies before a moment.
  mutating func letGo(before horizon: Timestamp) {
    arrivals.letGo(before: horizon)
    coldArrivals.letGo(before: horizon)
    reinitArrivals.letGo(before: horizon)
    aheadArrivals.letGo(before: horizon)
    badAnswers.letGo(before: horizon)
    inits.removeFirst(inits.partitionPoint { $0.time <= horizon })
    retries.removeFirst(retries.partitionPoint { $0 <= horizon })
    drops.removeFirst(drops.partitionPoint { $0.time <= horizon })
    initBills.removeFirst(initBills.partitionPoint { $0.time <= horizon })
  }

  var reckonedBytes: Int {
    var bytes = answers.reckonedBytes + inits.reckonedBytes + retries.reckonedBytes
    bytes += drops.reckonedBytes + initBills.reckonedBytes
    for edges in [arrivals, coldArrivals, reinitArrivals, aheadArrivals, badAnswers] {
      bytes += edges.reckonedBytes
    }
    return bytes
  }
}

/// How long a first init or a restore took.
struct InitLength: Sendable {
  /// When it was over.
  var time: Timestamp
  var length: Nanoseconds
  var isRestore: Bool
  var environment: EnvironmentID
}

/// An event that Lambda's queue has given up.
struct DroppedEvent: Sendable {
  var time: Timestamp
  var request: RequestID
  var reason: Name
}

/// What is billed of an init apart from any invocation.
struct InitBill: Sendable {
  var environment: EnvironmentID
  var function: Name
  var time: Timestamp
  var milliseconds: Int32
  var memoryMB: Int32
  var tariff: Tariff
  var architecture: Architecture?
}
