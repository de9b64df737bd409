extension EnvironmentTrack {
  /// Rows of single extensions that stay: more than an environment can have of both phases.
  private static let extensionRowsKept = 32

  /// Lets go what was over before `horizon`, but for the latest row of each phase.
  /// - Parameter bills: of init reports that go.
  mutating func letGo(before horizon: Timestamp, _ bills: [InitBill], _ requests: borrowing [RequestRow]) {
    for bill in bills {
      billLetGo.milliseconds += Int64(bill.milliseconds)
      billLetGo.billing.add(bill)
    }
    letGoRows(before: horizon, requests)
    letGoMarks(before: horizon)
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
    var count: Int32 = 0
    var places = [Int32](repeating: -1, count: rows.count)
    for index in rows.indices {
      guard stays[index] else {
        countLetGo(rows[index], requests)
        continue
      }
      places[index] = count
      rows[Int(count)] = rows[index]
      count += 1
    }
    rows.removeLast(rows.count - Int(count))
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

  private mutating func letGoMarks(before horizon: Timestamp) {
    var count: Int32 = 0
    var places = [Int32](repeating: -1, count: marks.count)
    for index in marks.indices where marks[index].start > horizon || openMarks.contains(Int32(index)) {
      places[index] = count
      marks[Int(count)] = marks[index]
      count += 1
    }
    marks.removeLast(marks.count - Int(count))
    for index in openMarks.indices { openMarks[index] = places[Int(openMarks[index])] }
  }

  /// Calls `body` with each request that the track refers to.
  func forEachRequest(_ body: (Int32) -> Void) {
    for row in rows where row.request >= 0 { body(row.request) }
    for mark in marks where mark.request >= 0 { body(mark.request) }
    for entry in runtimeDone { body(entry.request) }
  }

  mutating func renumberRequests(_ places: [Int32]) {
    for index in rows.indices where rows[index].request >= 0 {
      rows[index].request = places[Int(rows[index].request)]
    }
    for index in marks.indices where marks[index].request >= 0 {
      marks[index].request = places[Int(marks[index].request)]
    }
    for index in runtimeDone.indices { runtimeDone[index].request = places[Int(runtimeDone[index].request)] }
  }
}
