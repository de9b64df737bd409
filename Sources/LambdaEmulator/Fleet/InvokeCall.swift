internal import LambdaLifecycle
internal import NIOCore

/// Somebody's call of the function, from its arrival to its answer.
final class InvokeCall {
  let number: CallNumber
  let id: RequestID
  /// What the runtime is given.
  let event: ByteBuffer
  /// Where the answer goes; nil for a call that a key has made.
  let reply: HTTPReply?
  let wishes: CallerWishes
  /// The function's answer as it gave it; nil as long as there is none.
  var result: FunctionAnswer?

  init(_ number: CallNumber, _ id: RequestID, event: ByteBuffer, reply: HTTPReply?, _ wishes: CallerWishes) {
    self.number = number
    self.id = id
    self.event = event
    self.reply = reply
    self.wishes = wishes
  }
}
