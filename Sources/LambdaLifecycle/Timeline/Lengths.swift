// Lengths win over stamps: a stamp is rounded and tells when a line was written, a length has been measured.
//
// A span that has been measured keeps its length. Where it would reach into what follows, or end after its own end was told,
// it has begun earlier than was told. So no phase of an environment overlaps another because of rounding.

extension Timeline {
  /// When a span begins that was told at `time`. An init that would reach into it by its measured length began earlier; what
  /// cannot have begun earlier moves it on.
  mutating func begin(of phase: Phase, told time: Timestamp, _ index: Int) -> Timestamp {
    guard tracks[index].source.clockResolution > 0, !runsConcurrently(index),
      let last = tracks[index].rows.last, last.start <= time,
      let before = tracks[index].rows.lastIndex(where: { $0.extensionName == .none })
    else { return time }
    let row = tracks[index].rows[before]
    guard row.end > time, row.end != .never else { return time }
    guard row.start >= letGo.horizon else { return row.end }
    let begin = row.start &- (row.end &- time)
    guard row.phase.isInit || row.phase == .restore, tracks[index].initIsOpen, row.start < time,
      begin >= tracks[index].end(before: before)
    else { return row.end }
    let moved = moveBegin(of: before, to: begin, index)
    tracks[index][row.phase].ends.remove(row.end)
    tracks[index][row.phase].ends.insert(time)
    tracks[index].rows[moved].end = time
    if tracks[index].initEnded == row.end { tracks[index].initEnded = time }
    return time
  }

  /// Moves the begin of a span back so far that its measured length fits before its end was told and before what follows
  /// it.
  /// - Returns: the place of its row, and when it ends.
  mutating func fit(_ end: PhaseEnd, _ place: Int, told time: Timestamp, _ index: Int) -> (Int, Timestamp) {
    let row = tracks[index].rows[place]
    let ended = moment(of: end, told: time, begun: row.start)
    let resolution = tracks[index].source.clockResolution
    guard end.duration > 0, resolution > 0, row.extensionName == .none, row.start >= letGo.horizon,
      !runsConcurrently(index)
    else {
      return (place, ended)
    }
    let next = tracks[index].begin(after: place)
    guard ended > next || ended > time &+ resolution else { return (place, ended) }
    let latest = min(time, next)
    let earliest = min(row.start, tracks[index].end(before: place))
    let begin = max(earliest, latest &- end.duration)
    guard begin < row.start else { return (place, min(next, ended)) }
    return (moveBegin(of: place, to: begin, index), min(next, begin &+ end.duration))
  }

  /// - Returns: the new place of the row.
  private mutating func moveBegin(of place: Int, to begin: Timestamp, _ index: Int) -> Int {
    let row = tracks[index].rows[place]
    tracks[index][row.phase].starts.remove(row.start)
    tracks[index][row.phase].starts.insert(begin)
    endInferredFrozenEarlier(at: begin, insteadOf: row.start, index)
    activity.add(begin, row.start)
    if row.phase.isInit || row.phase == .restore, tracks[index].initBegan == row.start {
      tracks[index].initBegan = begin
    }
    if row.phase == .invoke { tracks[index].firstInvoke = min(tracks[index].firstInvoke, begin) }
    let moved = tracks[index].move(place, to: begin)
    moveCreation(to: begin, index)
    if row.phase == .invoke {
      judge(row.request, begunAt: begin, index)
    } else {
      judgeAgain(invokeAfter: begin, index)
    }
    return moved
  }

  /// The environment has been there earlier than was thought.
  mutating func moveCreation(to time: Timestamp, _ index: Int) {
    let known = tracks[index].created
    guard time < known else { return }
    tracks[index].created = time
    if known >= letGo.horizon, letGo.environments[tracks[index].id] == nil {
      population.moveCreation(from: known, to: time, isGone: tracks[index].gone != .never)
    }
    if time < first {
      first = time
      beginning = min(beginning, time)
    }
  }
}

extension EnvironmentTrack {
  /// The begin of the next phase behind a row; `.never` if there is none.
  fileprivate func begin(after place: Int) -> Timestamp {
    rows[(place + 1)...].first { $0.extensionName == .none }?.start ?? .never
  }

  /// The end of the phase before a row, where it is known; `.min` where nothing lies before it.
  fileprivate func end(before place: Int) -> Timestamp {
    guard let before = rows[..<place].last(where: { $0.extensionName == .none }) else { return .min }
    return before.end == .never ? rows[place].start : before.end
  }

  /// Moves a row to an earlier begin.
  /// - Returns: its new place.
  fileprivate mutating func move(_ place: Int, to begin: Timestamp) -> Int {
    rows[place].start = begin
    guard place > 0, rows[place - 1].start > begin else { return place }
    let row = rows.remove(at: place)
    let isOpen = openRows.contains(Int32(place))
    openRows.removeAll { $0 == place }
    for index in openRows.indices where openRows[index] > place { openRows[index] -= 1 }
    let moved = insert(row)
    if isOpen { openRows.append(Int32(moved)) }
    return moved
  }
}
