internal import LambdaEventFormats

/// The output of `lanes simulate --json`: one object, a contract that scripts rely on. A figure without a
/// value is left out.
package struct SimulationJSON {
  /// The setup of the simulation.
  package struct Setup {
    package var title: String
    package var seed: UInt64
    /// Virtual seconds.
    package var seconds: Double
    package var priceDate: String

    package init(title: String, seed: UInt64, seconds: Double, priceDate: String) {
      self.title = title
      self.seed = seed
      self.seconds = seconds
      self.priceDate = priceDate
    }
  }

  /// One run: each figure a number. Several: each a `mean` and a `margin`, half of the 95 % interval.
  package static func text(_ setup: Setup, _ runs: RunsFigures) -> [UInt8] {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    add(setup, runs.count, to: &line)
    line.add("figures") { add(runs, to: &$0) }
    addFunctions(of: runs, to: &line)
    line.finish(into: &bytes)
    return bytes
  }

  /// A sweep: `rows`, each with its `value` and `figures`.
  package static func text(
    _ setup: Setup, sweep path: String, _ rows: [(value: String, runs: RunsFigures)]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    add(setup, rows.first?.runs.count ?? 0, to: &line)
    line.add("sweep", path)
    line.add("rows", objects: rows) { object, row in
      object.add("value", row.value)
      object.add("figures") { add(row.runs, to: &$0) }
      addFunctions(of: row.runs, to: &object)
    }
    line.finish(into: &bytes)
    return bytes
  }

  /// Of each function, where there are several: numbers, of several runs their means.
  private static func addFunctions(of runs: RunsFigures, to line: inout JSONLine) {
    if runs.functions.rows.isEmpty { return }
    line.add("functions", objects: runs.functions.rows) { object, row in
      object.add("name", row.name)
      for figure in row.figures {
        object.add(named: figure.name, number: figure.unit.json(figure.value ?? 0))
      }
    }
  }

  private static func add(_ setup: Setup, _ runs: Int, to line: inout JSONLine) {
    line.addIfPresent("title", setup.title)
    line.add("seed", number: String(setup.seed))
    line.add("runs", Int64(runs))
    line.add("seconds", number: fixed(setup.seconds, places: 9))
    line.add("prices", setup.priceDate)
  }

  /// Each figure under its key, those of a group in one object.
  static func add(_ runs: RunsFigures, to line: inout JSONLine) {
    var place = 0
    while place < runs.figures.count {
      let name = runs.figures[place].group
      guard !name.isEmpty else {
        add(runs, place, to: &line)
        place += 1
        continue
      }
      let end = runs.figures[place...].firstIndex { $0.group != name } ?? runs.figures.count
      let group = place..<end
      place = end
      guard group.contains(where: { runs.estimates[$0] != nil }) else { continue }
      line.add(named: name) { object in
        for member in group { add(runs, member, to: &object) }
      }
    }
  }

  private static func add(_ runs: RunsFigures, _ place: Int, to line: inout JSONLine) {
    guard let estimate = runs.estimates[place] else { return }
    let figure = runs.figures[place]
    let text = figure.unit.json
    guard let margin = estimate.margin else {
      return line.add(named: figure.name, number: text(estimate.mean))
    }
    line.add(named: figure.name) { object in
      object.add("mean", number: text(estimate.mean))
      object.add("margin", number: text(margin))
    }
  }
}
