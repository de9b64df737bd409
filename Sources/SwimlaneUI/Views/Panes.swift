internal import LambdaLifecycle

extension Viewer {
  /// A line of the pane below the lanes; the first one is its heading.
  struct PaneLine {
    var text: String
    var heading = ""
    var role = Role.text
    /// Columns of its text are aligned: it is cut, not broken.
    var isAligned = false
  }

  /// The text of the pane that is open.
  func paneText(_ timeline: borrowing Timeline, _ catalog: Catalog, _ stage: Stage) -> [PaneLine] {
    if pane == .events { return eventLines(stage) }
    guard let selected, let track = timeline.track(selected) else { return [] }
    let name = environmentName(selected, timeline, catalog)
    if pane == .details { return detailLines(track, name, timeline, catalog, stage) }
    let (state, text) = explanation(of: track, name: name, catalog: catalog, timeline: timeline, stage: stage)
    let note = RequestNote(timeline, catalog, at: stage.time)
    // Where nobody said that it is frozen, it is idle for all we know.
    let isInferred = state == .frozen && track[.frozen].open(at: stage.time) == 0
    let phrase = isInferred ? "is idle" : state.phrase
    var lines = text.map { PaneLine(text: $0) }
    if let first = lines.first {
      lines[0] = PaneLine(text: first.text, heading: "\(name) \(phrase).", role: .text)
    }
    if let note {
      // What is newer comes first; a small screen has no room for more than the first sentence beside it.
      let isNewer = note.time >= track.stateBegan(at: stage.time)
      lines.insert(PaneLine(text: note.text), at: isNewer ? 0 : min(1, lines.count))
    }
    let details = timeline.capabilities.details
    if !details.isEmpty { lines.append(PaneLine(text: details, role: .quiet)) }
    return lines
  }

  private func eventLines(_ stage: Stage) -> [PaneLine] {
    let lines = stage.recent.suffix(9).map { PaneLine(text: $0, role: .quiet, isAligned: true) }
    return lines.isEmpty ? [PaneLine(text: "No event yet.", heading: "events")] : lines
  }

  /// What is known of the selected environment.
  private func detailLines(
    _ track: EnvironmentTrack, _ name: String, _ timeline: borrowing Timeline, _ catalog: Catalog,
    _ stage: Stage
  ) -> [PaneLine] {
    let time = stage.time
    let dot = " \(painter.glyphs.dot) "
    let count = track.invocationCount(upTo: time)
    var lines = [
      PaneLine(
        text:
          "created \(text(ofClock: track.created &- stage.origin))\(dot)\(count) invocation\(count == 1 ? "" : "s")",
        heading: name)
    ]
    let rows = track.rows.prefix(track.rowCount(upTo: time))
    let parts = rows.filter { $0.phase.isInit && $0.extensionName == .none && $0.end <= time }.suffix(3)
    if !parts.isEmpty {
      let sum = parts.map { "\($0.phase.title) \(text(ofLength: $0.end &- $0.start))" }.joined(
        separator: " + ")
      lines.append(PaneLine(text: "init: " + sum))
    }
    if let row = rows.last(where: { $0.phase == .restore && $0.end <= time }) {
      lines.append(PaneLine(text: "restore from a snapshot \(text(ofLength: row.end &- row.start))"))
    }
    if let (_, report) = track.initReports.last(where: { $0.time <= time }) {
      lines.append(PaneLine(text: words(report, catalog).joined(separator: dot)))
    }
    if let row = rows.last(where: { $0.phase == .invoke && $0.end <= time }) {
      var text = "last invoke \(text(ofLength: row.end &- row.start))"
      if row.request >= 0 {
        let request = timeline.requests[Int(row.request)]
        let number = timeline.attemptNumber(of: Int(row.request))
        if number > 1 { text += "\(dot)attempt \(number)" }
        if let wait = request.wait { text += "\(dot)the caller waited \(SwimlaneUI.text(ofLength: wait))" }
        if request.billedMs >= 0 { text += "\(dot)billed \(request.billedMs) ms" }
        text += "\(dot)\(catalog.text(request.id))"
      }
      lines.append(PaneLine(text: text))
    }
    var states: [Name: ExtensionState] = [:]
    for entry in track.extensionStates where entry.time <= time { states[entry.name] = entry.state }
    let extensions = states.map { "\(catalog.text($0.key)) \($0.value.wireName)" }.sorted()
    if !extensions.isEmpty { lines.append(PaneLine(text: "extension " + extensions.joined(separator: dot))) }
    return lines
  }

