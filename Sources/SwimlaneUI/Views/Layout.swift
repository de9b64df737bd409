/// How many rows a section below the lanes takes, the rule above it included.
struct SectionHeight: Equatable {
  /// Below this it is not worth its room; the lanes give way to it.
  var minimum: Int
  /// The rows that it takes of the room that the lanes leave.
  var wanted: Int
}

/// Where the parts of the screen are, for a size.
struct Layout: Equatable {
  var columns: Int
  var rows: Int
  /// Columns of the labels at the left.
  var labelWidth: Int
  /// Rows above the environments on how many of them are in which state; empty where they are few.
  var band: Range<Int>
  /// First row and number of rows of the environments.
  var environments: Range<Int>
  /// The sections below them, from top to bottom; a rule stands in the first row of each. Empty without room.
  var sections: [Range<Int>]
  /// Columns at the right for the functions' source; empty where there is none or no room.
  var side: Range<Int>
  /// Below the environments, a recording as a whole; nil without room or where there is none.
  var overviewRow: Int?
  var statisticsRow: Int?
  var footerRow: Int

  /// Below this, one line says that there is no room.
  static let minimum = (columns: 40, rows: 10)

  /// From so many columns on, the functions' source has room beside the lanes.
  static let columnsForSource = 110

  static func fits(columns: Int, rows: Int) -> Bool { columns >= minimum.columns && rows >= minimum.rows }

  /// Header, request row and axis above the environments.
  private static let top = 3

  /// Rows that environments and sections share: statistics and footer stand below them.
  static func freeRows(_ rows: Int) -> Int { rows - 2 - top }

  /// The decisions that depend on the width alone.
  struct Sides: Equatable {
    var columns: Int
    /// Columns of the labels at the left.
    var labelWidth: Int
    /// Columns at the right for source.
    var side: Range<Int>

    /// - Parameters:
    ///   - hasSource: there is source to be shown beside the lanes.
    ///   - hasFunctions: there are several functions, whose names stand in the labels.
    init(columns: Int, hasSource: Bool = false, hasFunctions: Bool = false) {
      self.columns = columns
      labelWidth =
        columns >= 100 ? 28 : columns >= 70 ? hasFunctions ? 27 : 24 : hasFunctions ? 20 : 17
      let sideWidth = hasSource && columns >= Layout.columnsForSource ? Viewer.sourceWidth : 0
      side = (columns - sideWidth)..<columns
    }

    /// Columns of the picture.
    var timeColumns: Int { max(1, side.lowerBound - labelWidth) }
  }

  /// - Parameters:
  ///   - lanes: rows that the environments would fill, with fewer and fewer of them expanded.
  ///   - sections: from top to bottom; the first ones have priority.
  ///   - bandHeight: rows above the environments that are not theirs.
  init(
    _ sides: Sides, rows: Int, lanes: [Int], sections: [SectionHeight], hasOverview: Bool = false,
    bandHeight: Int = 0
  ) {
    columns = sides.columns
    labelWidth = sides.labelWidth
    side = sides.side
    self.rows = rows
    footerRow = rows - 1
    statisticsRow = rows - 2
    band = Self.top..<Self.top + bandHeight
    let top = band.upperBound
    let free = Self.freeRows(rows) - bandHeight
    let kept = free >= 16 ? min(8, max(1, lanes.last ?? 8)) : free >= 8 ? 2 : 1
    var left = free
    var heights = sections.map { section in
      let height = min(section.minimum, left - kept)
      guard height > 1 else { return 0 }
      left -= height
      return height
    }
    let overview = hasOverview && free >= 8 ? 1 : 0
    let needed = max(kept, lanes.map { $0 + overview }.first { $0 <= left } ?? left)
    for index in heights.indices where heights[index] > 0 {
      let more = max(0, min(sections[index].wanted - heights[index], left - needed))
      heights[index] += more
      left -= more
    }
    environments = top..<top + left - overview
    overviewRow = overview > 0 ? environments.upperBound : nil
    var row = top + left
    self.sections = heights.map { height in
      defer { row += height }
      return row..<row + height
    }
  }

  var timeColumns: Int { max(1, side.lowerBound - labelWidth) }
}
