/// The simulator's knowledge of a request beside what its fleet has to know.
package struct SimulatedRequest: Sendable {
  /// The number that its draws depend on.
  var number: UInt64 = 0
  /// The place of its traffic in the scenario; -1 for one that somebody sent.
  var traffic: Int32 = -1
  var kind = RequestKind.normal
  /// Its worker has ended before the handler could answer: the answer that is planned means nothing.
  var isVoid = false
  /// Managed Instances: when this invocation times out.
  var deadline = Timestamp.never
  /// Of a trace or a traffic that gives its own lengths; -1 where it does not.
  var duration: Nanoseconds = -1
  var coldDuration: Nanoseconds = -1
  var initDuration: Nanoseconds = -1
}

extension FleetRequest<SimulatedRequest> {
  /// The number that the draws of this attempt depend on.
  @inline(__always)
  var attempt: UInt64 { payload.number &+ UInt64(retries) << 56 }
}
