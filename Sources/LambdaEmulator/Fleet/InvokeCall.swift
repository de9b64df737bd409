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
  /// By X-Ray's header.
  let trace: String
  /// The function's answer as it gave it; nil as long as there is none.
  var result: FunctionAnswer?

  init(
    _ number: CallNumber, _ id: RequestID, event: ByteBuffer, reply: HTTPReply?, _ wishes: CallerWishes,
    at now: Timestamp
  ) {
    self.number = number
    self.id = id
    self.event = event
    self.reply = reply
    self.wishes = wishes
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
