internal import SwimlaneUI

/// The output of `lanes simulate` for people.
package enum SimulationText {
  /// A line for each group of figures, as the quantiles of one length; of several runs a line for each figure, with its
  /// interval.
  package static func figures(_ runs: RunsFigures) -> String {
    let rows = runs.count == 1 ? grouped(runs) : single(runs)
    let titles = rows.map(\.title.count).max() ?? 0
    return rows.map { row in
      let values = row.values.map { $0.name.isEmpty ? $0.text : "\($0.name) \($0.text)" }
      return row.title.padded(to: titles) + "  " + values.joined(separator: "  ")
    }
    .joined(separator: "\n") + "\n"
  }

  private typealias Row = (title: String, values: [(name: String, text: String)])

  private static func grouped(_ runs: RunsFigures) -> [Row] {
    var rows: [Row] = []
    for (figure, estimate) in zip(runs.figures, runs.estimates) {
      guard let estimate else { continue }
      let value = (figure.group.isEmpty ? "" : figure.name, figure.unit.text(estimate.mean))
      if let last = rows.indices.last, rows[last].title == figure.title {
        rows[last].values.append(value)
      } else {
        rows.append((figure.title, [value]))
      }
    }
    return rows
  }

  private static func single(_ runs: RunsFigures) -> [Row] {
    zip(runs.figures, runs.estimates).compactMap { figure, estimate in
      guard let estimate else { return nil }
      let title = figure.group.isEmpty ? figure.title : "\(figure.title), \(figure.name)"
      let margin = estimate.margin.map { " ± " + figure.unit.text($0) } ?? ""
      return (title, [("", figure.unit.text(estimate.mean).padded(left: 12) + margin)])
    }
  }

  /// The figures that show the effect of a setting, a value of it a row.
  package static func sweep(_ path: String, _ rows: [(value: String, runs: RunsFigures)]) -> String {
    let columns = [
      ("p_cold", "coldShare"), ("p_throttle", "throttledShare"), ("cold p50", "coldWaitMs.p50"),
      ("cold p99", "coldWaitMs.p99"), ("warm p50", "warmWaitMs.p50"), ("warm p99", "warmWaitMs.p99"),
      ("duration p50", "durationMs.p50"), ("environments", "environments.mean"),
      ("billed", "billedGBSeconds"), ("cost", "costUSD"),
    ]
    var table = [[path] + columns.map(\.0)]
    for (value, runs) in rows {
      table.append([value] + columns.map { cell($0.1, runs) })
    }
    return aligned(table)
  }

  /// Each function a row; empty where there is only one.
  package static func functions(_ functions: FunctionFigures) -> String {
    guard let first = functions.rows.first else { return "" }
    let heading = ["function"] + first.figures.map(\.title)
    return "\n"
      + aligned([heading] + functions.rows.map { [$0.name] + $0.figures.map { $0.unit.text($0.value) } })
  }

  /// A table whose first column is names and whose others are numbers.
  static func aligned(_ table: [[String]]) -> String {
    let widths = table[0].indices.map { column in table.map { $0[column].columnCount }.max() ?? 0 }
    return table.map { row in
      row.enumerated().map { place, text in
        place == 0 ? text.padded(to: widths[0]) : text.padded(left: widths[place])
      }
      .joined(separator: "  ")
    }
    .joined(separator: "\n") + "\n"
  }

  private static func cell(_ key: String, _ runs: RunsFigures) -> String {
    guard let place = runs.figures.firstIndex(where: { $0.key == key }), let estimate = runs.estimates[place]
    else { return "–" }
    let unit = runs.figures[place].unit
    return unit.text(estimate.mean) + (estimate.margin.map { " ± " + unit.text($0) } ?? "")
  }
}

extension String {
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - columnCount)) }
  func padded(left width: Int) -> String { String(repeating: " ", count: max(0, width - columnCount)) + self }
}
