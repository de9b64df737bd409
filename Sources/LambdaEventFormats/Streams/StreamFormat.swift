/// A format that `StreamReader` reads; the raw value is its name on the command line.
package enum StreamFormat: String, CaseIterable, Sendable {
  /// What the Lambda Runtime Interface Emulator prints.
  case rie
  /// Events of the Telemetry API, one object or one array of objects a line.
  case telemetry
  /// A recording of lanes.
  case recording
  /// Logs in CloudWatch, as the tools of AWS print them.
  case cloudWatch = "cloudwatch"

  /// The format that a line gives away, or nil if it could belong to any.
  package static func recognize(_ line: UnsafeRawBufferPointer) -> StreamFormat? {
    if RIELine.containsStamp(line) { return .rie }
    if let format = recognizeJSON(line) { return format }
    return CloudWatchDecoder.recognizes(line) ? .cloudWatch : nil
  }

  private static func recognizeJSON(_ line: UnsafeRawBufferPointer) -> StreamFormat? {
    var scanner = JSONScanner(line)
    scanner.skipWhitespace()
    if scanner.take(UInt8(ascii: "[")) { scanner.skipWhitespace() }
    guard scanner.peek == UInt8(ascii: "{") else { return nil }
    var hasTime = false
    var hasType = false
    var isRecording = false
    scanner.object { scanner, key in
      if scanner.matches(key, "time") { hasTime = true }
      if scanner.matches(key, "type") || scanner.matches(key, "format") {
        guard let value = scanner.stringIfPresent() else { return }
        hasType = hasType || TelemetryType(value, in: scanner) != .unknown
        isRecording = isRecording || scanner.matches(value, RecordingHeader.format)
      } else {
        scanner.skipValue()
      }
    }
    if isRecording { return .recording }
    return hasTime && hasType ? .telemetry : nil
  }

  /// A decoder for the format, at the beginning of a stream.
  package func makeDecoder() -> any EventDecoder {
    switch self {
    case .rie: RIEDecoder()
    case .telemetry: TelemetryDecoder()
    case .recording: RecordingDecoder()
    case .cloudWatch: CloudWatchDecoder()
    }
  }
}
