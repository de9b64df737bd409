// An init that its source does not divide, divided where the function says that its own part begins.

extension EnvironmentTrack {
  /// Divides init: the part before `time` was not function init, the part after it is.
  /// - Parameter isInferred: that it was in this environment is concluded.
  /// - Returns: true if there is an init that could be divided there, or is already.
  mutating func divideInit(at time: Timestamp, isInferred: Bool, _ session: inout SessionFold) -> Bool {
    guard let last = lastRow(at: time) else { return false }
    let whole = rows[last]
    guard whole.end >= time else { return false }
    if whole.phase == .functionInit {
      // Several processes of a Managed Instance say it, each for itself: the first one counts.
      if source.profile.watchesHandlerFile, !isInferred { moveDivision(to: time, at: last) }
      return true
    }
    if whole.phase == .runtimeInit, whole.divisionIsInferred {
      if !isInferred { moveDivision(to: time, at: last + 1) }
      return true
    }
    guard whole.phase == .initialization, whole.start < time else { return false }
    let isOpen = openRows.contains(Int32(last))
    openRows.removeAll { $0 == last }
    self[.initialization].starts.remove(whole.start)
    if whole.end != .never { self[.initialization].ends.remove(whole.end) }

    var before = SpanRow(
      phase: source.tellsExtensionInit ? .runtimeInit : .initialization, start: whole.start,
      end: time,
      request: whole.request)
    before.outcome = .success
    before.divisionIsInferred = isInferred
    rows[last] = before
    insertStart(before)
    insertEnd(before)

    // It was under way from its begin on.
    session.activity.add(whole.start, time)
    var after = whole
    after.phase = .functionInit
    after.start = time
    after.divisionIsInferred = isInferred
    let place = insert(after)
    insertStart(after)
    if isOpen { openRows.append(Int32(place)) }
    if whole.end != .never { insertEnd(after) }
    return true
  }

  /// The emulator has seen the function's file being opened, the function itself knows better when its code begins.
  /// - Parameter place: of function init.
  private mutating func moveDivision(to time: Timestamp, at place: Int) {
    guard place > 0, place < rows.count else { return }
    let (before, after) = (rows[place - 1], rows[place])
    guard before.phase == .runtimeInit, after.phase == .functionInit, before.end == after.start,
      time > before.start, time < after.end, time != after.start,
      // Rows stay in the order of their begins.
      rowCount(upTo: max(time, after.start)) == place + 1
    else { return }
    self[.runtimeInit].ends.remove(after.start)
    self[.functionInit].starts.remove(after.start)
    rows[place - 1].end = time
    rows[place].start = time
    for row in [place - 1, place] { rows[row].divisionIsInferred = false }
    insertEnd(rows[place - 1])
    insertStart(rows[place])
  }

  /// The end of an init that was divided is the end of its last part.
  /// - Returns: nil if that end is known already.
  mutating func endOfDividedInit(_ end: PhaseEnd, told time: Timestamp) -> PhaseEnd? {
    guard end.phase == .initialization, end.extensionName == .none,
      openRow(.initialization, request: nil, extensionName: .none) == nil,
      let last = rows.suffix(64).lastIndex(where: { $0.phase == .functionInit }), last > 0
    else { return end }
    let part = rows[last]
    let before = rows[..<last].last { $0.extensionName == .none }
    guard let before, before.end == part.start,
      before.phase == .runtimeInit || before.phase == .initialization
    else { return end }
    var moved = end
    moved.phase = .functionInit
    if end.duration >= 0 { moved.duration = max(0, before.start &+ end.duration &- part.start) }
    // Open, or closed by what came after it.
    if part.end == .never || part.endIsInferred { return moved }
    // Reported twice, if it is that init's.
    return moved.moment(told: time, begun: part.start) == part.end ? nil : end
  }
}
