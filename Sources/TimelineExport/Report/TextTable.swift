internal import SwimlaneUI

/// Cells in columns as wide as they need to be.
struct TextTable {
  private var rows: [[String]] = []
  private let right: Set<Int>

  /// - Parameter right: columns whose cells end at the same place, as numbers do.
  init(right: Set<Int>) { self.right = right }

  mutating func add(_ cells: [String]) { rows.append(cells) }

  func text() -> String {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].columnCount : 0 }.max() ?? 0
    }
    return rows.map { cells in
      var line = cells.enumerated().map { column, cell in
        let room = String(repeating: " ", count: widths[column] - cell.columnCount)
        return right.contains(column) ? room + cell : cell + room
      }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
