package import LambdaLifecycle
internal import SwimlaneUI

/// The things worth a look in a session, each with the usual remedy: a text that a developer pastes into a
/// pull request.
package struct FindingsReport {
  private let findings: [Finding]
  private let catalog: Catalog
  private let origin: Timestamp
  private let hasSeveralFunctions: Bool
  private let printed: PrintedLines

  /// - Parameter printed: the output of functions, as far as it is kept.
  package init(_ timeline: borrowing Timeline, _ catalog: Catalog, printed: PrintedLines = .none) {
    self.printed = printed
    findings = timeline.findings()
    self.catalog = catalog
    hasSeveralFunctions = timeline.hasSeveralFunctions
    origin = timeline.isEmpty ? 0 : timeline.beginning
  }

  /// Environments that a finding names.
  var environments: Set<EnvironmentID> { Set(findings.map(\.environment)) }

  private func place(_ finding: Finding) -> String {
    guard let stretch = finding.stretch else { return "" }
    var name = catalog.text(finding.environment)
    if hasSeveralFunctions, finding.environment != .none {
      name = "\(catalog.text(catalog.function(of: finding.environment)))/\(name)"
    }
    let worst = finding.count == 1 ? "" : finding.longest == nil ? "the first " : "the worst "
    return " (\(worst)\(name.isEmpty ? "" : "in \(name) ")at \(text(ofClock: stretch.lowerBound &- origin)))"
  }

  func lines() -> [String] {
    guard !findings.isEmpty else { return ["findings: nothing out of the ordinary"] }
    return ["findings:"]
      + findings.flatMap { finding in
        let what = "  \(finding.words(catalog, parts: 4))\(place(finding))"
        let line = finding.line(printed).map { ["    \($0.title): \($0.words)"] } ?? []
        return [what] + line + (finding.advice.isEmpty ? [] : ["    \(finding.advice)"])
      }
  }

  /// A list in Markdown, and the figures that are known as a table.
  package func markdown(_ figures: SimulationFigures, _ coldStarts: ColdStartReport) -> String {
    var lines = ["## Findings", ""]
    if findings.isEmpty { lines.append("Nothing out of the ordinary.") }
    for finding in findings {
      lines.append(
        "- **\(finding.words(catalog, parts: 4).markdownEscaped)**\(place(finding).markdownEscaped)")
      if let line = finding.line(printed) { lines.append("  \(line.title): \(line.words.markdownEscaped)  ") }
      if !finding.advice.isEmpty { lines.append("  \(finding.advice)") }
    }
    lines += coldStarts.markdown()
    lines += ["", "## Figures", "", "| | |", "| --- | ---: |"]
    for figure in figures.figures where figure.value ?? 0 != 0 {
      let name = figure.group.isEmpty ? figure.title : "\(figure.title) \(figure.name)"
      lines.append("| \(name) | \(figure.unit.text(figure.value)) |")
    }
    return lines.map(\.printable).joined(separator: "\n") + "\n"
  }
}

extension String {
  /// Itself where Markdown is read: names from outside are text, whatever they mean there.
  var markdownEscaped: String {
    // By scalars: to Markdown, a character stays the same whatever combining mark follows it.
    String(
      String.UnicodeScalarView(
        unicodeScalars.flatMap { "\\`*_{}[]<>|#".unicodeScalars.contains($0) ? ["\\", $0] : [$0] }))
  }
}
