package import LambdaLifecycle

/// The figures that `lanes simulate` gives of a run, and `lanes summary` of a recording: named numbers, in
/// the order in which they are printed.
package struct SimulationFigures: Equatable, Sendable {
  /// The unit of a number, which decides how it is written.
  package enum Unit: Sendable {
    case count
    /// 0 to 1.
    case share
    case milliseconds, seconds
    /// A mean of counts.
    case mean
    case gigabyteSeconds, dollars
  }

  package struct Figure: Equatable, Sendable {
    /// The object in JSON that it stands in with others; empty for none.
    package var group: String
    /// Its name: alone the key, in a group the key in it.
    package var name: String
    /// For people; all of a group have the same.
    package var title: String
    package var unit: Unit
    /// Nil where there is no value, as a quantile of nothing.
    package var value: Double?

    package var key: String { group.isEmpty ? name : "\(group).\(name)" }
  }

  package private(set) var figures: [Figure] = []

  /// - Parameter simulator: a run that keeps no events.
  package init(_ simulator: borrowing Simulator) {
    self.init(simulator.figures, simulator.fleetFigures, cost: simulator.cost)
  }

  /// - Parameter timeline: from where its figures begin to its last moment; its cost where reports gave the
  ///   billed length.
  package init(_ timeline: borrowing Timeline, prices: PriceTable = PriceTable()) {
    let statistics = timeline.statistics(withProvisionedUntil: timeline.last)
    let isBilled = statistics.billing != Billing()
    self.init(
      statistics, statistics.fleet(from: timeline.beginOfFigures, until: timeline.last),
      cost: isBilled ? prices.cost(of: statistics) : nil)
  }

  package init(_ statistics: Statistics, _ fleet: FleetFigures, cost: Double?) {
    add("requests", "requests", .count, Double(statistics.requests))
    add("successes", "answered well", .count, Double(statistics.successes))
    add("errors", "errors", .count, Double(statistics.errors))
    add("timeouts", "timeouts", .count, Double(statistics.timeouts))
    add("throttles", "throttled", .count, Double(statistics.throttles))
    let ended = statistics.successes + statistics.errors + statistics.timeouts + statistics.throttles
    add("unanswered", "not yet answered", .count, Double(max(0, statistics.requests - ended)))
    add("retries", "retries", .count, Double(statistics.retries))
    add("dropped", "events dropped", .count, Double(statistics.dropped))
    add("coldStarts", "cold starts", .count, Double(statistics.coldStarts))
    add("reinits", "re-inits", .count, Double(statistics.reinits))
    add("initializedAhead", "initialized ahead", .count, Double(statistics.initializedAhead))
    add("coldShare", "p_cold", .share, fleet.coldShare)
    add("throttledShare", "p_throttle", .share, fleet.throttledShare)
    add("initMs", "init", statistics.initLengths)
    add("restoreMs", "restore", statistics.restoreLengths)
    add("durationMs", "duration", statistics.durations)
    add("coldWaitMs", "caller waited, cold", statistics.coldWaits)
    add("warmWaitMs", "caller waited, warm", statistics.warmWaits)
    add("reinitWaitMs", "caller waited, re-init", statistics.reinitWaits)
    add("environments", "environments", fleet.meanEnvironments, fleet.peakEnvironments)
    add("running", "running", fleet.meanRunning, fleet.peakRunning)
    add("idle", "idle", fleet.meanIdle, fleet.peakIdle)
    add("concurrency", "concurrency", fleet.meanConcurrency, fleet.peakConcurrency)
    add("lifespanSeconds", "mean lifespan", .seconds, fleet.meanLifespan.map { $0 / 1e9 })
    add("billedGBSeconds", "billed", .gigabyteSeconds, cost == nil ? nil : statistics.billedGBSeconds)
    add("costUSD", "cost", .dollars, cost)
  }

  package subscript(key: String) -> Double? { figures.first { $0.key == key }?.value }

  /// A figure as it is written for people.
  package func text(_ key: String) -> String {
    figures.first { $0.key == key }.map { $0.unit.text($0.value) } ?? "–"
  }

  private mutating func add(_ name: String, _ title: String, _ unit: Unit, _ value: Double?) {
    figures.append(Figure(group: "", name: name, title: title, unit: unit, value: value))
  }

  private mutating func add(_ group: String, _ title: String, _ mean: Double, _ peak: Int) {
    figures.append(Figure(group: group, name: "mean", title: title, unit: .mean, value: mean))
    figures.append(Figure(group: group, name: "peak", title: title, unit: .count, value: Double(peak)))
  }

  private mutating func add(_ group: String, _ title: String, _ lengths: Quantiles) {
    let values = [
      ("p50", lengths.median), ("p95", lengths.value(atPercent: 95)), ("p99", lengths.value(atPercent: 99)),
      ("max", lengths.count == 0 ? nil : lengths.max),
    ]
    for (name, value) in values {
      let value = value.map { Double($0) / 1e6 }
      figures.append(Figure(group: group, name: name, title: title, unit: .milliseconds, value: value))
    }
  }
}