  /// An init report, in parts.
  private func words(_ report: InitReport, _ catalog: Catalog) -> [String] {
    var parts = ["init report"]
    if report.initializationType != .unknown { parts.append(report.initializationType.wireName) }
    if report.isSuppressed { parts.append("inside the invocation") }
    if report.outcome != .none { parts.append(report.outcome.wireName) }
    if report.errorType != .none { parts.append(catalog.text(report.errorType)) }
    if report.duration >= 0 { parts.append(text(ofLength: report.duration)) }
    if report.billedMs > 0 { parts.append("billed \(report.billedMs) ms") }
    return parts
  }

  /// The lines of a pane broken to the width of the screen; what goes on is indented.
  func wrapped(_ lines: [PaneLine], columns: Int) -> [PaneLine] {
    lines.flatMap { line in
      if line.isAligned { return [line] }
      let heading = line.heading.isEmpty ? 0 : line.heading.unicodeScalars.count + 1
      let parts = wrap(line.text, first: columns - heading - 2, others: columns - 4)
      return parts.enumerated().map { index, part in
        PaneLine(
          text: index == 0 ? part : "  " + part, heading: index == 0 ? line.heading : "", role: line.role)
      }
    }
  }

  /// Draws the pane below a rule.
  func drawPane(_ lines: [PaneLine], into frame: inout Frame, _ layout: Layout) {
    guard layout.pane.count > 1 else { return }
    frame.fill(
      row: layout.pane.lowerBound, from: 0, to: frame.columns, with: Cell(painter.glyphs.rule, Style(.rule))
    )
    // Of events the newest count, of other texts the first.
    let room = layout.pane.count - 1
    // For a projector the text has a blank line above and below where there is room.
    let gap = isBig && room >= lines.count + 2 ? 1 : 0
    for (offset, line) in (pane == .events ? lines.suffix(room) : lines.prefix(room)).enumerated() {
      let row = layout.pane.lowerBound + 1 + gap + offset
      var column = 1
      if !line.heading.isEmpty {
        column =
          frame.write(line.heading, column: column, row: row, style: Style(.strong, on: .screen, .bold)) + 1
      }
      frame.write(
        line.text, column: column, row: row, style: Style(isBig && line.role == .text ? .strong : line.role))
    }
  }
}

/// Breaks a text between words.
func wrap(_ text: String, first: Int, others: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    let width = lines.isEmpty ? first : others
    if !line.isEmpty, line.unicodeScalars.count + 1 + word.unicodeScalars.count > width {
      lines.append(line)
      line = ""
    }
    line += line.isEmpty ? String(word) : " " + word
  }
  lines.append(line)
  return lines
}

extension EnvironmentState {
  /// As a predicate: "env-1 is frozen."
  var phrase: String {
    switch self {
    case .creating: "is being created"
    case .initializing: "is initializing"
    case .restoring: "is being restored"
    case .publishing: "publishes a version"
    case .idle: "is idle"
    case .invoking: "is invoking"
    case .frozen: "is frozen"
    case .resetting: "is being reset"
    case .reset: "waits after a reset"
    case .shuttingDown: "is shutting down"
    case .gone: "is gone"
    case .unknown: "is in an unknown state"
    }
  }
}
