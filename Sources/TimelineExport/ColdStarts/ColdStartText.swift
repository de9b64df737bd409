internal import LambdaLifecycle
internal import SwimlaneUI

/// The findings of `lanes cold`, as people read them: a row for each part of the init and each line.
package struct ColdStartText {
  private static let barWidth = 24
  /// Statements are as long as they like.
  private static let nameWidth = 48

  private let report: ColdRoundsReport

  package init(_ report: ColdRoundsReport) { self.report = report }

  package func text() -> String {
    var blocks = [heading]
    if report.rounds == 0 { return heading + "\nNo round was done, so there is nothing to tell.\n" }
    if report.pairs.isEmpty {
      blocks.append(table(of: 0))
    } else {
      for pair in report.pairs { blocks.append(table(comparing: pair)) }
    }
    return blocks.joined(separator: "\n")
  }

  private var heading: String {
    let count = report.rounds
    let several = report.settings.count > 1
    var lines = [
      "\(report.function): \(count) cold start\(count == 1 ? "" : "s")"
        + (several ? " of each setting, in turns" : "")
        + (count < report.wanted ? "; ended before all \(report.wanted) were done" : "")
        + ". The first round is thrown away."
    ]
    if !several, count > 0, report.settings[0].tellsCompiledFiles {
      lines.append(Self.compiledFiles(report.starts[0]))
    }
    lines += report.notes
    return lines.map { $0.printable + "\n" }.joined()
  }

  /// A sentence on compiled files: if the modules had them, and the time that compiling took.
  static func compiledFiles(_ starts: ColdStarts) -> String {
    let all = starts.kept.count + starts.others.count
    let count = starts.others.isEmpty ? "all \(all)" : "\(starts.kept.count) of \(all)"
    let rest = starts.others.isEmpty ? "" : "; the other \(starts.others.count) are left out"
    switch starts.compiledFiles {
    case nil: return "Compiled files: nothing is known" + (rest.isEmpty ? "" : " in \(count)\(rest)")
    case .present: return "Compiled files: nothing had to be compiled in \(count)\(rest)"
    case .absent(let files):
      let time = starts.compiling.median.map { ", \(SwimlaneUI.text(ofLength: $0)) each time" } ?? ""
      return
        "Compiled files: absent in \(count), \(files) file\(files == 1 ? "" : "s") compiled\(time)\(rest)"
    }
  }

  private func table(of place: Int) -> String {
    let starts = report.starts[place]
    let rows = starts.parts.filter(\.isTold)
    let longest = rows.map(\.median).max() ?? 1
    var table = TextTable(right: [1, 2])
    table.add(["", "median", "p10–p90", ""])
    for row in rows {
      let quantiles = row.quantiles
      table.add([
        Self.name(row), SwimlaneUI.text(ofLength: row.median), Self.spread(quantiles),
        Self.bar(row.median, row.median, of: longest),
      ])
    }
    return table.text() + Self.rest(starts.parts)
  }

  private func table(comparing pair: (first: Int, second: Int)) -> String {
    let comparison = report.comparison(pair)
    let rows = comparison.rows.filter { $0.first?.isTold == true || $0.second?.isTold == true }
    let longest = rows.flatMap { [$0.first?.median ?? 0, $0.second?.median ?? 0] }.max() ?? 1
    let words = VerdictWords(comparison)
    var table = TextTable(right: [1, 2, 3, 4])
    table.add(["", "a", "p10–p90", "b", "p10–p90", "", ""])
    for row in rows {
      table.add(
        [Self.name(row)] + Self.figures(row.first) + Self.figures(row.second) + [
          Self.bar(row.first?.median ?? 0, row.second?.median ?? 0, of: longest), words.verdict(row),
        ])
    }
    let names = [("a", pair.first), ("b", pair.second)].map { letter, place in
      let files =
        report.settings[place].tellsCompiledFiles ? ". \(Self.compiledFiles(report.starts[place]))" : ""
      return "\(letter)  \(report.name(of: place))\(files)".printable + "\n"
    }
    let mixed =
      comparison.mixesCompiledFiles
      ? "One of them had to compile its modules and the other had not: that is part of the difference.\n" : ""
    return names.joined() + mixed + "\n" + table.text()
      + "The bar: █ is in both, + in b alone, - in a alone.\n"
      + Self.rest(comparison.rows.compactMap { $0.second ?? $0.first }) + words.sentence
  }

  private static func figures(_ part: ColdStartPart?) -> [String] {
    guard let part else { return ["–", ""] }
    return [SwimlaneUI.text(ofLength: part.median), spread(part.quantiles)]
  }

  private static func name(_ row: ColdStartDifference) -> String {
    (row.second ?? row.first).map(name) ?? row.name.title()
  }

  private static func name(_ part: ColdStartPart) -> String {
    let name = String(repeating: "  ", count: part.depth) + part.title().printable
    return name.count > nameWidth ? name.prefix(nameWidth - 1) + "…" : name
  }

  private static func spread(_ quantiles: SortedLengths) -> String {
    guard let low = quantiles.value(atPercent: 10), let high = quantiles.value(atPercent: 90) else {
      return "–"
    }
    return range(low, high)
  }

  /// `301–330 ms`; the unit of both once, where it is the same.
  static func range(_ low: Nanoseconds, _ high: Nanoseconds) -> String {
    let (one, other) = (SwimlaneUI.text(ofLength: low), SwimlaneUI.text(ofLength: high))
    let units = [one, other].map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
    guard units[0] == units[1], low >= 0, let number = one.split(separator: " ").first else {
      return "\(one) – \(other)"
    }
    return "\(number)–\(other)"
  }

  /// The shared part of both lengths, then the rest of the longer one.
  private static func bar(_ first: Nanoseconds, _ second: Nanoseconds, of longest: Nanoseconds) -> String {
    func cells(_ length: Nanoseconds) -> Int {
      max(0, Int((Double(length) / Double(max(1, longest)) * Double(barWidth)).rounded()))
    }
    let (one, other) = (cells(first), cells(second))
    return String(repeating: "█", count: min(one, other))
      + String(repeating: one < other ? "+" : "-", count: abs(one - other))
  }

  /// Parts that were mostly too short to be reported.
  private static func rest(_ parts: [ColdStartPart]) -> String {
    let count = parts.count { !$0.isTold }
    if count == 0 { return "" }
    return
      "\(count) more part\(count == 1 ? " was" : "s were") told in fewer than half of the cold starts: too short as a rule.\n"
  }
}
