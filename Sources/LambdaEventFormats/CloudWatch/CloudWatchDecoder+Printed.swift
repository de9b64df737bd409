internal import LambdaLifecycle

// Lines like Lambda's that a function has written itself, as one that forwards logs does. A log stream is one
// environment, which serves one request at a time: lines about any other request than the one that runs are
// the function's own.

extension CloudWatchDecoder {
  /// A START beside a request that runs may be real, where the end of that one was lost.
  struct Interrupting: Sendable {
    var run: CloudWatchEnvironment.Run
    var line: [UInt8]
  }

  /// Lines are shown not to have been written when they happened if REPORT has more than this beyond the time
  /// since START.
  private static let rounding: Nanoseconds = .milliseconds(10)

  /// True if a line about a request is the function's own.
  func isPrinted(_ request: RequestID) -> Bool {
    guard current.isNamed, let run = environments[current.index].run ?? environments[current.index].held
    else {
      return false
    }
    return run.request != request && run.end == nil
  }

  mutating func printed(_ line: UnsafeRawBufferPointer, into log: inout EventLog) {
    append(output: line, request: environments[current.index].busyWith, into: &log)
  }

  /// Holds a START beside a request that runs until it is known to be real or not.
  mutating func interrupts(_ request: RequestID, _ line: UnsafeRawBufferPointer) -> Bool {
    guard hasExactTimes, isPrinted(request), environments[current.index].fault == nil else { return false }
    environments[current.index].interrupting = Interrupting(
      run: CloudWatchEnvironment.Run(request: request, begin: current.time), line: Array(line))
    return true
  }

  /// Takes a REPORT, which shows whether a held START was real.
  /// - Returns: true if the REPORT was the function's own.
  mutating func tellsInterrupting(
    _ request: RequestID, _ report: Report, _ line: UnsafeRawBufferPointer, into log: inout EventLog
  ) -> Bool {
    guard let interrupting = environments[current.index].takeInterrupting() else { return false }
    if interrupting.run.request == request,
      current.time - interrupting.run.begin + Self.rounding >= report.duration
    {
      begin(interrupting, current.index, into: &log)
      return false
    }
    // The request that runs has ended after all, or the other one, by its lines, took no time.
    interrupting.line.withUnsafeBytes { printed($0, into: &log) }
    guard interrupting.run.request == request else { return false }
    printed(line, into: &log)
    return true
  }

  /// Nothing shows that a START that is held was the function's own: the end of the request before it was lost.
  mutating func beginInterrupting(_ index: Int, into log: inout EventLog) {
    if let interrupting = environments[index].takeInterrupting() { begin(interrupting, index, into: &log) }
  }

  private mutating func begin(_ interrupting: Interrupting, _ index: Int, into log: inout EventLog) {
    let run = interrupting.run
    guard environments[index].recent.noteBegin(run.request, at: run.begin, isTimed: true) else { return }
    let before = current.index
    current.index = index
    begin(run, into: &log)
    current.index = before
  }
}
