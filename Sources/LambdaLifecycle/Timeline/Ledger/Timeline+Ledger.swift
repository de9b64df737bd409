// The ledger of requests, for readers of a timeline.

extension Timeline {
  /// Nearly in the order of their arrival.
  package var requests: [RequestRow] { @inline(__always) _read { yield session.ledger.requests } }
  /// The moments when requests arrive.
  package var arrivals: Edges { @inline(__always) _read { yield session.ledger.columns.arrivals } }
  /// Those of requests that had to wait for a first init.
  package var coldArrivals: Edges { @inline(__always) _read { yield session.ledger.columns.coldArrivals } }
  /// Those of requests that had to wait for a re-init.
  package var reinitArrivals: Edges {
    @inline(__always) _read { yield session.ledger.columns.reinitArrivals }
  }
  /// When requests arrived that were the first of an environment which had been initialized ahead of them.
  package var aheadArrivals: Edges { @inline(__always) _read { yield session.ledger.columns.aheadArrivals } }
  /// The moments of bad answers.
  package var badAnswers: Edges { @inline(__always) _read { yield session.ledger.columns.badAnswers } }
  /// Requests in the order of their answers.
  var answers: [Int32] { @inline(__always) _read { yield session.ledger.columns.answers } }
  /// Lengths of first inits and of restores.
  var inits: [InitLength] { @inline(__always) _read { yield session.ledger.columns.inits.rows } }
  /// When further attempts at an event arrived.
  var retries: [Retry] { @inline(__always) _read { yield session.ledger.columns.retries.rows } }
  var drops: [DroppedEvent] { @inline(__always) _read { yield session.ledger.columns.drops.rows } }
  var initBills: [InitBill] { @inline(__always) _read { yield session.ledger.columns.initBills.rows } }
  /// Counts the times that the past has changed.
  package var generation: Int { session.ledger.generation }
  /// From when on the latest of these changes holds.
  var revisedFrom: Timestamp { session.ledger.revisedFrom }

  /// The last event that was given up by `time`, and why.
  package func lastDrop(upTo time: Timestamp) -> (time: Timestamp, reason: Name)? {
    let count = drops.partitionPoint { $0.time <= time }
    return count > 0 ? (drops[count - 1].time, drops[count - 1].reason) : nil
  }

  /// The number of a request among the attempts at its event, from 1 on.
  package func attemptNumber(of request: Int) -> Int {
    var number = 1
    var place = requests[request].previousAttempt
    while place >= 0 {
      number += 1
      place = requests[Int(place)].previousAttempt
    }
    return number
  }
}
