extension EnvironmentTrack {
  /// Rows of single extensions that stay: more than an environment can have of both phases.
  private static let extensionRowsKept = 32

  /// Lets go what was over before `horizon`, but for the latest row of each phase.
  /// Reports on inits go with the other columns; here they are billed.
  /// - Parameter described: the known settings of the functions.
  mutating func letGo(
    before horizon: Timestamp, _ described: FunctionDescriptions, _ requests: borrowing [RequestRow]
  ) {
    for (time, report) in initReportList.rowsLetGo(before: horizon) {
      guard let bill = bill(of: report, at: time, described) else { continue }
      billLetGo.milliseconds += Int64(bill.milliseconds)
      billLetGo.billing.add(bill)
    }
    letGoRows(before: horizon, requests)
    markTable.letGo(before: horizon)
  }

  private mutating func letGoRows(before horizon: Timestamp, _ requests: borrowing [RequestRow]) {
    var stays = [Bool](repeating: true, count: rows.count)
    var seen: UInt32 = 0
    var extensionRows = 0
    for index in rows.indices.reversed() where rows[index].start <= horizon {
      let row = rows[index]
      if row.extensionName != .none {
        extensionRows += 1
        stays[index] = row.end > horizon || extensionRows <= Self.extensionRowsKept
      } else {
        let bit: UInt32 = 1 << UInt32(row.phase.rawValue)
        stays[index] = row.end > horizon || seen & bit == 0
        seen |= bit
      }
    }
    for index in rows.indices where !stays[index] { countLetGo(rows[index], requests) }
    let places = rows.compact { place, _ in stays[place] }
    for index in openRows.indices { openRows[index] = places[Int(openRows[index])] }
  }

  private mutating func countLetGo(_ row: SpanRow, _ requests: borrowing [RequestRow]) {
    guard row.phase == .invoke, row.request >= 0, requests[Int(row.request)].billedMs >= 0
    else { return }
    let request = requests[Int(row.request)]
    billLetGo.invocations += 1
    billLetGo.milliseconds += Int64(request.billedMs)
    billLetGo.billing.add(request)
  }

  /// Calls `body` with each request that the track refers to.
  func forEachRequest(_ body: (Int32) -> Void) {
    for row in rows where row.request >= 0 { body(row.request) }
    for mark in marks where mark.request >= 0 { body(mark.request) }
    for entry in runtimesDone.rows { body(entry.request) }
  }

  /// Requests have other places.
  /// - Parameter places: the new place of each, -1 where it is gone.
  mutating func renumberRequests(_ places: [Int32]) {
    for index in rows.indices where rows[index].request >= 0 {
      rows[index].request = places[Int(rows[index].request)]
    }
    markTable.renumberRequests(places)
    runtimesDone.renumberRequests(places)
  }
}
