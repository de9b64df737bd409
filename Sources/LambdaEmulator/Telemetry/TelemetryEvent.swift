internal import LambdaEventFormats
internal import LambdaLifecycle

/// One event as subscribers get it.
struct TelemetryEvent {
  let kind: TelemetrySubscription.Kinds
  /// `{"time":…,"type":…,"record":…}` without an end of line.
  let json: [UInt8]

  /// An event of the platform.
  init(_ type: String, at time: Timestamp, record: (inout JSONLine) -> Void) {
    kind = .platform
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    line.add("time", Self.text(time))
    line.add("type", "platform.\(type)")
    line.add("record", object: record)
    line.finish(into: &bytes)
    bytes.removeLast()
    json = bytes
  }

  /// A line that somebody has printed, with the end that it had.
  init(_ origin: OutputOrigin, _ line: UnsafeRawBufferPointer, at time: Timestamp) {
    kind = origin == .extension ? .extension : .function
    var bytes: [UInt8] = []
    var object = JSONLine(takingOver: &bytes)
    object.add("time", Self.text(time))
    object.add("type", origin == .extension ? "extension" : "function")
    object.add("record", String(decoding: line, as: UTF8.self) + "\n")
    object.finish(into: &bytes)
    bytes.removeLast()
    json = bytes
  }

  /// Milliseconds, as Lambda gives them.
  static func text(_ time: Timestamp) -> String {
    CalendarDate.text(time / .milliseconds(1) &* .milliseconds(1))
  }
}

extension JSONLine {
  /// A length in milliseconds with three decimals.
  mutating func add(_ key: StaticString, milliseconds length: Nanoseconds) {
    let microseconds = max(0, length) / 1_000
    let rest = String(microseconds % 1_000)
    add(key, number: "\(microseconds / 1_000).\(String(repeating: "0", count: 3 - rest.count))\(rest)")
  }
}

extension String {
  /// The platform's name for the type that a runtime gives to its error: its own are kept, others are not known to it
  /// (fatalerror.go of the emulator).
  var platformErrorType: String {
    if isEmpty || hasPrefix("Extension.") || hasPrefix("Sandbox.") { return self }
    if contains(/(Runtime|Function)\.[A-Z][a-zA-Z]+/) { return self }
    return hasPrefix("Function.") ? "Function.Unknown" : "Runtime.Unknown"
  }
}
