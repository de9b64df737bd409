internal import LambdaLifecycle

// The consequences of events of the Telemetry API beyond those that `TelemetryDecoder` emits.

extension CloudWatchEnvironment {
  /// `platform.start`.
  /// - Returns: false if the same has been read as text.
  mutating func recordBegins(
    _ request: RequestID, at moment: LogMoment, into log: inout EventLog
  ) -> Bool {
    release(at: moment, into: &log)
    guard recent.noteBegin(request, at: moment.time, isTimed: true) else { return false }
    endUnreported(at: moment, into: &log)
    takeSuppressedInit(at: moment.time)
    runs.begin(Run(request: request, begin: moment.time))
    return true
  }

  /// `platform.report`.
  /// - Returns: false if the same has been read as text.
  mutating func recordReports(
    _ event: TelemetryEvent, of request: RequestID, at moment: inout LogMoment, into log: inout EventLog
  ) -> Bool {
    let told = ReportedRequest(
      request: request, time: moment.time, duration: event.duration, length: event.duration,
      usedAllMemory: false)
    guard recent.noteReport(told) else { return false }
    let report = Report(
      duration: event.duration, initDuration: event.initDuration, restoreDuration: event.restoreDuration)
    if runs.running?.request != request { beginUntold(request, report, at: &moment, into: &log) }
    if !event.outcome.isBad, let fault = faults.of(request) {
      answer(fault, at: moment.time, of: moment, into: &log)
    }
    endInit(with: report, of: request, at: moment, into: &log)
    let length = invokeLength(report, of: request, isTold: true, at: moment, into: &log)
    // The record's own length is taken from Duration.
    if length != event.duration { identity.delayed = (request, event.duration - length) }
    return true
  }

  /// The record has been emitted.
  mutating func conclude(_ event: TelemetryEvent, of type: TelemetryType, at time: Timestamp) {
    switch type {
    case .initReport, .restoreReport: endInit(event.outcome)
    case .report: endRun(event.outcome, length: event.duration, at: time)
    default: break
    }
  }
}
