// Lengths win over stamps: a stamp is rounded and says when a line was written, a length has been measured.
//
// A span that has been measured keeps its length. Where it would reach into what follows, or end after its
// reported end, it has begun earlier than reported. So no phase of an environment overlaps another because of
// rounding.

extension PhaseEnd {
  /// When a span that began at `start` has ended, where its end was reported at `time`: the length that the source
  /// measured wins, as long as it is one that can be.
  func moment(told time: Timestamp, begun start: Timestamp) -> Timestamp {
    guard duration >= 0 else { return max(start, time) }
    let (moment, overflow) = start.addingReportingOverflow(duration)
    return overflow || moment == .never ? max(start, time) : moment
  }
}

extension EnvironmentTrack {
  /// The begin of a span that was reported at `time`. An init that would reach into it by its measured length
  /// began earlier; what cannot have begun earlier moves it on.
  mutating func begin(of phase: Phase, told time: Timestamp, _ session: inout SessionFold) -> Timestamp {
    guard source.clockResolution > 0, !runsConcurrently,
      let last = rows.last, last.start <= time,
      let before = rows.lastIndex(where: { $0.extensionName == .none })
    else { return time }
    let row = rows[before]
    guard row.end > time, row.end != .never else { return time }
    guard row.start >= session.horizon else { return row.end }
    let begin = row.start &- (row.end &- time)
    guard row.phase.isInitOrRestore, initProgress.isOpen, row.start < time,
      begin >= self.end(before: before)
    else { return row.end }
    let moved = moveBegin(of: before, to: begin, &session)
    self[row.phase].ends.remove(row.end)
    self[row.phase].ends.insert(time)
    rows[moved].end = time
    initProgress.moveEnd(from: row.end, to: time)
    return time
  }

  /// Moves the begin of a span back so far that its measured length fits before its reported end and before
  /// what follows it.
  /// - Returns: the place of its row, and when it ends.
  mutating func fit(_ end: PhaseEnd, _ place: Int, told time: Timestamp, _ session: inout SessionFold) -> (
    Int, Timestamp
  ) {
    let row = rows[place]
    let ended = end.moment(told: time, begun: row.start)
    let resolution = source.clockResolution
    guard end.duration > 0, resolution > 0, row.extensionName == .none, row.start >= session.horizon,
      !runsConcurrently
    else {
      return (place, ended)
    }
    let next = self.begin(after: place)
    guard ended > next || ended > time &+ resolution else { return (place, ended) }
    let latest = min(time, next)
    let earliest = min(row.start, self.end(before: place))
    let begin = max(earliest, latest &- end.duration)
    guard begin < row.start else { return (place, min(next, ended)) }
    return (moveBegin(of: place, to: begin, &session), min(next, begin &+ end.duration))
  }

  /// - Returns: the new place of the row.
  private mutating func moveBegin(of place: Int, to begin: Timestamp, _ session: inout SessionFold) -> Int {
    let row = rows[place]
    self[row.phase].starts.remove(row.start)
    self[row.phase].starts.insert(begin)
    endInferredFrozenEarlier(at: begin, insteadOf: row.start)
    session.activity.add(begin, row.start)
    if row.phase.isInitOrRestore { initProgress.moveBegin(from: row.start, to: begin) }
    if row.phase == .invoke { service.noteInvoke(at: begin) }
    let moved = move(place, to: begin)
    moveCreation(to: begin, &session)
    if row.phase == .invoke {
      judge(row.request, begunAt: begin, &session)
    } else {
      judgeAgain(invokeAfter: begin, &session)
    }
    return moved
  }

  /// The environment has been there earlier than was thought.
  mutating func moveCreation(to time: Timestamp, _ session: inout SessionFold) {
    let known = created
    guard time < known else { return }
    creation.move(to: time)
    if known >= session.horizon, !creation.hasReturned {
      session.population.moveCreation(from: known, to: time, isGone: gone != .never)
    }
    session.noteBegin(time)
  }
}

extension EnvironmentTrack {
  /// The begin of the next phase behind a row; `.never` if there is none.
  fileprivate mutating func begin(after place: Int) -> Timestamp {
    rows[(place + 1)...].first { $0.extensionName == .none }?.start ?? .never
  }

  /// The end of the phase before a row, where it is known; `.min` where nothing lies before it.
  fileprivate mutating func end(before place: Int) -> Timestamp {
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
