/// A lesson in the menu.
package struct LessonEntry: Equatable, Sendable {
  package var title: String
  /// One line on what it teaches.
  package var about: String

  package init(title: String, about: String) {
    self.title = title
    self.about = about
  }
}

/// What ends with a session that another one follows.
package enum Loss: Sendable {
  /// What the learner did, which is in no file.
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
  package var showsMenu: Bool { menu != nil }

  /// Opens the menu of lessons.
  /// - Parameter isFirstScreen: nothing was shown before it.
  package mutating func openMenu(at lesson: Int = 0, isFirstScreen: Bool = false) {
    menu = LessonMenu(chosen: lesson, isFirstScreen: isFirstScreen)
  }

  /// The menu answers a key.
  mutating func handleInMenu(_ key: Key, _ stage: Stage) -> Effect? {
    if key == .interrupt { return .quit }
    let command = KeyTable.command(key)
    if command == .suspend { return .suspend }
    if let lesson = menu?.asked { return answer(command, lesson, stage) }
    switch command {
    case .quit where menu?.isFirstScreen == true: return .quit
    case .quit, .back, .lessons: menu = nil
    default:
      guard let lesson = menu?.handle(command, count: stage.lessons.count) else { return nil }
      guard stage.loss == nil else {
        menu?.asked = lesson
        return nil
      }
      return start(lesson)
    }
    return nil
  }

  /// The learner says whether to go on to a lesson.
  private mutating func answer(_ command: Command?, _ lesson: Int, _ stage: Stage) -> Effect? {
    switch command {
    case .toggle: return start(lesson)
    case .save where stage.loss == .unsaved:
      menu = nil
      saveName = ""
    case .back, .quit, .lessons: menu = nil
    default: break
    }
    return nil
  }

  private mutating func start(_ lesson: Int) -> Effect {
    menu = nil
    return .startLesson(lesson)
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
  mutating func drawMenu(_ menu: LessonMenu, into frame: inout Frame, _ layout: Layout, _ stage: Stage) {
    for row in 1..<layout.footerRow { frame.fill(row: row, from: 0, to: frame.columns, with: .blank) }
    hits.cover(rows: 1..<layout.footerRow, columns: 0..<frame.columns)
    frame.write("Lessons", column: 2, row: 1, style: Style(.strong, on: .screen, .bold))
    let line = StyledText().key("↑").plain(" ").key("↓").plain(" choose  ").key("enter").plain(" starts  ")
      .key("esc").plain(" closes")
    let ascii = StyledText().key("up").plain(" ").key("down").plain(" choose  ").key("enter").plain(
      " starts  "
    ).key("esc").plain(" closes")
    frame.write(painter.glyphs.isASCII ? ascii : line, column: 12, row: 1)
    hits.add(painter.glyphs.isASCII ? ascii : line, column: 12, row: 1)
    if menu.asked != nil, let loss = stage.loss {
      frame.write(question(loss), column: 2, row: 2)
      hits.add(question(loss), column: 2, row: 2)
    }
    let rows = layout.footerRow - 3
    let first = max(0, min(menu.chosen - rows / 2, stage.lessons.count - rows))
    // Two rows for a lesson where there is room: a room's last row reads titles, the lines are for the one at the keys.
    let isWide = frame.columns >= 90
    for (offset, lesson) in stage.lessons.dropFirst(first).prefix(rows).enumerated() {
      let place = first + offset
      let row = 3 + offset
      let isChosen = place == menu.chosen
      hits.add(entry: place, row: row, columns: 0..<frame.columns)
      let style =
        isChosen ? Style(.strong, on: .screen, [.bold, .reverse]) : Style(.strong, on: .screen, .bold)
      let number = place + 1 < 10 ? " \(place + 1)" : "\(place + 1)"
      frame.write(" \(number)  \(lesson.title) ", column: 2, row: row, style: style, limit: frame.columns - 1)
      if isWide {
        frame.write(lesson.about, column: 40, row: row, style: Style(.text), limit: frame.columns - 1)
      }
    }
    if !isWide, stage.lessons.indices.contains(menu.chosen) {
      let lines = wrap(stage.lessons[menu.chosen].about, first: frame.columns - 6, others: frame.columns - 6)
      for (offset, line) in lines.prefix(2).enumerated()
      where 4 + stage.lessons.count + offset < layout.footerRow {
        frame.write(line, column: 3, row: 4 + stage.lessons.count + offset, style: Style(.text))
      }
    }
  }
}
