internal import LambdaLifecycle

/// Takes calls of the function: the fleet.
protocol InvokeCalls: AnyObject {
  /// An id that no other request has.
  func newID() -> RequestID
  /// The moment it is, by the wall clock.
  var wallTime: Timestamp { get }
  /// A call whose caller, if it has one, waits for the answer.
  func invoke(_ request: CallRequest)
  /// An event that nobody waits for goes into Lambda's queue.
  /// - Returns: false where there is no room for it.
  func enqueue(_ request: CallRequest) -> Bool
}
