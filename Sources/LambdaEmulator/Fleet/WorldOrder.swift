internal import LambdaLifecycle

/// An order of the fleet to the world of real processes, carried out when the
/// signal at work has been answered.
enum WorldOrder {
  case wake(Due, Int, at: Timestamp)
  case setRate(Int64)

  // Requests
  case respond(CallNumber, Outcome, ErrorType, FleetMember)
  case reject(CallNumber, Rejection)
  case drop(CallNumber)

  // Environments
  case createSandbox(FleetMember)
  case startExtensions(UInt16, Generation, FleetMember)
  case startRuntime(Generation, FleetMember)
  case deliver(CallNumber, RequestID, Invocation, deadline: Timestamp, FleetMember)
  case deliverToExtensions(UInt16, CallNumber, deadline: Timestamp, FleetMember)
  case freeze(FleetMember)
  case thaw(FleetMember)
  case terminateRuntime(Generation, FleetMember)
  case killRuntime(Generation, FleetMember)
  case sendShutdown(UInt16, ShutdownReason, deadline: Timestamp, FleetMember)
  case killExtensions(UInt16, Generation, FleetMember)
  case gone(FleetMember)
}

/// Names a call of the Invoke API, or of a key: no two have the same.
typealias CallNumber = UInt64
