internal import LambdaLifecycle

// The findings in a recording, a line each; enter goes there.

extension Viewer {
  /// The findings can be seen: the keys that choose and enter are theirs.
  var readsFindings: Bool { pane == .findings && !isBig }

  /// Answers a key that is theirs; nil for others.
  mutating func handleInFindings(
    _ command: Command, _ scene: borrowing Scene
  ) -> Effect?? {
    guard readsFindings, !scene.stage.surroundings.findings.isEmpty else { return nil }
    switch command {
    case .previousEnvironment: chooseFinding(-1, scene.stage)
    case .nextEnvironment: chooseFinding(1, scene.stage)
    case .toggle: return .some(goToFinding(scene))
    default: return nil
    }
    return .some(nil)
  }

  /// The title in the rule above them.
  func findingsTitle(_ stage: Stage) -> String {
    let count = stage.findingsLeftOut
    return titled("findings") + (count > 0 ? ", \(grouped(count)) of no environment left out" : "")
  }

  private mutating func chooseFinding(_ step: Int, _ stage: Stage) {
    finding = min(max(0, finding + step), stage.surroundings.findings.count - 1)
  }

  /// Looks at the worst of what is chosen, and zooms so that it fills a good part of the picture.
  mutating func goToFinding(_ scene: borrowing Scene) -> Effect {
    let chosen = scene.stage.surroundings.findings[min(finding, scene.stage.surroundings.findings.count - 1)]
    guard let stretch = chosen.stretch else { return .tell("there is no moment that it belongs to") }
    if scene.timeline.track(chosen.environment) != nil {
      selection.choose(chosen.environment)
      opened.set(chosen.environment, isOpen: true)
    }
    let length = stretch.upperBound &- stretch.lowerBound
    camera.show(max(length * 2, .milliseconds(10)), isChosen: true)
    return moveTime(.jump(stretch.upperBound, chosen.words(scene.catalog, parts: 3)))
  }

  mutating func drawFindings(
    into frame: inout Frame, _ rows: Range<Int>, _ scene: borrowing Scene
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
    finding = min(finding, scene.stage.surroundings.findings.count - 1)
    let first = min(
      max(0, finding - rows.count / 2), max(0, scene.stage.surroundings.findings.count - rows.count))
    for (place, row) in zip(first..<scene.stage.surroundings.findings.count, rows) {
      hits.add(entry: place, row: row, columns: 0..<frame.columns)
      draw(
        scene.stage.surroundings.findings[place], isChosen: place == finding, into: &frame, row: row, scene)
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
