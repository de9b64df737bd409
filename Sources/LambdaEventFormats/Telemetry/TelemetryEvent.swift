internal import LambdaLifecycle

/// One `{"time", "type", "record"}` object as it stands in the line; a field that the record lacks is absent
/// or negative. Keys come in any order, a value of an unexpected kind counts as absent.
struct TelemetryEvent {
  var time: JSONString = .absent
  var type: JSONString = .absent
  /// The record's text where it is a string, as output of a function may be.
  var recordText: JSONString = .absent
  /// The record as it is written, where it is an object.
  var recordStart = -1
  var recordEnd = -1

  var requestID: JSONString = .absent
  var outcome = Outcome.none
  var errorType: JSONString = .absent
  var phase: JSONString = .absent
  var initializationType: JSONString = .absent
  var functionName: JSONString = .absent
  var instanceID: JSONString = .absent
  var runtimeVersion: JSONString = .absent
  /// Name and state of an extension.
  var name: JSONString = .absent
  var state: JSONString = .absent
  /// The reason why logs were dropped, and their number.
  var reason: JSONString = .absent
  var droppedRecords: Int64 = -1

  var duration: Nanoseconds = -1
  var initDuration: Nanoseconds = -1
  var restoreDuration: Nanoseconds = -1
  var billedRestoreMs: Int32 = -1
  var billedMs: Int32 = -1
  var memoryMB: Int32 = -1
  var maxMemoryUsedMB: Int32 = -1

  /// Reads the object at the scanner's position.
  @inline(__always)
  init(_ scanner: inout JSONScanner) {
    scanner.object { scanner, key in
      if scanner.matches(key, "time") {
        time = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "type") {
        type = scanner.stringIfPresent() ?? .absent
      } else if scanner.matches(key, "record") {
        readRecord(&scanner)
      } else {
        scanner.skipValue()
      }
    }
  }

  @inline(__always)
  private mutating func readRecord(_ scanner: inout JSONScanner) {
    guard scanner.peek == UInt8(ascii: "{") else {
      recordText = scanner.stringIfPresent() ?? .absent
      return
    }
    recordStart = scanner.position
    scanner.object { scanner, key in readField(&scanner, key) }
    recordEnd = scanner.position
  }

  @inline(__always)
  private mutating func readField(_ scanner: inout JSONScanner, _ key: JSONString) {
    if scanner.matches(key, "requestId") {
      requestID = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "metrics") {
      readMetrics(&scanner)
    } else if scanner.matches(key, "status") {
      outcome = scanner.stringIfPresent().map { Outcome(status: scanner.raw($0)) } ?? .none
    } else if scanner.matches(key, "spans") || scanner.matches(key, "tracing") {
      scanner.skipValue()
    } else {
      readRareField(&scanner, key)
    }
  }

  private mutating func readRareField(_ scanner: inout JSONScanner, _ key: JSONString) {
    if scanner.matches(key, "errorType") {
      errorType = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "phase") {
      phase = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "initializationType") {
      initializationType = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "functionName") {
      functionName = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "instanceId") {
      instanceID = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "runtimeVersion") {
      runtimeVersion = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "name") {
      name = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "state") {
      state = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "reason") {
      reason = scanner.stringIfPresent() ?? .absent
    } else if scanner.matches(key, "droppedRecords") {
      droppedRecords = scanner.numberIfPresent(scale: 0) ?? -1
    } else {
      scanner.skipValue()
    }
  }

  @inline(__always)
  private mutating func readMetrics(_ scanner: inout JSONScanner) {
    guard scanner.peek == UInt8(ascii: "{") else { return scanner.skipValue() }
    scanner.object { scanner, key in
      if scanner.matches(key, "durationMs") {
        duration = TelemetryEvent.length(&scanner)
      } else if scanner.matches(key, "billedDurationMs") {
        billedMs = TelemetryEvent.count(&scanner)
      } else if scanner.matches(key, "memorySizeMB") {
        memoryMB = TelemetryEvent.count(&scanner)
      } else if scanner.matches(key, "maxMemoryUsedMB") {
        maxMemoryUsedMB = TelemetryEvent.count(&scanner)
      } else if scanner.matches(key, "initDurationMs") {
        initDuration = TelemetryEvent.length(&scanner)
      } else if scanner.matches(key, "restoreDurationMs") {
        restoreDuration = TelemetryEvent.length(&scanner)
      } else if scanner.matches(key, "billedRestoreDurationMs") {
        billedRestoreMs = TelemetryEvent.count(&scanner)
      } else {
        scanner.skipValue()
      }
    }
  }

  /// Milliseconds with a fraction, as nanoseconds.
  @inline(__always)
  private static func length(_ scanner: inout JSONScanner) -> Nanoseconds {
    let value = scanner.numberIfPresent(scale: 6) ?? -1
    return CalendarDate.lengths.contains(value) ? value : -1
  }

  @inline(__always)
  private static func count(_ scanner: inout JSONScanner) -> Int32 {
    let value = scanner.numberIfPresent(scale: 0) ?? -1
    return value < 0 ? -1 : Int32(exactly: value) ?? -1
  }
}

extension JSONScanner {
  /// The number at the position; nil, with the value skipped, if there is another value.
  @inline(__always)
  mutating func numberIfPresent(scale: Int) -> Int64? {
    switch peek {
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return number(scale: scale)
    default:
      skipValue()
      return nil
    }
  }
}
