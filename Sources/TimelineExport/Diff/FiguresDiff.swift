internal import LambdaEventFormats
internal import SwimlaneUI

/// The figures of two sessions side by side.
package struct FiguresDiff {
  /// A figure, as it was and as it is.
  struct Row {
    var figure: SimulationFigures.Figure
    var before: Double?
    var after: Double?

    /// The difference; nil where one of them is not known.
    var change: Double? {
      guard let before, let after else { return nil }
      return after - before
    }

    /// The change as a share of the figure before, 0.1 for a tenth more; nil from nothing.
    var relativeChange: Double? {
      guard let change, let before, before != 0 else { return nil }
      return change / before
    }
  }

  let rows: [Row]
  private let names: [String]

  /// - Parameter names: of the two sessions, for the heading.
  package init(_ first: SimulationFigures, _ second: SimulationFigures, names: [String]) {
    self.names = names
    rows = first.figures.map { Row(figure: $0, before: $0.value, after: second[$0.key]) }
  }

  /// Figures that neither session has, or that are 0 in both, are left out of the text for people.
  private var shown: [Row] { rows.filter { ($0.before ?? 0) != 0 || ($0.after ?? 0) != 0 } }

  private func cells(_ row: Row) -> [String] {
    let name = row.figure.group.isEmpty ? row.figure.title : "\(row.figure.title) \(row.figure.name)"
    let unit = row.figure.unit
    var change = "="
    if let difference = row.change, difference != 0 {
      change = (difference > 0 ? "+" : "-") + unit.text(difference.magnitude)
      if let part = row.relativeChange {
        change += " (\(part > 0 ? "+" : "-")\(number(part.magnitude * 100, places: 1)) %)"
      }
    } else if row.change == nil {
      change = "–"
    }
    return [name, unit.text(row.before), unit.text(row.after), change]
  }

  package func text() -> String {
    var table = TextTable(right: [1, 2, 3])
    for cells in [["", "a", "b", "change"]] + shown.map(cells) { table.add(cells) }
    let names = zip(["a", "b"], names).map { "\($0.0): \($0.1.printable)\n" }
    return names.joined() + "\n" + table.text()
  }

  package func markdown() -> String {
    let names = names.map { $0.printable.filter { $0 != "|" && $0 != "`" } }
    let head = ["| | \(names.joined(separator: " | ")) | change |", "| --- | ---: | ---: | ---: |"]
    return (head + shown.map { "| \(cells($0).joined(separator: " | ")) |" }).joined(separator: "\n") + "\n"
  }

  /// Each figure by its name, with its value before, its value after, and the change.
  package func json(_ lines: LinesDiff) -> [UInt8] {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    line.add("a", names[0])
    line.add("b", names[1])
    line.add("figures", objects: rows) { object, row in
      object.add("name", row.figure.key)
      let values: [(StaticString, Double?)] = [
        ("a", row.before), ("b", row.after), ("change", row.change),
      ]
      for (key, value) in values {
        if let value { object.add(key, number: row.figure.unit.json(value)) } else { object.addNull(key) }
      }
    }
    lines.add(to: &line)
    line.finish(into: &bytes)
    return bytes
  }
}
