// Folding reports: what Lambda says an invocation or an init took, and bills.

extension SessionFold {
  /// A report of which nobody knows the environment.
  mutating func reported(_ report: Report, _ event: LifecycleEvent) {
    let known = ledger.attempt(event.request, at: event.time) ?? lastRequest(event)
    if let known { take(report, event, known, .unknown) }
  }

  /// A report may follow the end of its invocation; it belongs to one of the latest.
  private func lastRequest(_ event: LifecycleEvent) -> Int32? {
    requests.indices.suffix(64).last { requests[$0].id == event.request }.map(Int32.init)
  }

  /// - Parameter type: of the environment that it is about.
  fileprivate mutating func take(
    _ report: Report, _ event: LifecycleEvent, _ request: Int32, _ type: InitializationType
  ) {
    guard requests[Int(request)].billedMs < 0 else {
      duplicates += 1
      return
    }
    takeDuration(report, of: request)
    ledger.bill(
      request, report, Tariff(type), described.hasArm ? described.latest[event.function]?.architecture : nil)
  }

  /// A length that was measured, rather than the sum of spans with rounded times.
  private mutating func takeDuration(_ report: Report, of request: Int32) {
    let (known, environment) = (requests[Int(request)].duration, requests[Int(request)].environment)
    guard report.duration > 0, known != report.duration, sources[environment].reportsDuration,
      inFlight.runsOneAtATime(environment)
    else { return }
    ledger.measure(request, report.duration)
  }
}

extension EnvironmentTrack {
  mutating func reported(_ report: Report, _ event: LifecycleEvent, _ session: inout SessionFold) {
    let known =
      latestInvocation(event, session) ?? session.ledger.attempt(event.request, at: event.time)
      ?? lastRequest(event, session)
    if let known { session.take(report, event, known, initializationType) }
  }

  /// The request of the latest span, where that is the one reported on: mostly it is.
  @inline(__always)
  private mutating func latestInvocation(
    _ event: LifecycleEvent, _ session: borrowing SessionFold
  ) -> Int32? {
    guard let request = rows.last?.request, request >= 0 else { return nil }
    return session.requests[Int(request)].id == event.request ? request : nil
  }

  /// A report may follow the end of its invocation; it belongs to one of the latest.
  @inline(__always)
  private mutating func lastRequest(_ event: LifecycleEvent, _ session: borrowing SessionFold) -> Int32? {
    for row in rows.suffix(64).reversed()
    where row.request >= 0 && session.requests[Int(row.request)].id == event.request {
      return row.request
    }
    return nil
  }

  mutating func initReported(_ report: InitReport, _ event: LifecycleEvent, _ session: inout SessionFold) {
    guard !initReports.contains(where: { $0 == (event.time, report) }) else {
      session.duplicates += 1
      return
    }
    initReportList.append(report, at: event.time)
    if report.isSuppressed, let request = session.ledger.attempts[event.request], event.request != .none,
      session.requests[Int(request)].start == .warm
    {
      session.markReinit(request)
    }
    guard let bill = bill(of: report, at: event.time, session.described) else { return }
    session.ledger.add(bill)
  }

  /// The bill of an init; nil where nothing is billed, or with an invocation.
  func bill(of report: InitReport, at time: Timestamp, _ described: FunctionDescriptions) -> InitBill? {
    let type = report.initializationType
    guard report.billedMs > 0, let tariff = Tariff(type == .unknown ? initializationType : type) else {
      return nil
    }
    let description = described.description(of: function, at: time)
    return InitBill(
      environment: id, function: function, time: time, milliseconds: report.billedMs,
      memoryMB: report.memoryMB >= 0 ? report.memoryMB : description?.memoryMB ?? -1, tariff: tariff,
      architecture: description?.architecture)
  }
}

extension Timeline {
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
    for function in Set(session.described.rows.map(\.function)) where passes(function) {
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
