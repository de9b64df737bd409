internal import LambdaLifecycle

/// The lines of the Runtime Interface Emulator in its mode of Managed Instances (AWS_LAMBDA_MAX_CONCURRENCY),
/// cut out of its output: function and emulator write to one pipe, and the end of one writer's line can be
/// missing.
///
/// Sources: Go's log/slog text handler; internal/lambda-managed-instances/aws-lambda-rie/internal/telemetry/events_api.go.
enum ManagedRIELine {
  /// `time=2026-11-23T23:16:59.710Z level=WARN msg="…" name=value`: the time, and everything from `msg=` on.
  case message(Timestamp, UnsafeRawBufferPointer)
  case start(UnsafeRawBufferPointer)
  case end(UnsafeRawBufferPointer)
  /// The length in nanoseconds; -1 if it cannot be read.
  case report(UnsafeRawBufferPointer, Nanoseconds)
  /// The text of another writer.
  case text(UnsafeRawBufferPointer)

  /// The emulator's own messages at the beginning of its life, at any log level: other programs write in this form too.
  private static let first: [StaticString] = [
    "bootstrap file\"", "executing bootstrap", "RIE server started", "extension's directory",
    "LocalProcessSupervisor.Exec", "InvokeRouter: ",
  ]

  /// True if a line is of this emulator and of no other program.
  static func recognizes(_ line: UnsafeRawBufferPointer) -> Bool {
    guard line.hasPrefix("time="), let message = line.firstIndex(of: " msg=") else { return false }
    return stampLength(in: line, at: 0) != nil
      && first.contains { line.firstIndex(of: $0, from: message) != nil }
  }

  /// Calls `body` with each piece of a line, in order.
  static func split(
    _ line: UnsafeRawBufferPointer, clock: inout ISO8601Reader, _ body: (ManagedRIELine) -> Void
  ) {
    var text = 0
    var index = 0
    func flush(_ end: Int) { if end > text { body(.text(line.slice(text, end))) } }
    while index < line.count {
      // Workers print at once, and a line's end may come after another's mark.
      if index > text, line.hasPrefix("lanes: ", at: index), line.hasPrefix("lanes: ", at: text) {
        flush(index)
        text = index
      }
      guard let (piece, end) = piece(in: line, at: index, &clock) else {
        index += 1
        continue
      }
      flush(index)
      body(piece)
      index = end
      text = end
    }
    if text < line.count || line.isEmpty { body(.text(line.slice(from: text))) }
  }

  private static func piece(
    in line: UnsafeRawBufferPointer, at index: Int, _ clock: inout ISO8601Reader
  ) -> (ManagedRIELine, Int)? {
    switch line[index] {
    case UInt8(ascii: "t"):
      guard let length = stampLength(in: line, at: index),
        let time = clock.timestamp(line, from: index + 5, to: index + length),
        let message = line.firstIndex(of: " msg=", from: index + length)
      else { return nil }
      // Nobody writes behind the emulator's own line before it is ended.
      return (.message(time, line.slice(from: message + 1)), line.count)
    case UInt8(ascii: "S"):
      return identified(line, index, "START RequestId: ", "\tVersion: ").map {
        (.start($0.id), RIELine.endOfVersion(in: line, from: $0.end))
      }
    case UInt8(ascii: "E"):
      return identified(line, index, "END RequestId: ", "").map { (.end($0.id), $0.end) }
    case UInt8(ascii: "R"):
      guard let (id, end) = identified(line, index, "REPORT RequestId: ", "\tDuration: "),
        let unit = line.firstIndex(of: " ms", from: end)
      else { return nil }
      return (.report(id, ReportFields.milliseconds(line.slice(end, unit)) ?? -1), unit + 3)
    default: return nil
    }
  }

  /// A UUID between two texts.
  private static func identified(
    _ line: UnsafeRawBufferPointer, _ index: Int, _ before: StaticString, _ after: StaticString
  ) -> (id: UnsafeRawBufferPointer, end: Int)? {
    guard line.hasPrefix(before, at: index) else { return nil }
    let start = index + before.utf8CodeUnitCount
    let id = line.slice(start, start + 36)
    guard RequestID(uuid: id) != nil, line.hasPrefix(after, at: start + 36) else { return nil }
    return (id, start + 36 + after.utf8CodeUnitCount)
  }

  /// The length of `time=2026-11-23T23:16:59.710Z` where a level follows.
  private static func stampLength(in line: UnsafeRawBufferPointer, at index: Int) -> Int? {
    guard line.hasPrefix("time=2", at: index),
      let blank = line.firstIndex(ofByte: UInt8(ascii: " "), from: index), blank - index <= 45,
      line.hasPrefix(" level=", at: blank)
    else { return nil }
    return blank - index
  }
}
