internal import LambdaLifecycle

/// The REPORT line at the end of an invocation's log, as far as it is known when the caller is answered.
struct InvocationReport {
  let request: String
  /// From the event to the answer.
  let duration: Nanoseconds
  /// The length of the init before the environment's first invocation; nil for any other.
  let initDuration: Nanoseconds?
  let memoryMB: Int32
  /// nil where nobody has measured it.
  let maxMemoryUsedMB: Int32?

  /// As Lambda prints it (the text format of CloudWatch's log).
  var line: String {
    // Init on demand is billed too.
    let billed = (duration + (initDuration ?? 0) + .milliseconds(1) - 1) / .milliseconds(1)
    var parts = [
      "REPORT RequestId: \(request)", "Duration: \(hundredths(duration, of: .milliseconds(1))) ms",
      "Billed Duration: \(billed) ms", "Memory Size: \(memoryMB) MB",
    ]
    if let maxMemoryUsedMB { parts.append("Max Memory Used: \(maxMemoryUsedMB) MB") }
    if let initDuration {
      parts.append("Init Duration: \(hundredths(initDuration, of: .milliseconds(1))) ms")
    }
    return parts.joined(separator: "\t") + "\t"
  }
}
