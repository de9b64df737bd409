internal import LambdaLifecycle

/// The `type` of a Telemetry API event (schema reference 2025-01-29; the last three are the older Logs API's).
enum TelemetryType: Sendable {
  case unknown
  case initStart, initRuntimeDone, initReport
  case restoreStart, restoreRuntimeDone, restoreReport
  case start, runtimeDone, report
  case `extension`, telemetrySubscription, logsDropped
  case functionOutput, extensionOutput
  case end, fault, logsSubscription

  @inline(__always)
  init(_ text: JSONString, in scanner: JSONScanner) {
    // The frequent ones first.
    if scanner.matches(text, "platform.start") {
      self = .start
    } else if scanner.matches(text, "platform.runtimeDone") {
      self = .runtimeDone
    } else if scanner.matches(text, "platform.report") {
      self = .report
    } else if scanner.matches(text, "function") {
      self = .functionOutput
    } else if scanner.matches(text, "extension") {
      self = .extensionOutput
    } else {
      self.init(rare: text, in: scanner)
    }
  }

  private init(rare text: JSONString, in scanner: JSONScanner) {
    switch scanner.text(text) {
    case "platform.initStart": self = .initStart
    case "platform.initRuntimeDone": self = .initRuntimeDone
    case "platform.initReport": self = .initReport
    case "platform.restoreStart": self = .restoreStart
    case "platform.restoreRuntimeDone": self = .restoreRuntimeDone
    case "platform.restoreReport": self = .restoreReport
    case "platform.extension": self = .extension
    case "platform.telemetrySubscription": self = .telemetrySubscription
    case "platform.logsDropped": self = .logsDropped
    case "platform.end": self = .end
    case "platform.fault": self = .fault
    case "platform.logsSubscription": self = .logsSubscription
    default: self = .unknown
    }
  }
}

extension Outcome {
  /// A `status` of the Telemetry API or of the emulator; `none` for a word that is not known.
  init(status bytes: UnsafeRawBufferPointer) {
    if bytes.matches("success", at: 0, end: bytes.count) {
      self = .success
    } else if bytes.matches("error", at: 0, end: bytes.count) {
      self = .error
    } else if bytes.matches("timeout", at: 0, end: bytes.count) {
      self = .timeout
    } else if bytes.matches("failure", at: 0, end: bytes.count) {
      self = .failure
    } else {
      self = .none
    }
  }
}
