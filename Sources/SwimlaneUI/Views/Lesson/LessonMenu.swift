/// A lesson in the menu.
package struct LessonEntry: Equatable, Sendable {
  package var title: String
  /// One line on what it teaches.
  package var about: String
  /// Somebody has gone through it to its end.
  package var isFinished = false

  package init(title: String, about: String) {
    self.title = title
    self.about = about
  }
}

/// A thing that is lost when another session follows this one.
package enum Loss: Sendable {
  /// The learner's actions, which are in no file.
  case unsaved
  /// The recording that is being written.
  case recording
}

/// The menu of lessons while it is open.
struct LessonMenu: Sendable {
  var chosen = 0
  /// There is nothing to go back to: to leave it is to quit.
  var isFirstScreen = false
  /// The lesson that was chosen, while the learner is asked whether to lose something for it.
  var asked: Int?

  /// - Returns: the lesson to start, or nil.
  mutating func handle(_ command: Command?, count: Int) -> Int? {
    switch command {
    case .nextEnvironment, .pageDown: chosen = min(chosen + 1, count - 1)
    case .previousEnvironment, .pageUp: chosen = max(chosen - 1, 0)
    case .start: chosen = 0
    case .end: chosen = count - 1
    case .toggle: return chosen
    default: break
    }
    return nil
  }
}

extension Viewer {
  /// The menu of lessons is open.
  package var showsMenu: Bool { if case .menu = overlay { true } else { false } }

  /// Opens the menu of lessons.
  /// - Parameters:
  ///   - lesson: the place of the one that is chosen; nil for the first.
  ///   - isFirstScreen: nothing was shown before it.
  package mutating func openMenu(at lesson: Int? = nil, isFirstScreen: Bool = false) {
    overlay = .menu(LessonMenu(chosen: lesson ?? 0, isFirstScreen: isFirstScreen))
  }

  /// Answers a key while the menu is open.
  mutating func answer(_ key: Key, in menu: LessonMenu, _ stage: Stage) -> Answer {
    let command = KeyTable.command(key)
    if let lesson = menu.asked { return answer(command, lesson, stage) }
    switch command {
    case .quit where menu.isFirstScreen: return .program(.quit)
    case .quit, .back, .lessons:
      overlay = nil
      return .handled
    default: break
    }
    var menu = menu
    let lesson = menu.handle(command, count: stage.surroundings.lessons.count)
    if let lesson, stage.loss == nil { return start(lesson) }
    menu.asked = lesson
    overlay = .menu(menu)
    return .handled
  }

  /// Answers whether to go on to a lesson.
  private mutating func answer(_ command: Command?, _ lesson: Int, _ stage: Stage) -> Answer {
    switch command {
    case .toggle: return start(lesson)
    case .save where stage.loss == .unsaved: overlay = .prompt(Prompt(.save))
    case .back, .quit, .lessons: overlay = nil
    default: break
    }
    return .handled
  }

  private mutating func start(_ lesson: Int) -> Answer {
    overlay = nil
    return .program(.startLesson(lesson))
  }

  private func question(_ loss: Loss) -> StyledText {
    switch loss {
    case .unsaved:
      StyledText().strong("This session is not saved:  ").key("enter").plain(" goes on  ").key("w").plain(
        " saves it  "
      ).key("esc").plain(" stays")
    case .recording:
      StyledText().strong("The recording ends with this session:  ").key("enter").plain(" goes on  ").key(
        "esc"
      ).plain(" stays")
    }
  }

  /// The lessons with a line each, over everything else.
  func drawMenu(
    _ menu: LessonMenu, into frame: inout Frame, _ hits: inout HitMap, _ layout: Layout, _ stage: Stage
  ) {
    for row in 1..<layout.footerRow { frame.fill(row: row, from: 0, to: frame.columns, with: .blank) }
    hits.cover(rows: 1..<layout.footerRow, columns: 0..<frame.columns)
    frame.write("Lessons", column: 2, row: 1, style: Style(.strong, on: .screen, .bold))
    let finished = stage.surroundings.lessons.count { $0.isFinished }
    if finished > 0 {
      let count = "\(painter.glyphs.finished) \(finished) of \(stage.surroundings.lessons.count) finished"
      frame.write(count, column: 11, row: 1, style: Style(.quiet))
    }
    if menu.asked != nil, let loss = stage.loss {
      frame.write(question(loss), column: 2, row: 2)
      hits.add(question(loss), column: 2, row: 2)
    }
    let rows = layout.footerRow - 3
    let first = max(0, min(menu.chosen - rows / 2, stage.surroundings.lessons.count - rows))
    let titleWidth = stage.surroundings.lessons.map { $0.title.columnCount }.max() ?? 0
    for (offset, lesson) in stage.surroundings.lessons.dropFirst(first).prefix(rows).enumerated() {
      let place = first + offset
      let row = 3 + offset
      hits.add(entry: place, row: row, columns: 0..<frame.columns)
      let style = Style(.strong, on: .screen, place == menu.chosen ? [.bold, .reverse] : .bold)
      let number = place + 1 < 10 ? " \(place + 1)" : "\(place + 1)"
      let title = clipped(lesson.title, to: frame.columns - 9)
      frame.write(" \(number)  \(title) ", column: 2, row: row, style: style)
      if lesson.isFinished {
        frame.write(painter.glyphs.finished, column: 1, row: row, style: Style(.strong, on: .screen, .bold))
      }
      let column = 9 + titleWidth
      // Less than a few words say nothing.
      if frame.columns - column >= 24 {
        frame.write(
          clipped(lesson.about, to: frame.columns - column - 1), column: column, row: row, style: Style(.text)
        )
      }
    }
    drawChosen(menu, below: 4 + min(rows, stage.surroundings.lessons.count), into: &frame, layout, stage)
  }

  /// The whole sentence of the lesson that is chosen, where there is room below the list.
  private func drawChosen(
    _ menu: LessonMenu, below row: Int, into frame: inout Frame, _ layout: Layout, _ stage: Stage
  ) {
    guard stage.surroundings.lessons.indices.contains(menu.chosen) else { return }
    let width = frame.columns - 6
    let lines = wrap(stage.surroundings.lessons[menu.chosen].about, first: width, others: width)
    guard row + lines.count <= layout.footerRow else { return }
    for (offset, line) in lines.enumerated() {
      frame.write(line, column: 3, row: row + offset, style: Style(.strong))
    }
  }
}

extension GlyphSet {
  /// Before a lesson that somebody has gone through.
  fileprivate var finished: String { isASCII ? "x" : "\u{2713}" }
}
