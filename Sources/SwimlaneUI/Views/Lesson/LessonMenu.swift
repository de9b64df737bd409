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

/// The menu of lessons while it is open.
struct LessonMenu: Sendable {
  var chosen = 0

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
  package mutating func openMenu(at lesson: Int = 0) { menu = LessonMenu(chosen: lesson) }

  /// The menu answers a key.
  mutating func handleInMenu(_ command: Command?, _ stage: Stage) -> Effect? {
    switch command {
    case .quit: return .quit
    case .suspend: return .suspend
    case .back, .lessons: menu = nil
    default:
      guard let lesson = menu?.handle(command, count: stage.lessons.count) else { return nil }
      menu = nil
      return .startLesson(lesson)
    }
    return nil
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
