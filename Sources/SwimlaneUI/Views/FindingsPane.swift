internal import LambdaLifecycle

// The findings in a recording, a line each; enter goes there.

/// How somebody reads the findings.
struct FindingsReading: Sendable {
  /// The place of the one that was chosen; there may be fewer by now.
  private var place = 0

  /// The place of the one that is chosen among so many.
  func chosen(of count: Int) -> Int { min(place, max(0, count - 1)) }

  mutating func choose(_ place: Int) { self.place = place }

  /// Chooses the one a step away.
  mutating func move(by step: Int, of count: Int) { place = min(max(0, chosen(of: count) + step), count - 1) }
}

extension Viewer {
  /// The findings can be seen: the keys that choose and enter are theirs.
  var readsFindings: Bool { pane == .findings && !isBig }

  /// Answers a command that is theirs.
  mutating func answerInFindings(_ command: Command, _ scene: borrowing Scene) -> Answer {
    let count = scene.stage.surroundings.findings.count
    guard count > 0 else { return .ignored }
    switch command {
    case .previousEnvironment: panes.findings.move(by: -1, of: count)
    case .nextEnvironment: panes.findings.move(by: 1, of: count)
    case .toggle: return goToFinding(scene)
    default: return .ignored
    }
    return .handled
  }

  /// The title in the rule above them.
  func findingsTitle(_ stage: Stage) -> String {
    let count = stage.passing?.findingsLeftOut ?? 0
    return titled("findings") + (count > 0 ? ", \(grouped(count)) of no environment left out" : "")
  }

  /// Looks at the worst of what is chosen, and zooms so that it fills a good part of the picture.
  mutating func goToFinding(_ scene: borrowing Scene) -> Answer {
    let findings = scene.stage.surroundings.findings
    let chosen = findings[panes.findings.chosen(of: findings.count)]
    guard let stretch = chosen.stretch else { return .tell("there is no moment that it belongs to") }
    if scene.timeline.track(chosen.environment) != nil {
      selection.choose(chosen.environment)
      list.opened.set(chosen.environment, isOpen: true)
    }
    let length = stretch.upperBound &- stretch.lowerBound
    camera.show(max(length * 2, .milliseconds(10)), isChosen: true)
    return move(.jump(stretch.upperBound, chosen.words(scene.catalog, parts: 3)))
  }

  func drawFindings(
    into frame: inout Frame, _ hits: inout HitMap, _ rows: Range<Int>, _ scene: borrowing Scene
  ) {
    guard !scene.stage.surroundings.findings.isEmpty else {
      let words =
        scene.stage.surroundings.isReading
        ? "The recording is being read."
        : isFiltered
          ? "Nothing is out of the ordinary in what passes the filter."
          : "Nothing is out of the ordinary here."
      frame.write(words, column: 1, row: rows.lowerBound, style: Style(.quiet))
      return
    }
    let count = scene.stage.surroundings.findings.count
    let chosen = panes.findings.chosen(of: count)
    let first = min(max(0, chosen - rows.count / 2), max(0, count - rows.count))
    for (place, row) in zip(first..<count, rows) {
      hits.add(entry: place, row: row, columns: 0..<frame.columns)
      draw(
        scene.stage.surroundings.findings[place], isChosen: place == chosen, into: &frame, row: row, scene)
    }
  }

  private func draw(
    _ finding: Finding, isChosen: Bool, into frame: inout Frame, row: Int, _ scene: borrowing Scene
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
      let name = environmentName(finding.environment, scene, width: 20)
      place = "\(name.isEmpty ? "" : name + "  ")\(text(ofClock: stretch.lowerBound &- scene.stage.origin)) "
    }
    let width = place.columnCount
    if frame.columns < 60 { place = "" }
    let room = frame.columns - 4 - (place.isEmpty ? 0 : width + 1)
    frame.write(
      clipped(finding.words(scene.catalog, parts: frame.columns >= 100 ? 3 : 2), to: room), column: 2,
      row: row,
      style: Style(finding.isBad ? .bad : .strong, on: ground, .bold))
    guard !place.isEmpty else { return }
    frame.write(place, column: frame.columns - width, row: row, style: Style(.quiet, on: ground))
  }
}
