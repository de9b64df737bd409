/// Something that happened at a moment.
protocol Timed {
  var time: Timestamp { get }
}

/// Rows in order of time.
struct TimedList<Row: Timed & Sendable>: TimedColumn, Sendable {
  private(set) var rows: [Row] = []
  private var isStale = false

  var reckonedBytes: Int { rows.reckonedBytes }

  /// Appends a row, which is put in its place before somebody reads.
  /// - Returns: false if it came late.
  mutating func append(_ row: Row) -> Bool {
    let isLate = rows.last.map { row.time < $0.time } ?? false
    if isLate { isStale = true }
    rows.append(row)
    return !isLate
  }

  /// Puts a row in its place at once.
  mutating func insert(_ row: Row) {
    // Rows come nearly always in order.
    let isLast = rows.last.map { row.time >= $0.time } ?? true
    let place = isLast ? rows.count : rows.partitionPoint { $0.time <= row.time }
    rows.insert(row, at: place)
  }

  mutating func settle() {
    guard isStale else { return }
    isStale = false
    rows.sort { $0.time < $1.time }
  }

  mutating func removeAll(after time: Timestamp) {
    settle()
    rows.removeLast(rows.count - rows.partitionPoint { $0.time <= time })
  }

  mutating func letGo(before horizon: Timestamp) {
    settle()
    rows.removeFirst(rows.partitionPoint { $0.time <= horizon })
  }
}
