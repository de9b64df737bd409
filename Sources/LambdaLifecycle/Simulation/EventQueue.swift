internal import HeapModule

/// The simulator's tasks, in order of time; entries of the same time in the order of their coming.
///
/// The next entry may stand in front of the heap: under light load the end of an invocation is nearly always what comes
/// next, and never sees the heap.
struct EventQueue: Sendable {
  private var front: QueueEntry?
  private var heap = Heap<QueueEntry>()
  private var count: UInt64 = 0

  @inline(__always)
  var nextTime: Timestamp { front?.time ?? heap.min?.time ?? .never }

  @inline(__always)
  mutating func insert(_ what: QueueEntry.What, _ place: Int, at time: Timestamp) {
    count &+= 1
    insert(QueueEntry(time: time, order: count, place: UInt32(place), what: what))
  }

  /// The same, after all others of that time.
  mutating func insertLast(_ what: QueueEntry.What, _ place: Int, at time: Timestamp) {
    count &+= 1
    insert(QueueEntry(time: time, order: count | 1 << 63, place: UInt32(place), what: what))
  }

  @inline(__always)
  private mutating func insert(_ entry: QueueEntry) {
    if let first = front {
      guard entry < first else { return heap.insert(entry) }
      heap.insert(first)
      front = entry
    } else if let first = heap.min, first < entry {
      heap.insert(entry)
    } else {
      front = entry
    }
  }

  @inline(__always)
  mutating func removeFirst() -> QueueEntry? {
    guard let entry = front else { return heap.popMin() }
    front = nil
    return entry
  }
}
