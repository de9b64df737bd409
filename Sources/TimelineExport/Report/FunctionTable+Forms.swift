package import LambdaEventFormats
internal import LambdaLifecycle

extension FunctionTable {
  private static let heading = [
    "function", "lost to init", "requests", "cold starts", "share", "cold wait p50", "p95",
    "initialized ahead",
    "errors", "timeouts",
  ]

  /// With a column for throttled requests where there are any.
  private var heading: [String] { Self.heading + (hasThrottles ? ["throttled"] : []) }
  private var hasThrottles: Bool { rows.contains { $0.throttles > 0 } }

  private func cells(_ row: Row) -> [String] {
    typealias Unit = SimulationFigures.Unit
    func milliseconds(_ percent: Double) -> String {
      Unit.milliseconds.text(row.coldWaits.value(atPercent: percent).map { Double($0) / 1e6 })
    }
    func count(_ value: Int?) -> String { Unit.count.text(value.map(Double.init)) }
    return [
      row.name, Unit.seconds.text(Double(row.lostToInit) / 1e9), count(row.requests), count(row.coldStarts),
      Unit.share.text(row.coldShare), milliseconds(50), milliseconds(95), count(row.initializedAhead),
      count(row.errors), count(row.timeouts),
    ] + (hasThrottles ? [count(row.throttles)] : [])
  }

  /// A row a function, and the notes on the limits of the figures.
  package func text() -> String {
    let table = [heading] + rows.map { cells($0).map(\.printable) }
    return SimulationText.aligned(table) + notes.map { "note: \($0.printable)\n" }.joined()
  }

  /// The same as a table in Markdown.
  package func markdown() -> String {
    var lines = ["## Functions", ""]
    let columns = [heading, ["---"] + heading.dropFirst().map { _ in "---:" }]
    lines += (columns + rows.map { cells($0).map { $0.printable.markdownEscaped } }).map {
      "| \($0.joined(separator: " | ")) |"
    }
    if !notes.isEmpty { lines += [""] + notes.map { "- \($0.printable.markdownEscaped)" } }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Adds `functions`: an object a function, in the order of the table. Lengths are seconds; unknown values
  /// are null.
  package func add(to line: inout JSONLine) {
    line.add("functions", objects: rows) { object, row in
      object.add("name", row.name)
      object.add("lostToInitSeconds", seconds: row.lostToInit)
      object.add("requests", Int64(row.requests))
      object.add("coldStarts", Int64(row.coldStarts))
      if let share = row.coldShare {
        object.add("coldShare", number: SimulationFigures.Unit.share.json(share))
      } else {
        object.addNull("coldShare")
      }
      let waits: [(StaticString, Double)] = [("coldWaitP50Seconds", 50), ("coldWaitP95Seconds", 95)]
      for (key, percent) in waits {
        if let wait = row.coldWaits.value(atPercent: percent) {
          object.add(key, seconds: wait)
        } else {
          object.addNull(key)
        }
      }
      if let ahead = row.initializedAhead {
        object.add("initializedAhead", Int64(ahead))
      } else {
        object.addNull("initializedAhead")
      }
      object.add("errors", Int64(row.errors))
      object.add("timeouts", Int64(row.timeouts))
      object.add("throttles", Int64(row.throttles))
    }
  }

  /// One object, for a report that has nothing but the functions.
  package func json(scannedBytes: Int64) -> [UInt8] {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    add(to: &line)
    line.add("insights") { object in
      object.add("scannedBytes", scannedBytes)
      object.add("costUSD", number: fixed(PriceTable.insights(bytes: Double(scannedBytes)), places: 6))
      object.add("prices", PriceTable().date)
    }
    line.add("notes", texts: notes)
    line.finish(into: &bytes)
    return bytes
  }
}
