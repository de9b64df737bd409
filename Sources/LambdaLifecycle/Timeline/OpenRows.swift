// What is open in a track. Methods of the timeline, because one of `tracks[index]` would first copy the track, which
// takes longer than the answer.

extension Timeline {
  /// Index of the open row of that kind.
  /// - Parameter request: nil for that of any.
  func openRow(_ phase: Phase, request: Int32?, extensionName: Name, _ index: Int) -> Int? {
    var place = tracks[index].openRows.count
    while place > 0 {
      place -= 1
      let open = Int(tracks[index].openRows[place])
      let row = tracks[index].rows[open]
      if row.phase == phase, row.extensionName == extensionName, request == nil || row.request == request {
        return open
      }
    }
    return nil
  }

  /// Init is not over before these have asked for their first event.
  func waitsForExtension(_ index: Int) -> Bool {
    for place in 0..<tracks[index].openRows.count {
      let row = tracks[index].rows[Int(tracks[index].openRows[place])]
      if row.phase == .extensionInit, row.extensionName != .none { return true }
    }
    return false
  }
}