extension SimulationFigures.Unit {
  /// The text of a value for people.
  func text(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "–" }
    switch self {
    case .count: return value == value.rounded() ? grouped(Int64(value)) : number(value, places: 1)
    case .share: return number(value * 100, places: 3) + " %"
    case .milliseconds: return number(value, places: 1) + " ms"
    case .seconds: return number(value, places: 1) + " s"
    case .mean: return number(value, places: 3)
    case .gigabyteSeconds: return number(value, places: 1) + " GB-s"
    // A small scenario costs less than a cent.
    case .dollars:
      let amount = number(value, places: value.magnitude < 1 ? 6 : 2)
      return amount.first == "<" ? "<$\(amount.dropFirst())" : "$" + amount
    }
  }

  /// The text of a value in JSON.
  func json(_ value: Double) -> String {
    self == .count && value == value.rounded() ? fixed(value, places: 0) : fixed(value, places: places)
  }

  /// Decimals in JSON; enough to compare runs, few enough to be the same on every machine.
  private var places: Int {
    switch self {
    case .count, .milliseconds: 3
    case .share, .seconds, .mean, .gigabyteSeconds: 6
    case .dollars: 9
    }
  }
}

/// A number with that many decimals and its thousands in groups. A number other than 0 is never written as 0,
/// but as less than the least that has so many decimals.
func number(_ value: Double, places: Int) -> String {
  let least = fixed(0, places: places).dropLast() + "1"
  if value != 0, fixed(value.magnitude, places: places) == fixed(0, places: places) {
    return value > 0 ? "<\(least)" : ">-\(least)"
  }
  let parts = fixed(value, places: places).split(separator: ".")
  let whole = Int64(parts.first ?? "") ?? 0
  let sign = value < 0 && whole == 0 ? "-" : ""
  return sign + grouped(whole) + (parts.count > 1 ? ".\(parts[1])" : "")
}

/// A number with that many decimals, as JSON has it.
func fixed(_ value: Double, places: Int) -> String {
  var unit: Int64 = 1
  for _ in 0..<places { unit *= 10 }
  let scaled = (value * Double(unit)).rounded()
  guard scaled.magnitude < 9e18 else { return "\(value)" }
  let digits = String(Int64(scaled.magnitude) / unit)
  let sign = scaled < 0 ? "-" : ""
  guard places > 0 else { return sign + digits }
  let fraction = String(Int64(scaled.magnitude) % unit)
  return sign + digits + "." + String(repeating: "0", count: places - fraction.count) + fraction
}

private func grouped(_ value: Int64) -> String {
  let digits = Array(String(value.magnitude))
  var text = ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return (value < 0 ? "-" : "") + text
}
