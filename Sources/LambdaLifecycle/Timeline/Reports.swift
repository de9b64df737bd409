// Folding reports: what Lambda says an invocation or an init took, and bills.

extension Timeline {
  mutating func reported(_ report: Report, _ event: LifecycleEvent) {
    let known = latestInvocation(event) ?? ledger.attempt(event.request, at: event.time) ?? lastRequest(event)
    guard let request = known else { return }
    let place = Int(request)
    guard requests[place].billedMs < 0 else {
      duplicates += 1
      return
    }
    let track = trackPlace(event.environment)
    takeDuration(report, of: request)
    let tariff = Tariff(track.map { tracks[$0].initializationType } ?? .unknown)
    ledger.bill(request, report, tariff, described.hasArm ? functions[event.function]?.architecture : nil)
  }

  /// A length that was measured, rather than the sum of spans with rounded times.
  private mutating func takeDuration(_ report: Report, of request: Int32) {
    let place = Int(request)
    guard report.duration > 0, requests[place].duration != report.duration,
      let index = trackPlace(requests[place].environment), tracks[index].source.reportsDuration,
      !runsConcurrently(index)
    else { return }
    ledger.measure(request, report.duration)
  }

  /// The request of the latest span of the event's environment, where that is the one reported on: mostly it is.
  @inline(__always)
  private func latestInvocation(_ event: LifecycleEvent) -> Int32? {
    guard let index = trackPlace(event.environment), let request = tracks[index].rows.last?.request,
      request >= 0
    else { return nil }
    return requests[Int(request)].id == event.request ? request : nil
  }

  /// A report may follow the end of its invocation; it belongs to one of the latest of its environment, or of all
  /// where it names none.
  @inline(__always)
  private func lastRequest(_ event: LifecycleEvent) -> Int32? {
    if let track = trackPlace(event.environment) {
      return tracks[track].rows.suffix(64).last { row in
        row.request >= 0 && requests[Int(row.request)].id == event.request
      }?.request
    }
    return requests.indices.suffix(64).last { requests[$0].id == event.request }.map(Int32.init)
  }

  mutating func initReported(_ report: InitReport, _ event: LifecycleEvent, _ index: Int) {
    guard !tracks[index].initReports.contains(where: { $0 == (event.time, report) }) else {
      duplicates += 1
      return
    }
    tracks[index].initReportList.append(report, at: event.time)
    if report.isSuppressed, let request = ledger.attempts[event.request], event.request != .none,
      requests[Int(request)].start == .warm
    {
      markReinit(request)
    }
    guard let bill = bill(of: report, at: event.time, tracks[index]) else { return }
    ledger.add(bill)
  }

  /// What is billed of an init; nil where nothing is, or with an invocation.
  func bill(of report: InitReport, at time: Timestamp, _ track: borrowing EnvironmentTrack) -> InitBill? {
    let type = report.initializationType
    guard report.billedMs > 0, let tariff = Tariff(type == .unknown ? track.initializationType : type) else {
      return nil
    }
    let function = description(of: track.function, at: time)
    return InitBill(
      environment: track.id, function: track.function, time: time, milliseconds: report.billedMs,
      memoryMB: report.memoryMB >= 0 ? report.memoryMB : function?.memoryMB ?? -1, tariff: tariff,
      architecture: function?.architecture)
  }

  /// The figures with what provisioned concurrency is held for: paid for from the moment it is configured, used or
  /// not (provisioned concurrency page).
  package func statistics(withProvisionedUntil time: Timestamp) -> Statistics {
    var statistics = statistics
    billProvisioned(until: time, in: &statistics)
    return statistics
  }

  /// Adds what provisioned concurrency has been held for up to `time`.
  package func billProvisioned(until time: Timestamp, in statistics: inout Statistics) {
    billProvisioned(of: nil, until: time, in: &statistics.billing)
  }

  /// Adds the same of those functions alone that pass.
  package func billProvisioned(
    until time: Timestamp, in statistics: inout Statistics, where passes: (Name) -> Bool
  ) {
    for function in Set(described.rows.map(\.function)) where passes(function) {
      billProvisioned(of: function, until: time, in: &statistics.billing)
    }
  }

  /// Adds the same of one function; nil for all.
  func billProvisioned(of function: Name?, until time: Timestamp, in billing: inout Billing) {
    for held in heldConcurrency(until: time) where function == nil || held.function == function {
      billing.add(
        milliseconds: max(0, held.end &- max(held.begin, figuresBegin)) / .milliseconds(1),
        memoryMB: held.description.memoryMB,
        times: Int64(held.description.provisionedConcurrency), tariff: .provisionedHeld,
        architecture: held.description.architecture)
    }
  }
}

extension Billing {
  mutating func add(_ request: RequestRow) {
    guard let tariff = request.tariff else { return }
    add(
      milliseconds: Int64(request.billedMs), memoryMB: request.memoryMB, tariff: tariff,
      architecture: request.architecture)
  }

  mutating func add(_ bill: InitBill) {
    add(
      milliseconds: Int64(bill.milliseconds), memoryMB: bill.memoryMB, tariff: bill.tariff,
      architecture: bill.architecture)
  }
}
