internal import LambdaEventFormats
internal import NIOCore
internal import NIOHTTP1

/// An error of the Invoke API.
struct InvokeRefusal {
  let status: HTTPResponseStatus
  let type: String
  let body: ByteBuffer

  /// - Parameter reason: the limit that was reached, of a 429.
  init(_ status: HTTPResponseStatus, _ type: String, _ message: String, reason: String? = nil) {
    self.status = status
    self.type = type
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    if let reason { line.add("Reason", reason) }
    line.add("Type", "User")
    line.add("message", message)
    line.finish(into: &bytes)
    body = ByteBuffer(bytes: bytes.dropLast())
  }
}

extension HTTPReply {
  /// Answers with an error of the Invoke API.
  func refuse(_ refusal: InvokeRefusal, _ fields: [(String, String)] = []) {
    send(
      refusal.status,
      [("Content-Type", "application/json"), ("X-Amzn-ErrorType", refusal.type)] + fields, refusal.body)
  }

  /// Answers with an error of the Invoke API, made of its parts.
  func fail(_ status: HTTPResponseStatus, _ type: String, _ message: String) {
    refuse(InvokeRefusal(status, type, message))
  }
}
