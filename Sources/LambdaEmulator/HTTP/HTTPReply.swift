internal import NIOCore
internal import NIOHTTP1

/// The way of the answer to one request; used on the event loop alone. The first answer counts.
final class HTTPReply {
  private let context: ChannelHandlerContext
  private let request: HTTPRequestHead
  private let keepsAlive: Bool
  private let finished: () -> Void
  /// Nothing has been answered, and the client is still there.
  private(set) var isOpen = true
  /// An answer has begun, of which more may be written.
  private var isStreaming = false
  /// Its parts are sent: neither to HEAD nor with a status that has no body.
  private var sendsParts = false
  /// Hears where the request is refused.
  weak var refusals: (any RefusalListener)?
  /// Called when there is room again for parts of an answer, and when nobody takes them any more.
  var roomCame: () -> Void = {}

  /// - Parameter finished: called when the answer is on its way, and the connection may take the next request.
  init(
    _ context: ChannelHandlerContext, to request: HTTPRequestHead, _ finished: @escaping () -> Void
  ) {
    self.context = context
    self.request = request
    keepsAlive = request.isKeepAlive
    self.finished = finished
  }

  /// The client's address, without the port; empty where nobody knows.
  var clientAddress: String { context.remoteAddress?.ipAddress ?? "" }

  private var isHead: Bool { request.method == .HEAD }
  private var version: HTTPVersion { request.version }

  /// The client has gone.
  func close() {
    isOpen = false
    isStreaming = false
    roomCame()
  }

  /// Answers.
  func send(_ status: HTTPResponseStatus, _ fields: [(String, String)] = [], _ body: ByteBuffer? = nil) {
    guard isOpen else { return }
    isOpen = false
    var headers = HTTPHeaders()
    headers.reserveCapacity(fields.count + 2)
    for (name, value) in fields { headers.add(name: name, value: value) }
    if status.mayHaveResponseBody {
      headers.add(name: "Content-Length", value: String(body?.readableBytes ?? 0))
    }
    if !keepsAlive { headers.add(name: "Connection", value: "close") }
    let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
    context.write(NIOAny(HTTPServerResponsePart.head(head)), promise: nil)
    if let body, body.readableBytes > 0, !isHead, status.mayHaveResponseBody {
      context.write(NIOAny(HTTPServerResponsePart.body(.byteBuffer(body))), promise: nil)
    }
    finish(closing: !keepsAlive)
  }

  private func finish(closing: Bool) {
    guard closing else {
      context.writeAndFlush(NIOAny(HTTPServerResponsePart.end(nil)), promise: nil)
      return finished()
    }
    // A connection that is closed before everything is written would cut the answer off.
    let written = context.eventLoop.makePromise(of: Void.self)
    let context = context
    written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    context.writeAndFlush(NIOAny(HTTPServerResponsePart.end(nil)), promise: written)
  }

  // MARK: An answer in parts

  /// True while the client has not taken the parts written last.
  var isFull: Bool { isStreaming && !context.channel.isWritable }

  /// Begins an answer of unknown length.
  func begin(_ status: HTTPResponseStatus, _ fields: [(String, String)]) {
    guard isOpen else { return }
    (isOpen, isStreaming) = (false, true)
    sendsParts = !isHead && status.mayHaveResponseBody
    var headers = HTTPHeaders(fields)
    if isHead { headers.add(name: "Content-Length", value: "0") }
    if closesAfterParts { headers.add(name: "Connection", value: "close") }
    let head = HTTPResponseHead(version: version, status: status, headers: headers)
    context.writeAndFlush(NIOAny(HTTPServerResponsePart.head(head)), promise: nil)
  }

  /// In any version but HTTP/1.1 the end of the connection is that of the body.
  private var closesAfterParts: Bool { !keepsAlive || version != .http1_1 }

  /// Sends a part of an answer that has begun.
  func write(_ part: ByteBuffer) {
    guard isStreaming, sendsParts, part.readableBytes > 0 else { return }
    context.writeAndFlush(NIOAny(HTTPServerResponsePart.body(.byteBuffer(part))), promise: nil)
  }

  /// The answer is whole.
  func end() {
    guard isStreaming else { return }
    isStreaming = false
    finish(closing: closesAfterParts)
    roomCame()
  }

  /// Breaks off an answer that has begun, so that its client does not take it for a whole one.
  func abort() {
    guard isStreaming else { return }
    isStreaming = false
    context.close(promise: nil)
    roomCame()
  }

  /// The connection takes more, or less.
  func roomChanged() { if context.channel.isWritable { roomCame() } }

  /// Answers with a text of JSON.
  func send(_ status: HTTPResponseStatus, json: String, _ fields: [(String, String)] = []) {
    send(status, fields + [("Content-Type", "application/json")], ByteBuffer(string: json))
  }
}

extension HTTPResponseStatus {
  fileprivate var mayHaveResponseBody: Bool { self != .noContent && self != .notModified }
}

extension HTTPReply {
  /// Answers with an error of the Runtime API, or of one of its kind.
  func refuse(_ status: HTTPResponseStatus, _ body: ErrorBody) {
    send(status, json: body.json)
    if status.code >= 400 { refusals?.refused(request, status, body) }
  }

  func refuseMethod() {
    refuse(.methodNotAllowed, ErrorBody("MethodNotAllowed", "This path takes another method"))
  }
}
