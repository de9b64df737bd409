/// Begins, or ends, of the spans of one lane: a sorted column of times with a running sum every 64.
///
/// With it the time that spans cover is a matter of binary search: see `Lane.covered`. Late times wait aside and are
/// merged once, before somebody reads.
package struct Edges: TimedColumn, Equatable, Sendable {
  package private(set) var times: [Timestamp] = []
  /// `sums[b]` = Σ times[0 ..< 64 b]
  private var sums: [Int128] = []
  private var late: [Timestamp] = []

  package init() {}

  package var count: Int { times.count }

  var reckonedBytes: Int { times.reckonedBytes + sums.reckonedBytes + late.reckonedBytes }

  @inline(__always)
  package mutating func insert(_ time: Timestamp) {
    if let last = times.last, time < last {
      late.append(time)
      // Geometric, so that a stream in reverse order stays near linear.
      if late.count > max(1_024, times.count / 16) { settle() }
      return
    }
    if times.count & 63 == 0 { sums.append((sums.last ?? 0) + lastBlockSum()) }
    times.append(time)
  }

  private func lastBlockSum() -> Int128 {
    var sum: Int128 = 0
    for index in max(0, times.count - 64)..<times.count { sum += Int128(times[index]) }
    return sum
  }

  /// Merges what came late; to be called before reading.
  @inline(__always)
  package mutating func settle() {
    if !late.isEmpty { mergeLate() }
  }

  private mutating func mergeLate() {
    late.sort()
    var from = late.count - 1
    var old = times.count - 1
    var to = times.count + late.count - 1
    times.append(contentsOf: late)
    while from >= 0 {
      if old >= 0, times[old] > late[from] {
        times[to] = times[old]
        old -= 1
      } else {
        times[to] = late[from]
        from -= 1
      }
      to -= 1
    }
    late.removeAll(keepingCapacity: true)
    rebuildSums(from: max(0, to) >> 6)
  }

  /// Takes one edge at `time` away again; nothing happens if there is none.
  package mutating func remove(_ time: Timestamp) {
    if times.last == time {
      times.removeLast()
      sums.removeLast(sums.count - (times.count + 63) >> 6)
      return
    }
    settle()
    let index = count(upTo: time) - 1
    guard index >= 0, times[index] == time else { return }
    times.remove(at: index)
    sums.removeLast(sums.count - (times.count + 63) >> 6)
    rebuildSums(from: index >> 6)
  }

  /// Takes away all edges after `time`.
  package mutating func removeAll(after time: Timestamp) {
    settle()
    times.removeLast(times.count - count(upTo: time))
    sums.removeLast(sums.count - (times.count + 63) >> 6)
  }

  /// Lets the first `count` times go. Sums begin anew: only differences of what is left are known.
  mutating func letGo(first count: Int) {
    guard count > 0 else { return }
    settle()
    times.removeFirst(count)
    sums.removeAll(keepingCapacity: true)
    rebuildSums(from: 0)
  }

  /// Lets go what lies at or before a moment.
  mutating func letGo(before horizon: Timestamp) { letGo(first: count(upTo: horizon)) }

  private mutating func rebuildSums(from first: Int) {
    let blocks = (times.count + 63) >> 6
    while sums.count < blocks { sums.append(0) }
    for block in max(1, first + 1)..<max(blocks, max(1, first + 1)) {
      var sum = sums[block - 1]
      for index in (block - 1) << 6..<block << 6 { sum += Int128(times[index]) }
      sums[block] = sum
    }
  }

  /// How many edges lie at or before `time`.
  @inline(__always)
  package func count(upTo time: Timestamp) -> Int {
    times.withUnsafeBufferPointer { times in
      var low = 0
      var high = times.count
      while low < high {
        let middle = (low &+ high) &>> 1
        if times[middle] <= time { low = middle &+ 1 } else { high = middle }
      }
      return low
    }
  }

  /// True if there is an edge at `time`.
  package func contains(_ time: Timestamp) -> Bool {
    guard let last = times.last, time <= last else { return false }
    let index = count(upTo: time) - 1
    return index >= 0 && times[index] == time || late.contains(time)
  }

  /// As `count(upTo:)`, searching forward from a count known to be too small or right: cheap from cell to cell.
  @inline(__always)
  package func count(upTo time: Timestamp, from start: Int) -> Int {
    times.withUnsafeBufferPointer { times in
      let end = times.count
      var low = start
      if low >= end || times[low] > time { return low }
      var step = 1
      while low &+ step < end, times[low &+ step] <= time {
        low = low &+ step
        step = step &<< 1
      }
      var high = min(end, low &+ step)
      low = low &+ 1
      while low < high {
        let middle = (low &+ high) &>> 1
        if times[middle] <= time { low = middle &+ 1 } else { high = middle }
      }
      return low
    }
  }

  /// Σ of the first `count` times, wrapping: only differences are used.
  @inline(__always)
  package func sum(ofFirst count: Int) -> Int64 {
    if count == 0 { return 0 }
    let block = (count &- 1) &>> 6
    var sum = Int64(truncatingIfNeeded: sums[block])
    times.withUnsafeBufferPointer { times in
      var index = block &<< 6
      while index < count {
        sum = sum &+ times[index]
        index = index &+ 1
      }
    }
    return sum
  }

  /// Σ of the first `count` times, exact.
  func exactSum(ofFirst count: Int) -> Int128 {
    if count == 0 { return 0 }
    let block = (count - 1) >> 6
    return times[block << 6..<count].reduce(sums[block]) { $0 + Int128($1) }
  }
}
