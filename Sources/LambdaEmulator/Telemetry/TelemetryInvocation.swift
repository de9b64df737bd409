internal import LambdaEventFormats
internal import LambdaLifecycle

/// One invocation in the words of the Telemetry API: platform.start, platform.runtimeDone, platform.report.
struct TelemetryInvocation {
  private var request = ""
  private var begin: Timestamp = 0
  private var trace: String?
  private var version = "$LATEST"
  /// The runtime's answer: its first and last byte, and its length in bytes.
  private var answer: (begin: Timestamp, end: Timestamp, bytes: Int)?
  private var runtimeDone: Timestamp?

  init() {}

  init(_ request: String, begin: Timestamp, trace: String?, version: String) {
    self.request = request
    self.begin = begin
    self.trace = trace
    self.version = version
  }

  mutating func answered(bytes: Int, reading: Nanoseconds, at time: Timestamp) {
    answer = (max(begin, time &- reading), time, bytes)
  }

  var started: TelemetryEvent {
    TelemetryEvent("start", at: begin) { record in
      record.add("requestId", request)
      record.add("version", version)
      tell(trace, in: &record)
    }
  }

  mutating func runtimeDone(_ outcome: Outcome, error: String, at time: Timestamp) -> TelemetryEvent {
    runtimeDone = time
    // A handler's exception counts as a success, and its answer as nothing (aws-lambda-extensions, issue 85).
    return TelemetryEvent("runtimeDone", at: time) { record in
      record.add("requestId", request)
      record.add("status", (outcome == .none ? Outcome.success : outcome).wireName)
      record.addIfPresent("errorType", error)
      record.add("metrics") { metrics in
        metrics.add("durationMs", milliseconds: time &- begin)
        metrics.add("producedBytes", Int64(answer?.bytes ?? 0))
      }
      if let answer {
        let spans: [(String, Timestamp, Timestamp)] = [
          ("responseLatency", begin, answer.begin), ("responseDuration", answer.begin, answer.end),
          ("runtimeOverhead", answer.end, time),
        ]
        Self.add(spans, to: &record)
      }
      tell(trace, in: &record)
    }
  }

  func reported(_ report: Report, error: String, at time: Timestamp) -> TelemetryEvent {
    TelemetryEvent("report", at: time) { record in
      record.add("requestId", request)
      record.add("status", (report.outcome == .none ? Outcome.success : report.outcome).wireName)
      record.addIfPresent("errorType", error)
      record.add("metrics") { metrics in
        metrics.add("durationMs", milliseconds: report.duration)
        metrics.add("billedDurationMs", Int64(report.billedMs))
        metrics.add("memorySizeMB", Int64(report.memoryMB))
        // Left out where nobody has measured it.
        if report.maxMemoryUsedMB >= 0 { metrics.add("maxMemoryUsedMB", Int64(report.maxMemoryUsedMB)) }
        if report.initDuration >= 0 { metrics.add("initDurationMs", milliseconds: report.initDuration) }
      }
      if let runtimeDone, time > runtimeDone {
        Self.add([("extensionOverhead", runtimeDone, time)], to: &record)
      }
      tell(trace, in: &record)
    }
  }

  private static func add(_ spans: [(String, Timestamp, Timestamp)], to record: inout JSONLine) {
    record.add("spans", objects: spans) { line, span in
      line.add("name", span.0)
      line.add("start", TelemetryEvent.text(span.1))
      line.add("durationMs", milliseconds: span.2 &- span.1)
    }
  }

  private func tell(_ trace: String?, in record: inout JSONLine) {
    guard let trace else { return }
    record.add("tracing") { tracing in
      tracing.add("type", "X-Amzn-Trace-Id")
      tracing.add("value", trace)
    }
  }
}
