package import LambdaLifecycle
internal import NIOCore

/// A call that has been answered, for who looks on: the beginnings of the event and of the answer.
package struct AnsweredCall: Sendable {
  /// Of each text.
  private static let mostBytes = 4 << 10

  package let id: RequestID
  /// Of HTTP.
  package let status: Int
  /// The function has failed, or the call was refused.
  package let hasFailed: Bool
  package let event: [UInt8]
  package let answer: [UInt8]

  init(_ call: InvokeCall, status: Int, _ body: ByteBuffer, failed: Bool) {
    id = call.id
    self.status = status
    hasFailed = failed
    event = Array(call.event.readableBytesView.prefix(Self.mostBytes))
    answer = Array(body.readableBytesView.prefix(Self.mostBytes))
  }
}
