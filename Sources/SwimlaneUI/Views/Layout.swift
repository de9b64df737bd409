/// Where the parts of the screen are, for a size.
struct Layout: Equatable {
  var columns: Int
  var rows: Int
  /// Columns of the labels at the left.
  var labelWidth: Int
  /// First row and number of rows of the environments.
  var environments: Range<Int>
  /// What a lesson says; empty without one.
  var lesson: Range<Int>
  /// Columns at the right for the functions' source; empty where there is none or no room.
  var side: Range<Int>
  /// The pane that says what is happening; empty when there is no room.
  var pane: Range<Int>
  var statisticsRow: Int?
  var footerRow: Int

  /// Below this, one line says that there is no room.
  static let minimum = (columns: 40, rows: 10)

  static func fits(columns: Int, rows: Int) -> Bool { columns >= minimum.columns && rows >= minimum.rows }

  init(columns: Int, rows: Int, paneLines: Int, isLesson: Bool = false, hasSource: Bool = false) {
    self.columns = columns
    self.rows = rows
    labelWidth = columns >= 100 ? 28 : columns >= 70 ? 24 : 17
    footerRow = rows - 1
    // Header, request row, axis above; statistics and footer below.
    let top = 3
    statisticsRow = rows - 2
    let free = rows - 2 - top
    // A large screen keeps the pane's height, so that the lanes do not jump with every sentence.
    let most = free >= 26 ? 7 : free >= 16 ? 5 : free >= 11 ? 4 : free >= 8 ? 2 : 0
    let wanted = free >= 16 ? most : min(paneLines + 1, most)
    // A lesson takes the pane's place where there is not room for both.
    let told = isLesson ? min(free >= 26 ? 7 : free >= 11 ? 6 : 4, free) : 0
    let shown = isLesson && free < 30 ? 0 : wanted
    pane = (rows - 2 - shown)..<(rows - 2)
    lesson = (pane.lowerBound - told)..<pane.lowerBound
    environments = top..<lesson.lowerBound
    let sideWidth = hasSource && columns >= 110 ? Viewer.sourceWidth : 0
    side = (columns - sideWidth)..<columns
  }

  var timeColumns: Int { max(1, side.lowerBound - labelWidth) }
}
