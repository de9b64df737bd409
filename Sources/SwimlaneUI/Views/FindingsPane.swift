internal import LambdaLifecycle

// What is worth a look in a recording, a line each; enter goes there.

extension Viewer {
  /// The findings can be seen: the keys that choose and enter are theirs.
  var readsFindings: Bool { pane == .findings && !isBig }

  /// Answers a key that is theirs; nil for others.
  mutating func handleInFindings(
    _ command: Command, _ timeline: borrowing Timeline, _ catalog: Catalog, _ stage: Stage
  ) -> Effect?? {
    guard readsFindings, !stage.surroundings.findings.isEmpty else { return nil }
    switch command {
    case .previousEnvironment: chooseFinding(-1, stage)
    case .nextEnvironment: chooseFinding(1, stage)
    case .toggle: return .some(goToFinding(timeline, catalog, stage))
    default: return nil
    }
    return .some(nil)
  }

  /// What stands in the rule above them.
  func findingsTitle(_ stage: Stage) -> String {
    let count = stage.findingsLeftOut
    return titled("findings") + (count > 0 ? ", \(grouped(count)) of no environment left out" : "")
  }

  private mutating func chooseFinding(_ step: Int, _ stage: Stage) {
    finding = min(max(0, finding + step), stage.surroundings.findings.count - 1)
  }

  /// Looks at the worst of what is chosen, and zooms so that it fills a good part of the picture.
  mutating func goToFinding(_ timeline: borrowing Timeline, _ catalog: Catalog, _ stage: Stage) -> Effect {
    let chosen = stage.surroundings.findings[min(finding, stage.surroundings.findings.count - 1)]
    guard let stretch = chosen.stretch else { return .tell("there is no moment that it belongs to") }
    if timeline.track(chosen.environment) != nil {
      hasChosen = true
      selected = chosen.environment
      toggled[chosen.environment] = true
    }
    fitsAll = false
    chooseScale()
    let length = stretch.upperBound &- stretch.lowerBound
    wantedWindow = max(length * 2, .milliseconds(10))
    return moveTime(.jump(stretch.upperBound, chosen.words(catalog, parts: 3)))
  }

  mutating func drawFindings(
    into frame: inout Frame, _ rows: Range<Int>, _ timeline: borrowing Timeline, _ catalog: Catalog,
    _ stage: Stage
  ) {
    guard !stage.surroundings.findings.isEmpty else {
      let words =
        stage.surroundings.isReading
        ? "The recording is being read."
        : isFiltered
          ? "Nothing is out of the ordinary in what passes the filter."
          : "Nothing is out of the ordinary here."
      frame.write(words, column: 1, row: rows.lowerBound, style: Style(.quiet))
      return
    }
    finding = min(finding, stage.surroundings.findings.count - 1)
    let first = min(max(0, finding - rows.count / 2), max(0, stage.surroundings.findings.count - rows.count))
    for (place, row) in zip(first..<stage.surroundings.findings.count, rows) {
      hits.add(entry: place, row: row, columns: 0..<frame.columns)
      draw(
        stage.surroundings.findings[place], isChosen: place == finding, into: &frame, row: row, timeline,
        catalog, stage)
    }
  }

  private func draw(
    _ finding: Finding, isChosen: Bool, into frame: inout Frame, row: Int, _ timeline: borrowing Timeline,
    _ catalog: Catalog, _ stage: Stage
  ) {
    let ground: Role = isChosen ? .bar : .screen
    if isChosen {
      frame.fill(row: row, from: 0, to: frame.columns, with: Cell(" ", Style(.text, on: ground)))
      frame.write(
        painter.glyphs.isASCII ? ">" : "▸", column: 0, row: row, style: Style(.strong, on: ground, .bold))
    }
    // Where the worst is stands at the right, if there is room.
    var place = ""
    if let stretch = finding.stretch {
      let name = environmentName(finding.environment, timeline, catalog, width: 20)
      place = "\(name.isEmpty ? "" : name + "  ")\(text(ofClock: stretch.lowerBound &- stage.origin)) "
    }
    let width = place.columnCount
    if frame.columns < 60 { place = "" }
    let room = frame.columns - 4 - (place.isEmpty ? 0 : width + 1)
    frame.write(
      clipped(finding.words(catalog, parts: frame.columns >= 100 ? 3 : 2), to: room), column: 2, row: row,
      style: Style(finding.isBad ? .bad : .strong, on: ground, .bold))
    guard !place.isEmpty else { return }
    frame.write(place, column: frame.columns - width, row: row, style: Style(.quiet, on: ground))
  }
}
