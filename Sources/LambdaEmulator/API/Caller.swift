internal import LambdaLifecycle
internal import NIOHTTP1

/// Somebody who waits for the answer to a call, and the form in which it gets it. The first answer counts.
protocol Caller: AnyObject {
  /// The function has answered, or the emulator answers in its place.
  /// - Returns: the status that the caller gets.
  func answer(_ answer: FunctionAnswer, _ facts: AnswerFacts) -> HTTPResponseStatus
  /// The function begins to stream its response.
  /// - Returns: the stream that its parts go to; nil where they are kept until there are
  ///   all of them. `answer` follows.
  func stream(contentType: String, _ facts: AnswerFacts) -> (any CallerStream)?
  /// No environment has taken the call.
  func refuse(_ refusal: InvokeRefusal, _ fields: [(String, String)])
}

/// The facts that go with an answer.
struct AnswerFacts {
  var request: RequestID
  /// The version or alias that was called.
  var version: String
  /// The end of the log in base64; nil where nobody asked for it.
  var log: String?
}

/// The caller of an Invoke request, who waits.
final class InvokeCaller: Caller {
  private let reply: HTTPReply

  init(_ reply: HTTPReply) { self.reply = reply }

  func answer(_ answer: FunctionAnswer, _ facts: AnswerFacts) -> HTTPResponseStatus {
    var fields = [
      ("Content-Type", answer.contentType), ("X-Amzn-RequestId", facts.request.uuid),
      ("X-Amz-Executed-Version", facts.version),
    ]
    if answer.errorType != nil { fields.append(("X-Amz-Function-Error", "Unhandled")) }
    if let log = facts.log { fields.append(("X-Amz-Log-Result", log)) }
    reply.send(.ok, fields, answer.body)
    return .ok
  }

  func refuse(_ refusal: InvokeRefusal, _ fields: [(String, String)]) { reply.refuse(refusal, fields) }
}
