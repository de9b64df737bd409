/// The bill of one environment up to a moment: its invocations and its inits. The time that provisioned
/// concurrency is held for is no matter of one environment.
package struct EnvironmentBill: Equatable, Sendable {
  /// Invocations that have ended and are billed.
  package var invocations = 0
  package var milliseconds: Int64 = 0
  package var billing = Billing()

  package init() {}
}

extension PriceTable {
  /// US dollars of one environment: its invocations and their GB-seconds.
  package func cost(of bill: EnvironmentBill) -> Double {
    cost(invocations: bill.invocations, bill.billing)
  }
}

/// The bill of the environment that is looked at.
///
/// Moving forward adds what has ended since, moving back goes on from the nearest bill that was kept: it costs the same
/// for a hundred invocations and for ten million.
package struct EnvironmentBillCursor: Sendable {
  private struct Tally: Sendable {
    var time = Timestamp.min
    /// Rows of the track that have begun by `time`.
    var rows = 0
    /// Those of them whose invocation has not ended, or is not billed yet.
    var open: [Int32] = []
    var bill = EnvironmentBill()
  }

  private var environment = EnvironmentID.none
  private var generation = 0
  private var tally = Tally()
  /// In order of time, one for every 4,096 rows.
  private var kept: [Tally] = []
  private static let rowsBetween = 4_096
  /// A source that bills nothing leaves all invocations open: only the latest can still be billed.
  private static let openLimit = 64

  package init() {}

  private init(from bill: EnvironmentBill) { tally.bill = bill }

  /// Adds up the bill of `track` at `time`.
  package mutating func bill(
    of track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline, at time: Timestamp
  ) -> EnvironmentBill {
    // Something came late or was made void: all is counted anew.
    let isStale = generation != timeline.generation || track.rowCount(upTo: tally.time) != tally.rows
    if environment != track.id || isStale { self = EnvironmentBillCursor(from: track.billLetGo) }
    environment = track.id
    generation = timeline.generation
    if time < tally.time { tally = kept.last { $0.time <= time } ?? Tally(bill: track.billLetGo) }
    let last = track.rowCount(upTo: time)
    while tally.rows + Self.rowsBetween < last {
      let stop = track.rows[tally.rows + Self.rowsBetween].start &- 1
      guard stop > tally.time else { break }
      advance(to: stop, track, timeline)
      if tally.rows > kept.last?.rows ?? 0 { kept.append(tally) }
    }
    advance(to: time, track, timeline)
    var bill = tally.bill
    for (moment, report) in track.initReports where moment <= time {
      guard let initBill = track.bill(of: report, at: moment, timeline.session.described) else { continue }
      bill.milliseconds += Int64(initBill.milliseconds)
      bill.billing.add(initBill)
    }
    return bill
  }

  private mutating func advance(
    to time: Timestamp, _ track: borrowing EnvironmentTrack, _ timeline: borrowing Timeline
  ) {
    let last = track.rowCount(upTo: time)
    for index in tally.rows..<max(last, tally.rows) where track.rows[index].phase == .invoke {
      if track.rows[index].request >= 0 { tally.open.append(track.rows[index].request) }
    }
    tally.rows = last
    tally.time = time
    var open: [Int32] = []
    for place in tally.open {
      let request = timeline.requests[Int(place)]
      guard request.ended <= time, request.billedMs >= 0 else {
        open.append(place)
        continue
      }
      tally.bill.invocations += 1
      tally.bill.milliseconds += Int64(request.billedMs)
      tally.bill.billing.add(request)
    }
    tally.open = open.suffix(Self.openLimit)
  }
}
