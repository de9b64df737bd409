internal import LambdaLifecycle

// Lines like Lambda's that a function has written itself, as one that forwards logs does. A log stream is one
// environment, which serves one request at a time: lines about any other request than the one that runs are
// the function's own.

extension CloudWatchEnvironment {
  /// Lines are shown not to have been written when they happened if REPORT has more than this beyond the time
  /// since START.
  private static let rounding: Nanoseconds = .milliseconds(10)

  /// True if a line about a request is the function's own.
  func isPrinted(_ request: RequestID) -> Bool {
    guard isNamed, let run = runs.underWay else { return false }
    return run.request != request && run.end == nil
  }

  /// Takes a line like Lambda's as output.
  mutating func printed(_ line: UnsafeRawBufferPointer, at moment: LogMoment, into log: inout EventLog) {
    append(output: line, request: busyWith, at: moment, into: &log)
  }

  /// Holds a START beside a request that runs until it is known to be real or not.
  mutating func interrupts(
    _ request: RequestID, _ line: UnsafeRawBufferPointer, at moment: LogMoment
  ) -> Bool {
    guard moment.hasExactTimes, isPrinted(request), faults.latest == nil else { return false }
    let run = Run(request: request, begin: moment.time)
    runs.interrupt(CloudWatchRuns.Interrupting(run: run, line: Array(line)))
    return true
  }

  /// Takes a REPORT, which shows whether a held START was real.
  /// - Returns: true if the REPORT was the function's own.
  mutating func tellsInterrupting(
    _ request: RequestID, _ report: Report, _ line: UnsafeRawBufferPointer, at moment: LogMoment,
    into log: inout EventLog
  ) -> Bool {
    guard let interrupting = runs.takeInterrupting() else { return false }
    if interrupting.run.request == request,
      moment.time - interrupting.run.begin + Self.rounding >= report.duration
    {
      begin(interrupting, at: moment, into: &log)
      return false
    }
    // The request that runs has ended after all, or the other one, by its lines, took no time.
    interrupting.line.withUnsafeBytes { printed($0, at: moment, into: &log) }
    guard interrupting.run.request == request else { return false }
    printed(line, at: moment, into: &log)
    return true
  }

  /// Nothing shows that a START that is held was the function's own: the end of the request before it was lost.
  mutating func beginInterrupting(at moment: LogMoment, into log: inout EventLog) {
    if let interrupting = runs.takeInterrupting() { begin(interrupting, at: moment, into: &log) }
  }

  private mutating func begin(
    _ interrupting: CloudWatchRuns.Interrupting, at moment: LogMoment, into log: inout EventLog
  ) {
    let run = interrupting.run
    guard recent.noteBegin(run.request, at: run.begin, isTimed: true) else { return }
    begin(run, at: moment, into: &log)
  }
}
