internal import LambdaLifecycle

extension Viewer {
  /// The first row: where one is, what runs here, and how time passes.
  func drawHeader(into frame: inout Frame, _ scene: borrowing Scene) {
    let stage = scene.stage
    let function = headerSettings(scene)
    frame.fill(row: 0, from: 0, to: frame.columns, with: Cell(" ", Style(.text, on: .bar)))
    let width = { (text: String) in text.columnCount }
    var column = frame.write(" lanes", column: 0, row: 0, style: Style(.strong, on: .bar, .bold))
    // Parts that do not fit whole are left out, the least important first.
    var room = frame.columns - column - 2
    let glyph =
      stage.mode == .paused
      ? painter.glyphs.pause : stage.mode == .reverse ? painter.glyphs.playBack : painter.glyphs.play
    var clock = text(ofClock: stage.time &- stage.origin, precision: precision(stage))
    if stage.lead.hasEnd { clock += " of \(text(ofClock: stage.newest &- stage.origin))" }
    let waiting = stage.waitingEvents > 0 ? ", \(grouped(stage.waitingEvents)) new" : ""
    var mode = "\(glyph) \(stage.mode.rawValue)\(waiting) "
    // Where a lesson holds the clock there is no speed to show, and where nothing can happen only one that
    // was chosen.
    let stands =
      stage.wayOn == .request && stage.speed == 1 || stage.lesson?.course == .holding && stage.mode == .paused
    let speed = stands ? " " : speedText(stage.speed) + "  "
    room -= width(mode) + width(speed) + width(clock)
    let separator = " \(painter.glyphs.dot) "
    let gaps = (selected.map { scene.timeline.source(of: $0) } ?? scene.catalog.sources[0].kind).blindSpots
      .note
    let note = gaps.isEmpty ? "" : "  \(painter.glyphs.dot) \(gaps)"
    let choices = (function?.choices ?? []).filter { !$0.isEmpty }.map {
      "  " + $0.joined(separator: separator)
    }
    var title = "  \(stage.surroundings.title)"
    // The function's limit on concurrency matters more than the title, and the title more than its other settings;
    // the gaps in what the source reports matter more than these, too.
    // Of a recording nothing can be set, and in a lesson its name says where one is.
    let hasLimit =
      function?.concurrency.isEmpty == false && !stage.lead.hasEnd && stage.lesson == nil
    let least = hasLimit ? choices.last.map(width) ?? 0 : 0
    // The key that goes on matters more than settings and less than the title.
    let wayOn = stage.wayOn.map { separator.dropFirst() + $0.words + " " } ?? ""
    let isTitleLost = width(title) + least > room && stage.surroundings.details.isEmpty
    if (isTitleLost ? 0 : width(title)) + width(wayOn) + least <= room {
      mode += wayOn
      room -= width(wayOn)
    }
    if width(title) + least > room, least <= room || width(title) > room {
      // The name of what runs here is not to be lost sight of: it may be somebody's real account.
      title = stage.surroundings.details.isEmpty || room < 24 ? "" : "  " + clipped(title, to: room - 2)
    }
    room -= width(title)
    // Details of what was taken here matter more than settings, but for the function's name.
    let details = title.isEmpty ? [] : stage.surroundings.details
    let settings = function.map { ([$0.name] + $0.concurrency).joined(separator: separator) } ?? ""
    let name = settings.isEmpty ? 0 : width("  " + settings)
    let told = (0...details.count).reversed().map { details.prefix($0).map { separator + $0 }.joined() }
    let detail = told.first { width($0) + name <= room } ?? ""
    title += detail
    room -= width(detail)
    let shown = choices.first { width($0) + width(note) <= room } ?? choices.first { width($0) <= room } ?? ""
    column = frame.write(title, column: column, row: 0, style: Style(.text, on: .bar))
    if width(note) + width(shown) <= room {
      frame.write(note, column: column, row: 0, style: Style(.quiet, on: .bar))
    }
    column = frame.columns - 1 - width(mode) - width(speed) - width(clock) - width(shown)
    column = frame.write(mode, column: column, row: 0, style: Style(.strong, on: .bar, .bold))
    column = frame.write(speed, column: column, row: 0, style: Style(.quiet, on: .bar))
    column = frame.write(clock, column: column, row: 0, style: Style(.strong, on: .bar, .bold))
    frame.write(shown, column: column, row: 0, style: Style(.text, on: .bar))
  }

  /// The settings of the selected environment's function; nil where no function is known.
  private func headerSettings(_ scene: borrowing Scene) -> HeaderSettings? {
    let catalog = scene.catalog
    guard let function = selected.map({ catalog.function(of: $0) }) ?? scene.stage.function else {
      return nil
    }
    let description = scene.timeline.description(of: function, at: scene.stage.time)
    return HeaderSettings(
      catalog.text(function), description, of: scene.timeline.functions.count, catalog,
      idleTimeout: scene.stage.lead.canSetIdleTimeout ? description?.idleTimeout : nil)
  }

  /// The precision of a moment: as exact as the zoom shows it, while the picture stands still.
  func precision(_ stage: Stage) -> Nanoseconds {
    switch stage.mode {
    case .paused, .ended: viewport.perCell
    case .live, .forked, .replay, .reverse, .slowMotion, .fastForward: .milliseconds(100)
    }
  }

  private func speedText(_ speed: Double) -> String {
    let multiply = painter.glyphs.isASCII ? "x" : "×"
    if speed >= 1 { return "\(Int(speed))\(multiply)" }
    let places = speed < 0.095 ? 2 : 1
    return "\(decimal(Int64(speed * 1_000 + 0.5), unit: 1_000, places: places))\(multiply)"
  }
}
