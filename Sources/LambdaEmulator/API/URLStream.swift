internal import LambdaEventFormats
internal import NIOCore
internal import NIOHTTP1

/// A streamed response for a caller by the function's URL: the body as it comes. In front of it there may be status,
/// header fields and cookies as JSON, and eight zeros (runtimes-custom page).
final class URLStream: CallerStream {
  private static let integrationType = "application/vnd.awslambda.http-integration-response"
  private static let end = [UInt8](repeating: 0, count: 8)
  /// The most bytes in front of a body.
  private static let mostInFront = 64 << 10

  private enum State {
    /// The part in front of the body has not all come.
    case front(ByteBuffer)
    /// Nothing stands in front of the body, which has not begun.
    case untouched
    case body
    /// Nothing of it can be sent.
    case void
  }

  private let reply: HTTPReply
  private let contentType: String
  private let identity: (String, String)
  private var state: State
  /// The status that the caller has got; nil while it has got nothing.
  private(set) var status: HTTPResponseStatus?

  /// - Parameters:
  ///   - contentType: as the runtime says it.
  ///   - identity: the field with the request's id.
  init(_ reply: HTTPReply, contentType: String, _ identity: (String, String)) {
    self.reply = reply
    self.contentType = contentType
    self.identity = identity
    state = contentType == Self.integrationType ? .front(ByteBuffer()) : .untouched
  }

  var isFull: Bool { reply.isFull }

  var roomCame: () -> Void {
    get { reply.roomCame }
    set { reply.roomCame = newValue }
  }

  func write(_ part: ByteBuffer) {
    switch state {
    case .body: reply.write(part)
    case .void: break
    case .untouched:
      begin()
      reply.write(part)
    case .front(var front):
      // Only the new part is searched, and the few bytes before it in which the zeros may begin.
      let seen = max(0, front.readableBytes - Self.end.count + 1)
      front.writeImmutableBuffer(part)
      let bytes = front.readableBytesView
      if let end = bytes.dropFirst(seen).firstRange(of: Self.end) {
        let told = bytes[..<end.lowerBound].withUnsafeBytes { HTTPAnswer($0, isPrelude: true) }
        guard case .structured(let answer) = told, let fields = URLFields(answer) else {
          return state = .void
        }
        begin(.init(statusCode: answer.status), fields.fields)
        reply.write(ByteBuffer(bytes[end.upperBound...]))
      } else {
        state = bytes.count > Self.mostInFront ? .void : .front(front)
      }
    }
  }

  /// The response is whole. Where nothing of it could be sent, nothing has been answered.
  func finish() {
    if case .untouched = state { begin() }
    reply.end()
  }

  /// The function has failed.
  func fail() { reply.abort() }

  private func begin() { begin(.ok, [("Content-Type", contentType)]) }

  private func begin(_ status: HTTPResponseStatus, _ fields: [(String, String)]) {
    state = .body
    self.status = status
    reply.begin(status, fields + [identity])
  }
}
