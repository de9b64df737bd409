/// When anything happened in any environment, and between what it was quiet: nothing began, ended or was under way but
/// `frozen`.
///
/// Only the quiet stretches are kept, merged as events come. Of every 64, 4,096 and 262,144 of them the longest is
/// known, so that the next one of a length is found however many shorter ones lie before it.
package struct Activity: TimedColumn, Sendable {
  /// A shorter stretch is not quiet.
  package static let leastQuiet: Nanoseconds = .milliseconds(250)

  private struct Quiet: Sendable {
    var begin: Timestamp
    var end: Timestamp
    var length: Nanoseconds { end &- begin }
  }

  /// In order, before `latest`.
  private var quiet: [Quiet] = []
  /// The longest of each 64, 4,096 and 262,144.
  private var longest: [[Nanoseconds]] = [[], [], []]
  /// Of the first and the last moment of all; `.never` and `.min` before anything has happened.
  private var first = Timestamp.never
  private var latest = Timestamp.min
  /// Where the latest stretch without a quiet one begins.
  private var stretchBegin = Timestamp.never
  /// Spans that came late and lie in stretches taken for quiet.
  private var late: [(begin: Timestamp, end: Timestamp)] = []

  var reckonedBytes: Int {
    longest.reduce(quiet.reckonedBytes + late.reckonedBytes) { $0 + $1.reckonedBytes }
  }

  package init() {}

  /// Something was under way from `begin` to `end`; the same moment for what has no length.
  @inline(__always)
  mutating func add(_ begin: Timestamp, _ end: Timestamp) {
    if begin >= stretchBegin, begin < latest &+ Self.leastQuiet {
      if end > latest { latest = end }
    } else {
      addApart(begin, end)
    }
  }

  private mutating func addApart(_ begin: Timestamp, _ end: Timestamp) {
    guard first != .never else {
      (first, stretchBegin, latest) = (begin, begin, end)
      return
    }
    guard begin < stretchBegin else {
      append(Quiet(begin: latest, end: begin))
      (stretchBegin, latest) = (begin, end)
      return
    }
    latest = max(latest, end)
    let next = quiet.partitionPoint { $0.end < begin }
    let isInQuiet = next < quiet.count && quiet[next].begin < end
    if begin < first || isInQuiet { late.append((begin, end)) }
  }

  private mutating func append(_ next: Quiet) {
    let place = quiet.count
    quiet.append(next)
    for level in longest.indices {
      let block = place >> Self.shift(level)
      if block == longest[level].count {
        longest[level].append(next.length)
      } else {
        longest[level][block] = max(longest[level][block], next.length)
      }
    }
  }

  /// Takes what came late out of the quiet stretches; to be called before reading.
  mutating func settle() {
    guard !late.isEmpty else { return }
    late.sort { $0.begin < $1.begin }
    let isBeforeAll = late[0].begin < first
    let place = isBeforeAll ? 0 : quiet.partitionPoint { $0.end < late[0].begin }
    var changed = Array(quiet[place...])
    // Before everything it was quiet forever.
    if isBeforeAll { changed.insert(Quiet(begin: .min, end: first), at: 0) }
    truncate(to: place)
    var next = 0
    for old in changed {
      var begin = old.begin
      while next < late.count, late[next].begin < old.end {
        appendIfLong(begin, late[next].begin)
        begin = max(begin, late[next].end)
        // A span that reaches into the next quiet stretch is looked at there again.
        if late[next].end > old.end { break }
        next += 1
      }
      appendIfLong(begin, old.end)
    }
    if isBeforeAll { first = late[0].begin }
    stretchBegin = quiet.last?.end ?? first
    late.removeAll(keepingCapacity: true)
  }

  private mutating func appendIfLong(_ begin: Timestamp, _ end: Timestamp) {
    if begin != .min, begin < end, end &- begin >= Self.leastQuiet { append(Quiet(begin: begin, end: end)) }
  }

  private mutating func truncate(to count: Int) {
    quiet.removeLast(quiet.count - count)
    for level in longest.indices {
      let size = 1 << Self.shift(level)
      longest[level].removeLast(longest[level].count - (count + size - 1) / size)
      // The last block may have lost its longest.
      if count % size != 0 {
        longest[level][count / size] = quiet[(count / size * size)...].reduce(0) { max($0, $1.length) }
      }
    }
  }

  /// Restricts it to what happened up to `time`.
  mutating func removeAll(after time: Timestamp) {
    settle()
    guard first <= time else {
      self = Activity()
      return
    }
    guard latest > time else { return }
    let place = quiet.partitionPoint { $0.end <= time }
    latest = place < quiet.count ? min(quiet[place].begin, time) : time
    truncate(to: place)
    stretchBegin = quiet.last?.end ?? first
  }

  /// Lets go what lies before a moment.
  mutating func letGo(before time: Timestamp) {
    settle()
    guard first < time else { return }
    let kept = Array(quiet[quiet.partitionPoint { $0.end <= time }...])
    truncate(to: 0)
    for next in kept { append(next) }
    first = min(kept.first?.begin ?? time, time)
  }

  private static func shift(_ level: Int) -> Int { 6 * (level + 1) }
}

// MARK: - Reading

extension Activity {
  /// The first quiet stretch longer than `length` that ends after `time`. After `end` nothing is known: a stretch goes up
  /// to it at most.
  package func quiet(longerThan length: Nanoseconds, endingAfter time: Timestamp, until end: Timestamp)
    -> Range<Timestamp>?
  {
    guard first != .never, time < end else { return nil }
    var place = quiet.partitionPoint { $0.end <= time }
    search: while place < quiet.count, quiet[place].begin < end {
      if quiet[place].length > length {
        let found = quiet[place].begin..<min(quiet[place].end, end)
        return found.upperBound &- found.lowerBound > length ? found : nil
      }
      var step = 1
      for level in longest.indices {
        let size = 1 << Self.shift(level)
        guard place & (size - 1) == 0, longest[level][place / size] <= length else { break }
        step = size
      }
      place += step
    }
    guard place >= quiet.count, latest < end, end &- latest > max(length, Self.leastQuiet) else { return nil }
    return latest..<end
  }

  /// The last one longer than `length` that begins before `time`.
  package func quiet(longerThan length: Nanoseconds, beginningBefore time: Timestamp, until end: Timestamp)
    -> Range<Timestamp>?
  {
    guard first != .never else { return nil }
    if latest < min(time, end), end &- latest > max(length, Self.leastQuiet) { return latest..<end }
    var place = quiet.partitionPoint { $0.begin < min(time, end) } - 1
    while place >= 0 {
      let found = quiet[place].begin..<min(quiet[place].end, end)
      if found.upperBound &- found.lowerBound > length { return found }
      var step = 1
      for level in longest.indices {
        let size = 1 << Self.shift(level)
        guard (place + 1) & (size - 1) == 0, longest[level][place / size] <= length else { break }
        step = size
      }
      place -= step
    }
    return nil
  }
}

extension Timeline {
  /// Up to where it is known, of the moments up to `time`, whether anything was under way: while something is open, it may
  /// be.
  package func quietEnd(upTo time: Timestamp) -> Timestamp {
    var end = time
    for track in tracks.indices {
      for row in tracks[track].openRows { end = min(end, tracks[track].rows[Int(row)].start) }
    }
    return end
  }
}
