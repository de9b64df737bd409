internal import LambdaLifecycle

extension Viewer {
  /// A line of a section below the lanes.
  struct PaneLine {
    var text: String
    var heading = ""
    var headingRole = Role.strong
    var role = Role.text
  }

  /// Lines on what is happening to the selected environment, and why.
  func whyLines(_ scene: borrowing Scene) -> [PaneLine] {
    guard let selected, let track = scene.timeline.track(selected) else { return [] }
    let name = environmentName(selected, scene)
    let (state, text) = explanation(
      of: track, name: name, catalog: scene.catalog, timeline: scene.timeline, stage: scene.stage)
    let note = RequestNote(scene.timeline, scene.catalog, at: scene.stage.time)
    // Where nobody said that it is frozen, it is idle for all we know.
    let isInferred = state == .frozen && !track.isSaidFrozen(at: scene.stage.time)
    let phrase = isInferred ? "is idle" : scene.stage.phrase(state, of: track)
    var lines = text.map { PaneLine(text: $0) }
    if let first = lines.first {
      lines[0] = PaneLine(text: first.text, heading: "\(name) \(phrase).", role: .text)
    }
    if let note {
      // The newer one comes first; a small screen has no room for more than the first sentence beside it.
      let isNewer = note.time >= track.stateBegan(at: scene.stage.time)
      lines.insert(PaneLine(text: note.text), at: isNewer ? 0 : min(1, lines.count))
    }
    let details = track.source.blindSpots.details
    if !details.isEmpty { lines.append(PaneLine(text: details, role: .quiet)) }
    return lines
  }

  /// The lines of a pane broken to the width of the screen; continued lines are indented.
  func wrapped(_ lines: [PaneLine], columns: Int) -> [PaneLine] {
    lines.flatMap { line in
      let heading = line.heading.isEmpty ? 0 : line.heading.columnCount + 1
      let parts = wrap(line.text, first: columns - heading - 2, others: columns - 4)
      return parts.enumerated().map { index, part in
        PaneLine(
          text: index == 0 ? part : "  " + part, heading: index == 0 ? line.heading : "",
          headingRole: line.headingRole, role: line.role)
      }
    }
  }
}

/// Breaks between parts, and within one between words only where it is longer than a line.
func wrap(parts: [String], joined separator: String, width: Int) -> [String] {
  var lines: [String] = []
  for part in parts {
    if let last = lines.last, (last + separator + part).columnCount <= width {
      lines[lines.count - 1] = last + separator + part
    } else {
      lines += wrap(part, first: width, others: width)
    }
  }
  return lines
}

extension Viewer {
  /// A text that is cut between words if it is too long, with a sign that it goes on.
  func clipped(_ text: String, to width: Int) -> String {
    guard text.columnCount > width else { return text }
    let end = painter.glyphs.isASCII ? ".." : "…"
    let room = width - end.columnCount
    let first = wrap(text, first: room, others: room)[0]
    // A single word that is too long is cut where it has to be.
    return first.prefix(columns: max(0, room)) + end
  }
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
