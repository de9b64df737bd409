/// Moments that figures are counted from, each kind in order.
struct FigureColumns: TimedColumns, Sendable {
  /// When requests arrive: all, those that had to wait for a first init, those that had to for a re-init, and those that
  /// were the first of an environment which had been initialized ahead of them.
  var arrivals = Edges()
  var coldArrivals = Edges()
  var reinitArrivals = Edges()
  var aheadArrivals = Edges()
  /// When answers were bad.
  var badAnswers = Edges()
  /// Requests in the order of their answers: they go with requests.
  var answers: [Int32] = []
  var inits = TimedList<InitLength>()
  var retries = TimedList<Retry>()
  var drops = TimedList<DroppedEvent>()
  var initBills = TimedList<InitBill>()

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

  mutating func take(_ step: ColumnStep) {
    arrivals.take(step)
    coldArrivals.take(step)
    reinitArrivals.take(step)
    aheadArrivals.take(step)
    badAnswers.take(step)
    inits.take(step)
    retries.take(step)
    drops.take(step)
    initBills.take(step)
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

/// The arrival of a further attempt at an event.
struct Retry: Timed, Sendable {
  var time: Timestamp
}

/// How long a first init or a restore took.
struct InitLength: Timed, Sendable {
  /// When it was over.
  var time: Timestamp
  var length: Nanoseconds
  var isRestore: Bool
  var environment: EnvironmentID
}

/// An event that Lambda's queue has given up.
struct DroppedEvent: Timed, Sendable {
  var time: Timestamp
  var request: RequestID
  var reason: Name
}

/// The bill of an init apart from any invocation.
struct InitBill: Timed, Sendable {
  var environment: EnvironmentID
  var function: Name
  var time: Timestamp
  var milliseconds: Int32
  var memoryMB: Int32
  var tariff: Tariff
  var architecture: Architecture?
}
