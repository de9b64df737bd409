internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

/// A caller by the function's URL, who waits. A streamed response is sent on as it comes.
final class URLCaller: Caller {
  private let reply: HTTPReply
  private var stream: URLStream?

  init(_ reply: HTTPReply) { self.reply = reply }

  func stream(contentType: String, _ facts: AnswerFacts) -> (any CallerStream)? {
    let stream = URLStream(reply, contentType: contentType, Self.identity(facts))
    self.stream = stream
    return stream
  }

  func answer(_ answer: FunctionAnswer, _ facts: AnswerFacts) -> HTTPResponseStatus {
    let identity = Self.identity(facts)
    if let stream {
      if answer.errorType == nil { stream.finish() } else { stream.fail() }
      return stream.status ?? fail(identity)
    }
    guard answer.errorType == nil else { return fail(identity) }
    switch answer.body.withUnsafeReadableBytes({ HTTPAnswer($0) }) {
    case .value:
      reply.send(.ok, [("Content-Type", "application/json"), identity], answer.body)
      return .ok
    case .malformed: return fail(identity)
    case .structured(let told):
      guard let fields = URLFields(told), let body = Self.body(of: told) else { return fail(identity) }
      let status = HTTPResponseStatus(statusCode: told.status)
      reply.send(status, fields.fields + [identity], body)
      return status
    }
  }

  func refuse(_ refusal: InvokeRefusal, _ fields: [(String, String)]) { reply.refuse(refusal, fields) }

  private static func identity(_ facts: AnswerFacts) -> (String, String) {
    ("X-Amzn-RequestId", facts.request.uuid)
  }

  /// The caller learns no more than this, whatever the failure.
  private func fail(_ identity: (String, String)) -> HTTPResponseStatus {
    let text = ByteBuffer(string: "Internal Server Error")
    reply.send(.badGateway, [("Content-Type", "application/json"), identity], text)
    return .badGateway
  }

  /// Nil where it is said to be base64 and is not.
  private static func body(of told: StructuredAnswer) -> ByteBuffer? {
    guard told.isBase64 else { return ByteBuffer(string: told.body) }
    return Base64.bytes(of: told.body).map { ByteBuffer(bytes: $0) }
  }
}
