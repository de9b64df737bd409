internal import LambdaLifecycle

/// Failures of an environment's requests that other lines than their REPORT say.
struct CloudWatchFaults: Sendable {
  /// A line other than its REPORT that says how a request has failed.
  struct Fault: Sendable {
    var request: RequestID
    var outcome: Outcome
    /// The moment when it was reported.
    var time: Timestamp
    var errorType = Name.none
    /// The process was killed: for want of memory, where it had used all of it.
    var wasKilled = false
    /// The handler failed, and the runtime lives on: the invocation itself is a success (execution environment page).
    var isHandlers = false

    /// Lambda's own words for it until 2025 were those of any process that is killed.
    func errorType(of report: ReportedRequest) -> Name {
      wasKilled && report.usedAllMemory ? ErrorType.runtimeOutOfMemory.name : errorType
    }
  }

  /// Of the request that runs.
  private(set) var latest: Fault?
  /// A fault of a request that has been reported on: it is emitted as soon as its error type can have been
  /// read.
  private(set) var late: (fault: Fault, of: ReportedRequest)?
  /// The next line is the error type of the fault.
  var expectsErrorType = false
  private var handlerError = HandlerError()

  /// The failure of that request, if one was reported.
  func of(_ request: RequestID) -> Fault? {
    guard let latest, latest.request == request else { return nil }
    return latest
  }

  mutating func note(_ fault: Fault) { latest = fault }

  mutating func noteLate(_ fault: Fault, of report: ReportedRequest) { late = (fault, report) }

  /// Takes out the failure that was logged after REPORT.
  @inline(__always)
  mutating func takeLate() -> (fault: Fault, of: ReportedRequest)? { late == nil ? nil : late.take() }

  /// The line behind a fault's has named its error type.
  mutating func setErrorType(_ type: Name) {
    if late != nil { late?.fault.errorType = type } else { latest?.errorType = type }
  }

  /// Reads a line of output, or a record, which may report a failure of the handler.
  @inline(__always)
  mutating func read(_ output: UnsafeRawBufferPointer) -> HandlerError.Saying? { handlerError.read(output) }

  /// The line taken for the runtime client's was a logger's.
  mutating func takeBackHandlers() { if latest?.isHandlers == true { latest = nil } }

  /// The request is over.
  mutating func end() {
    latest = nil
    handlerError = HandlerError()
  }
}
