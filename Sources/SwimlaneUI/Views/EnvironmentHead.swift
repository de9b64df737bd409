internal import LambdaLifecycle

extension Viewer {
  /// The row above an environment's lanes, or the labels of its one bar: name, state, and since when.
  func drawHead(
    _ track: borrowing EnvironmentTrack, isExpanded: Bool, into frame: inout Frame, at y: Int,
    _ layout: Layout,
    _ scene: borrowing Scene
  ) {
    let isSelected = track.id == selected
    let state = track.state(at: scene.stage.time, inputEnd: scene.stage.inputEnd)
    let arrow = isExpanded ? painter.glyphs.expanded : painter.glyphs.collapsed
    frame.write("\(arrow)", column: 0, row: y, style: Style(.quiet))
    let limit = layout.labelWidth - 1
    // A group has its function's name already.
    let names =
      list.order == .function ? ownNames(track.id, scene.catalog) : environmentNames(track.id, scene)
    let (name, stateText) = label(
      names, state, title: scene.stage.title(state, of: track), room: limit - 2)
    let sign = state.sign(ascii: painter.glyphs.isASCII)
    var column = frame.write(
      name, column: 2, row: y, style: Style(.strong, on: .screen, isSelected ? [.bold, .reverse] : .bold),
      limit: limit - 2)
    let isOver = state.role == .quiet
    let end = frame.write(
      stateText, column: column + 1, row: y, style: Style(isOver ? .quiet : .text, on: .screen, .bold))
    // The sign has the colour of the phase, the word the contrast of text.
    frame[column + 1, y] = Cell(sign, Style(state.role, on: .screen, .bold))
    column = end
    let length = scene.stage.time &- track.stateBegan(at: scene.stage.time)
    guard state != .unknown, length >= .milliseconds(50) else { return }
    let since = text(ofAge: length)
    if column + since.columnCount + 1 <= limit, state != .gone {
      frame.write(" " + since, column: column, row: y, style: Style(.quiet), limit: limit)
    }
  }

  /// A name and a state that fit beside each other. The sign stays in any case; the function's name is cut before the
  /// state's word is left out, and left out after it.
  private func label(
    _ names: [String], _ state: EnvironmentState, title: String, room: Int
  ) -> (name: String, state: String) {
    let sign = state.sign(ascii: painter.glyphs.isASCII)
    let withFunction = names.count > 1 ? names.dropLast() : names[...]
    for (names, states) in [
      (withFunction, ["\(sign) \(title)", "\(sign) \(state == .unknown ? title : state.shortTitle)"]),
      (names[...], ["\(sign)"]),
    ] {
      for name in names {
        let left = room - name.columnCount - 1
        if let text = states.first(where: { $0.columnCount <= left }) { return (name, text) }
      }
    }
    return (names[names.count - 1], "\(sign)")
  }

  /// Draws a function's name, and how many of its environments are in which state.
  func drawGroup(
    of first: Int, among visible: [Int], into frame: inout Frame, at y: Int, _ layout: Layout,
    _ scene: borrowing Scene
  ) {
    let function = scene.catalog.function(of: scene.timeline.tracks[first].id)
    var counts: [EnvironmentState: Int] = [:]
    var all = 0
    // Those of a function stand together.
    for track in visible.drop(while: { $0 != first }) {
      guard scene.catalog.function(of: scene.timeline.tracks[track].id) == function else { break }
      counts[
        scene.timeline.tracks[track].state(at: scene.stage.time, inputEnd: scene.stage.inputEnd), default: 0] +=
        1
      all += 1
    }
    let name = scene.catalog.text(function)
    var column = frame.write(
      name.isEmpty ? "no function" : name, column: 0, row: y, style: Style(.strong, on: .screen, .underline),
      limit: layout.side.lowerBound)
    var parts = ["\(all) environment\(all == 1 ? "" : "s")"]
    parts += counts.sorted { $0.key.rank < $1.key.rank }.map { state, count in
      "\(state.sign(ascii: painter.glyphs.isASCII)) \(count) \(state.title)"
    }
    column = max(column + 2, layout.labelWidth)
    for part in parts where column + part.columnCount < layout.side.lowerBound {
      column = frame.write(part, column: column, row: y, style: Style(.text)) + 3
    }
  }
}

extension EnvironmentState {
  /// At most eight columns.
  var shortTitle: String {
    switch self {
    case .creating, .invoking, .frozen, .gone, .unknown, .reset, .idle: rawValue
    case .initializing: "init"
    case .restoring: "restore"
    case .publishing: "publish"
    case .resetting: "reset"
    case .shuttingDown: "shutdown"
    }
  }

  /// A sign for those who do not see colours, one column wide.
  func sign(ascii: Bool) -> Unicode.Scalar {
    switch self {
    case .creating: ascii ? "o" : "○"
    case .initializing: ascii ? "@" : "◔"
    case .restoring: ascii ? "<" : "↺"
    case .publishing: ascii ? "^" : "△"
    case .invoking: ascii ? "#" : "●"
    case .frozen: ascii ? "*" : "❄"
    case .idle: ascii ? "~" : "◇"
    case .resetting, .reset: ascii ? "&" : "↯"
    case .shuttingDown: ascii ? "%" : "▚"
    case .gone: ascii ? "0" : "∅"
    case .unknown: "?"
    }
  }

  /// The colour of the state's sign: its phase's.
  var role: Role {
    switch self {
    case .creating: .create
    case .initializing, .publishing: .functionInit
    case .restoring: .restore
    case .invoking: .invoke
    case .frozen, .idle: .frozen
    case .resetting, .shuttingDown: .shutdown
    case .gone, .unknown, .reset: .quiet
    }
  }
}
