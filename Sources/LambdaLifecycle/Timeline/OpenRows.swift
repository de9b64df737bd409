// The open rows of a track. Mutating, because a method that only reads a track may first be given a copy of
// it, which takes longer than the answer.

extension EnvironmentTrack {
  /// Index of the open row of that kind.
  /// - Parameter request: nil for that of any.
  mutating func openRow(_ phase: Phase, request: Int32?, extensionName: Name) -> Int? {
    var place = openRows.count
    while place > 0 {
      place -= 1
      let open = Int(openRows[place])
      let row = rows[open]
      if row.phase == phase, row.extensionName == extensionName, request == nil || row.request == request {
        return open
      }
    }
    return nil
  }

  /// Init is not over before these have asked for their first event.
  mutating func waitsForExtension() -> Bool {
    for place in 0..<openRows.count {
      let row = rows[Int(openRows[place])]
      if row.phase == .extensionInit, row.extensionName != .none { return true }
    }
    return false
  }
}
