internal import LambdaLifecycle

/// An invocation whose REPORT has been read.
struct ReportedRequest: Sendable {
  var request: RequestID
  var time: Timestamp
  /// As REPORT gives it.
  var duration: Nanoseconds
  /// Of the invocation, -1 if it is not known.
  var length: Nanoseconds
  /// It had used all its memory.
  var usedAllMemory: Bool
}

/// The last requests of an environment. A log may have one twice: as text, and as events of the Telemetry API
/// that an extension prints; and Lambda tries an event again with the id that it had.
struct RecentRequests: Sendable {
  private struct Entry {
    var request: RequestID
    var begin: Timestamp
    var ended = false
    var report: ReportedRequest?
  }

  private var entries: [Entry] = []

  private static let remembered = 8
  /// An extension's events and the lines of the log differ by less in their times.
  private static let same: Nanoseconds = .seconds(1)

  /// Notes the beginning of a request; false if it has been read before.
  /// - Parameter isTimed: without times, a beginning after an end is another attempt.
  @inline(__always)
  mutating func noteBegin(_ request: RequestID, at time: Timestamp, isTimed: Bool) -> Bool {
    if let known = entries.last(where: { $0.request == request }) {
      let isOver = known.report != nil || known.ended
      guard isTimed ? time > (known.report?.time ?? known.begin &+ Self.same) : isOver else { return false }
    }
    append(Entry(request: request, begin: time))
    return true
  }

  mutating func noteEnd(_ request: RequestID) {
    guard let index = entries.lastIndex(where: { $0.request == request }) else { return }
    entries[index].ended = true
  }

  /// Notes the report of a request; false if it has been read before.
  @inline(__always)
  mutating func noteReport(_ report: ReportedRequest) -> Bool {
    guard let index = entries.lastIndex(where: { $0.request == report.request }) else {
      append(Entry(request: report.request, begin: report.time, report: report))
      return true
    }
    if let known = entries[index].report {
      guard !isSame(known, report) else { return false }
      append(Entry(request: report.request, begin: report.time, report: report))
    } else {
      entries[index].report = report
    }
    return true
  }

  /// The same report, read again: of another attempt, time and length differ.
  func isKnown(_ report: ReportedRequest) -> Bool {
    entries.contains { $0.report.map { isSame($0, report) } ?? false }
  }

  private func isSame(_ one: ReportedRequest, _ other: ReportedRequest) -> Bool {
    one.request == other.request && one.duration == other.duration && abs(one.time - other.time) < Self.same
  }

  /// Sets the length of a report's invocation, which turns out when its init is known.
  mutating func setLength(_ length: Nanoseconds, of request: RequestID) {
    guard let index = entries.lastIndex(where: { $0.request == request }) else { return }
    entries[index].report?.length = length
  }

  /// The latest attempt that was reported on by `time`.
  func reported(_ request: RequestID, by time: Timestamp) -> ReportedRequest? {
    entries.last { $0.request == request && ($0.report?.time ?? .never) <= time }?.report
  }

  private mutating func append(_ entry: Entry) {
    if entries.count == Self.remembered { entries.removeFirst() }
    entries.append(entry)
  }
}
