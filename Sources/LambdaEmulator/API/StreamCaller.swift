internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

/// The caller of InvokeWithResponseStream: each part of the response is an event of the stream that it gets,
/// and the end of the invocation is its last one (API_InvokeWithResponseStream page).
final class StreamCaller: Caller, CallerStream {
  private let reply: HTTPReply
  private var hasBegun = false

  init(_ reply: HTTPReply) { self.reply = reply }

  func stream(contentType: String, _ facts: AnswerFacts) -> (any CallerStream)? {
    begin(facts)
    return self
  }

  func answer(_ answer: FunctionAnswer, _ facts: AnswerFacts) -> HTTPResponseStatus {
    if !hasBegun {
      begin(facts)
      // A function that does not stream gives one part.
      if answer.errorType == nil { write(answer.body) }
    }
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    if let error = answer.errorType {
      line.add("ErrorCode", error)
      line.add("ErrorDetails", String(buffer: answer.body))
    }
    if let log = facts.log { line.add("LogResult", log) }
    line.finish(into: &bytes)
    let last = ByteBuffer(bytes: bytes.dropLast())
    reply.write(EventStreamMessage(event: "InvokeComplete", contentType: "application/json", last).bytes)
    reply.end()
    return .ok
  }

  func refuse(_ refusal: InvokeRefusal, _ fields: [(String, String)]) { reply.refuse(refusal, fields) }

  private func begin(_ facts: AnswerFacts) {
    hasBegun = true
    reply.begin(
      .ok,
      [
        ("Content-Type", EventStreamMessage.contentType), ("X-Amzn-RequestId", facts.request.uuid),
        ("X-Amz-Executed-Version", facts.version),
      ])
  }

  // MARK: CallerStream

  var isFull: Bool { reply.isFull }

  var roomCame: () -> Void {
    get { reply.roomCame }
    set { reply.roomCame = newValue }
  }

  func write(_ part: ByteBuffer) {
    guard part.readableBytes > 0 else { return }
    reply.write(
      EventStreamMessage(event: "PayloadChunk", contentType: "application/octet-stream", part).bytes)
  }
}
