/// Events on their way to a subscriber: as many as its subscription lets wait.
/// Those that do not fit are counted.
struct TelemetryBuffer {
  private let limits: TelemetrySubscription.Buffering
  private var events: [[UInt8]] = []
  private var bytes = 0
  private(set) var droppedRecords = 0
  private(set) var droppedBytes = 0

  init(_ limits: TelemetrySubscription.Buffering) { self.limits = limits }

  var isEmpty: Bool { events.isEmpty && droppedRecords == 0 }
  /// So many events, or so many bytes, that they are sent at once.
  var isFull: Bool { events.count >= limits.items || bytes >= limits.bytes }

  /// - Returns: false where it was full; the event is counted and gone.
  @discardableResult
  mutating func add(_ event: [UInt8]) -> Bool {
    guard !isFull else {
      drop(records: 1, bytes: event.count)
      return false
    }
    events.append(event)
    bytes += event.count
    return true
  }

  /// Something was lost on its way.
  mutating func drop(records: Int, bytes: Int) {
    droppedRecords += records
    droppedBytes += bytes
  }

  /// Takes all there is.
  mutating func take() -> [[UInt8]] {
    defer { (events, bytes) = ([], 0) }
    return events
  }

  /// Takes the counts of dropped events and bytes; nil where none were dropped.
  mutating func takeDropped() -> (records: Int, bytes: Int)? {
    guard droppedRecords > 0 else { return nil }
    defer { (droppedRecords, droppedBytes) = (0, 0) }
    return (droppedRecords, droppedBytes)
  }
}
