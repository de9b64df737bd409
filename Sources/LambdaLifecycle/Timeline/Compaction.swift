extension Array {
  /// Keeps some of its elements, in place and in their order.
  /// - Parameter stays: of the place of an element, and of the element.
  /// - Returns: the new place of each, -1 where it is gone.
  mutating func compact(_ stays: (Int, Element) -> Bool) -> [Int32] {
    var kept = 0
    var places = [Int32](repeating: -1, count: count)
    for place in indices where stays(place, self[place]) {
      places[place] = Int32(kept)
      if kept < place { self[kept] = self[place] }
      kept += 1
    }
    removeLast(count - kept)
    return places
  }
}
