// An init that its source does not divide, divided where the function says that its own part begins.

extension Timeline {
  /// What of init lies before `time` was not function init, what lies after it is.
  /// - Parameter isInferred: that it was in this environment is concluded.
  /// - Returns: whether there is an init that could be divided there, or is already.
  mutating func divideInit(at time: Timestamp, isInferred: Bool, _ index: Int) -> Bool {
    guard let last = tracks[index].lastRow(at: time) else { return false }
    let whole = tracks[index].rows[last]
    guard whole.end >= time else { return false }
    if whole.phase == .functionInit {
      // Several processes of a Managed Instance say it, each for itself: the first one counts.
      if tracks[index].source == .emulator, !isInferred { moveDivision(to: time, at: last, index) }
      return true
    }
    if whole.phase == .runtimeInit, whole.divisionIsInferred {
      if !isInferred { moveDivision(to: time, at: last + 1, index) }
      return true
    }
    guard whole.phase == .initialization, whole.start < time else { return false }
    let isOpen = tracks[index].openRows.contains(Int32(last))
    tracks[index].openRows.removeAll { $0 == last }
    tracks[index][.initialization].starts.remove(whole.start)
    if whole.end != .never { tracks[index][.initialization].ends.remove(whole.end) }

    var before = SpanRow(
      phase: tracks[index].source.tellsExtensionInit ? .runtimeInit : .initialization, start: whole.start,
      end: time,
      request: whole.request)
    before.outcome = .success
    before.divisionIsInferred = isInferred
    tracks[index].rows[last] = before
    tracks[index].insertStart(before)
    tracks[index].insertEnd(before)

    // It was under way from its begin on.
    activity.add(whole.start, time)
    var after = whole
    after.phase = .functionInit
    after.start = time
    after.divisionIsInferred = isInferred
    let place = tracks[index].insert(after)
    tracks[index].insertStart(after)
    if isOpen { tracks[index].openRows.append(Int32(place)) }
    if whole.end != .never { tracks[index].insertEnd(after) }
    return true
  }

  /// The emulator has seen the function's file being opened, the function itself knows better when its code begins.
  /// - Parameter place: of function init.
  private mutating func moveDivision(to time: Timestamp, at place: Int, _ index: Int) {
    guard place > 0, place < tracks[index].rows.count else { return }
    let (before, after) = (tracks[index].rows[place - 1], tracks[index].rows[place])
    guard before.phase == .runtimeInit, after.phase == .functionInit, before.end == after.start,
      time > before.start, time < after.end, time != after.start,
      // Rows stay in the order of their begins.
      tracks[index].rowCount(upTo: max(time, after.start)) == place + 1
    else { return }
    tracks[index][.runtimeInit].ends.remove(after.start)
    tracks[index][.functionInit].starts.remove(after.start)
    tracks[index].rows[place - 1].end = time
    tracks[index].rows[place].start = time
    for row in [place - 1, place] { tracks[index].rows[row].divisionIsInferred = false }
    tracks[index].insertEnd(tracks[index].rows[place - 1])
    tracks[index].insertStart(tracks[index].rows[place])
  }

  /// The end of an init that was divided is the end of its last part.
  /// - Returns: nil if that end is known already.
  func endOfDividedInit(_ end: PhaseEnd, told time: Timestamp, _ index: Int) -> PhaseEnd? {
    guard end.phase == .initialization, end.extensionName == .none,
      openRow(.initialization, request: nil, extensionName: .none, index) == nil,
      let last = tracks[index].rows.suffix(64).lastIndex(where: { $0.phase == .functionInit }), last > 0
    else { return end }
    let part = tracks[index].rows[last]
    let before = tracks[index].rows[..<last].last { $0.extensionName == .none }
    guard let before, before.end == part.start,
      before.phase == .runtimeInit || before.phase == .initialization
    else { return end }
    var moved = end
    moved.phase = .functionInit
    if end.duration >= 0 { moved.duration = max(0, before.start &+ end.duration &- part.start) }
    // Open, or closed by what came after it.
    if part.end == .never || part.endIsInferred { return moved }
    // Told twice, if it is that init's.
    return moment(of: moved, told: time, begun: part.start) == part.end ? nil : end
  }
}
