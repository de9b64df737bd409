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
  /// What the caller called the function, and its version or alias.
  var functionName = ""
  var qualifier = ""
  /// The caller wants the end of the log.
  var wantsLog = false
  /// What the caller says of itself, as JSON; nil for nothing.
  var clientContext: String?
  /// By X-Ray's header; nil for none.
  var traceID: String?
  /// The function's answer as it gave it; nil as long as there is none.
  var result: InvokeAnswer?

  init(_ number: CallNumber, _ id: RequestID, event: ByteBuffer, reply: HTTPReply?) {
    self.number = number
    self.id = id
    self.event = event
    self.reply = reply
  }
}

/// What a caller gets.
struct InvokeAnswer {
  var body: ByteBuffer
  var contentType = "application/json"
  /// The function has failed; the status is 200 all the same.
  var isFunctionError = false
}
