internal import LambdaLifecycle
internal import NIOCore

/// Somebody's call of the function, from its arrival to its answer; of an event in Lambda's queue, to that of its last
/// attempt.
final class InvokeCall {
  let number: CallNumber
  let id: RequestID
  /// The payload that the runtime gets.
  let event: ByteBuffer
  /// The caller that waits for the answer; nil for a call that a key has made, and for an event in the queue.
  let caller: (any Caller)?
  let wishes: CallerWishes
  /// By X-Ray's header.
  let trace: String
  /// The function's answer as it gave it; nil as long as there is none.
  var result: FunctionAnswer?
  /// The number of times it has been handed to a runtime.
  var attempts = 0
  /// The attempt under way has been answered.
  var isAnswered = false

  init(_ number: CallNumber, _ request: CallRequest, at now: Timestamp) {
    self.number = number
    id = request.id
    event = request.event
    caller = request.caller
    wishes = request.wishes
    trace = wishes.traceID ?? Self.trace(of: id, at: now)
  }

  /// A trace that nobody samples: there is no X-Ray here.
  private static func trace(of id: RequestID, at now: Timestamp) -> String {
    let digits = id.uuid.utf8.filter { $0 != UInt8(ascii: "-") }
    let seconds = String(now / .seconds(1), radix: 16)
    let root = String(decoding: digits.prefix(24), as: UTF8.self)
    return "Root=1-\(seconds)-\(root);Parent=\(String(decoding: digits.suffix(16), as: UTF8.self));Sampled=0"
  }
}

/// A request for the function, before it is a call.
struct CallRequest {
  var id: RequestID
  var event: ByteBuffer
  /// Nil where nobody waits.
  var caller: (any Caller)?
  var wishes: CallerWishes
}
