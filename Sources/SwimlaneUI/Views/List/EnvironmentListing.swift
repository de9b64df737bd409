/// How the environments are listed: in which order, which are open, and how far the list is scrolled.
struct EnvironmentListing: Sendable {
  private(set) var order = EnvironmentOrder.age
  /// Environments that the user has opened or closed.
  var opened = OpenEnvironments()
  /// Rows of the list above those in sight.
  private(set) var scroll = 0
  /// The wheel has moved the list: the selected environment need not be in sight.
  private var isFree = false

  /// Goes on to the next order.
  mutating func sort() { order = order.next }

  /// Moves the list, whatever is selected.
  mutating func scroll(by rows: Int) {
    scroll += rows
    isFree = true
  }

  /// The selected environment is to be in sight again.
  mutating func keepSelectedInSight() { isFree = false }

  /// Scrolls so far that the selected rows are in sight, their first one before their last.
  mutating func scroll(
    to selected: Range<Int>, of rows: [EnvironmentRow], _ thickness: RowThickness, room: Int
  ) {
    /// The first row of as many as there is room for, up to `last`.
    func first(upTo last: Int) -> Int {
      var (first, height) = (last, 0)
      while first > 0, height + rows[first - 1].height(thickness) <= room {
        first -= 1
        height += rows[first].height(thickness)
      }
      return first
    }
    if !isFree {
      scroll = max(scroll, first(upTo: selected.upperBound))
      scroll = min(scroll, selected.lowerBound)
    }
    scroll = max(0, min(scroll, first(upTo: rows.count)))
  }
}
