internal import LambdaLifecycle
internal import NIOCore

/// Somebody's call of the function, from its arrival to its answer; of an event in Lambda's queue, to that of its last
/// attempt.
final class InvokeCall {
  let number: CallNumber
  let id: RequestID
  /// What the runtime is given.
  let event: ByteBuffer
  /// Who waits for the answer; nil for a call that a key has made, and for an event in the queue.
  let caller: (any Caller)?
  let wishes: CallerWishes
  /// The function's answer as it gave it; nil as long as there is none.
  var result: FunctionAnswer?
  /// How often it has been handed to a runtime.
  var attempts = 0
  /// The attempt under way has been answered.
  var isAnswered = false

  init(_ number: CallNumber, _ request: CallRequest) {
    self.number = number
    id = request.id
    event = request.event
    caller = request.caller
    wishes = request.wishes
  }
}

/// What somebody wants of the function.
struct CallRequest {
  var id: RequestID
  var event: ByteBuffer
  /// Nil where nobody waits.
  var caller: (any Caller)?
  var wishes: CallerWishes
}
