internal import LambdaEventFormats
package import LambdaLifecycle
internal import SwimlaneUI

/// The statements of two sessions' inits side by side, known by their texts: which came, went, grew and shrank.
package struct LinesDiff {
  struct Row {
    var name: InitPartName
    /// The median over the cold starts that have it; nil where none has.
    var before: Nanoseconds?
    var after: Nanoseconds?

    var change: Nanoseconds { (after ?? 0) &- (before ?? 0) }

    /// Statements are reported from a millisecond on: those near it come and go by a hair.
    var isWorthAWord: Bool {
      abs(change) >= .milliseconds(1) && abs(change) >= max(before ?? 0, after ?? 0) / 10
    }

    var verdict: String {
      // A statement that takes less than a millisecond is not reported.
      if before == nil { return "came, or was short" }
      if after == nil { return "went, or is short" }
      return change > 0 ? "grew" : "shrank"
    }
  }

  /// The largest change first.
  let rows: [Row]

  package init(_ first: ColdStartTables, _ second: ColdStartTables) {
    let (before, after) = (first.medians(), second.medians())
    rows = Set(before.keys).union(after.keys).map { Row(name: $0, before: before[$0], after: after[$0]) }
      .sorted { (abs($0.change), $1.name) > (abs($1.change), $0.name) }
  }

  private var shown: ArraySlice<Row> { rows.filter(\.isWorthAWord).prefix(40) }

  private func cells(_ row: Row) -> [String] {
    let occurrence = row.name.occurrence > 0 ? " (\(row.name.occurrence + 1))" : ""
    let lengths = [row.before, row.after].map { $0.map { SwimlaneUI.text(ofLength: $0) } ?? "–" }
    return ["\(row.name.file): \(row.name.text)\(occurrence)".printable] + lengths + [row.verdict]
  }

  /// Lines of plain text; none where neither session has lines of init.
  package func text() -> String {
    guard !rows.isEmpty else { return "" }
    if shown.isEmpty { return "\nlines of init: none has changed by a tenth and a millisecond\n" }
    var table = TextTable(right: [1, 2])
    for row in shown { table.add(cells(row).enumerated().map { $0 == 0 ? "  \($1)" : $1 }) }
    return "\nlines of init, by their text, medians of the cold starts:\n" + table.text()
  }

  package func markdown() -> String {
    guard !shown.isEmpty else { return "" }
    let head = ["", "| line of init | before | after | |", "| --- | ---: | ---: | --- |"]
    return (head + shown.map { "| \(cells($0).map(\.markdownEscaped).joined(separator: " | ")) |" })
      .joined(separator: "\n") + "\n"
  }

  func add(to object: inout JSONLine) {
    object.add("lines", objects: rows) { object, row in
      object.add("file", row.name.file)
      object.add("text", row.name.text)
      if row.name.occurrence > 0 { object.add("occurrence", Int64(row.name.occurrence + 1)) }
      if let before = row.before { object.add("a", seconds: before) } else { object.addNull("a") }
      if let after = row.after { object.add("b", seconds: after) } else { object.addNull("b") }
      object.add("change", seconds: row.change)
    }
  }
}
