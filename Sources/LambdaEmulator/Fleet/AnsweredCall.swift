package import LambdaLifecycle
internal import NIOCore

/// A call that has been answered, to be shown.
package struct AnsweredCall: Sendable {
  package let id: RequestID
  /// The status of HTTP.
  package let status: Int
  /// Nobody has called by HTTP: it was us, by a key or for a script.
  package let isOurs: Bool
  /// True for an attempt at an event that nobody waits for.
  package let isEvent: Bool
  /// The function has failed, or the call was refused.
  package let hasFailed: Bool
  private let body: ByteBuffer

  /// - Parameter isEvent: true for an event of Lambda's queue, whose caller got 202 long ago.
  init(_ call: InvokeCall, status: Int, _ body: ByteBuffer, failed: Bool, isEvent: Bool = false) {
    id = call.id
    isOurs = call.caller == nil && !isEvent
    self.isEvent = isEvent
    self.status = status
    hasFailed = failed
    self.body = body
  }

  /// The whole body that the caller has got.
  package var answer: [UInt8] { Array(body.readableBytesView) }

  /// Its length in bytes.
  var bytes: Int { body.readableBytes }
}
