/// A format that `StreamReader` reads; the raw value is its name on the command line.
package enum StreamFormat: String, CaseIterable, Sendable {
  /// The output of the Lambda Runtime Interface Emulator.
  case rie
  /// Its output in its mode of Managed Instances.
  case rieManaged = "rie-managed"
  /// The output of `sam local invoke`, `start-api` and `start-lambda`.
  case samLocal = "sam-local"
  /// LocalStack's container log.
  case localStack = "localstack"
  /// The output of `cargo lambda watch`.
  case cargoLambda = "cargo-lambda"
  /// Events of the Telemetry API, one object or one array of objects a line.
  case telemetry
  /// A recording of lanes.
  case recording
  /// Logs in CloudWatch, as the tools of AWS print them.
  case cloudWatch = "cloudwatch"

  /// The names accepted on the command line, for people.
  package static var names: String {
    let names = allCases.map(\.rawValue)
    return names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
  }

  /// The format that a line gives away, or nil if it could belong to any.
  package static func recognize(_ line: UnsafeRawBufferPointer) -> StreamFormat? {
    if RIELine.containsStamp(line) { return .rie }
    if let emulator = recognizeEmulator(line) { return emulator }
    if let format = recognizeJSON(line) { return format }
    if CloudWatchDecoder.recognizes(line) { return .cloudWatch }
    return TelemetryDecoder.recognizesPart(line) ? .telemetry : nil
  }

  /// The format that a line gives away, where it is the one that is looked for; any, where none is.
  static func recognize(_ line: UnsafeRawBufferPointer, as wanted: StreamFormat?) -> StreamFormat? {
    guard let wanted else { return recognize(line) }
    var clock = ISO8601Reader()
    let isOne =
      switch wanted {
      case .rie: RIELine.containsStamp(line)
      case .rieManaged: ManagedRIELine.recognizes(line)
      case .samLocal: SAMLocalLine.recognizes(line)
      case .localStack: LocalStackLine(line, clock: &clock) != nil
      case .cargoLambda: CargoLambdaLine.recognizes(line)
      case .telemetry: recognizeJSON(line) == wanted || TelemetryDecoder.recognizesPart(line)
      case .recording: recognizeJSON(line) == wanted
      case .cloudWatch: CloudWatchDecoder.recognizes(line)
      }
    return isOne ? wanted : nil
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

  private static func recognizeEmulator(_ line: UnsafeRawBufferPointer) -> StreamFormat? {
    if ManagedRIELine.recognizes(line) { return .rieManaged }
    if SAMLocalLine.recognizes(line) { return .samLocal }
    var clock = ISO8601Reader()
    if LocalStackLine(line, clock: &clock) != nil { return .localStack }
    return CargoLambdaLine.recognizes(line) ? .cargoLambda : nil
  }

  /// A decoder for the format, at the beginning of a stream.
  package func makeDecoder() -> any EventDecoder {
    switch self {
    case .rie: RIEDecoder()
    case .rieManaged: ManagedRIEDecoder()
    case .samLocal: SAMLocalDecoder()
    case .localStack: LocalStackDecoder()
    case .cargoLambda: CargoLambdaDecoder()
    case .telemetry: TelemetryDecoder()
    case .recording: RecordingDecoder()
    case .cloudWatch: CloudWatchDecoder()
    }
  }
}
