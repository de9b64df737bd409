internal import NIOCore
internal import NIOHTTP1

/// Where the answer to one request goes; used on the event loop alone. The first answer counts.
final class HTTPReply {
  private let context: ChannelHandlerContext
  private let keepsAlive: Bool
  private let isHead: Bool
  private let finished: () -> Void
  /// Nothing has been answered, and the client is still there.
  private(set) var isOpen = true

  /// - Parameter finished: called when the answer is on its way, and the connection may take the next request.
  init(
    _ context: ChannelHandlerContext, keepsAlive: Bool, isHead: Bool, _ finished: @escaping () -> Void
  ) {
    self.context = context
    self.keepsAlive = keepsAlive
    self.isHead = isHead
    self.finished = finished
  }

  /// The client has gone.
  func close() { isOpen = false }

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
    if let body, body.readableBytes > 0, !isHead {
      context.write(NIOAny(HTTPServerResponsePart.body(.byteBuffer(body))), promise: nil)
    }
    guard !keepsAlive else {
      context.writeAndFlush(NIOAny(HTTPServerResponsePart.end(nil)), promise: nil)
      return finished()
    }
    // A connection that is closed before everything is written would cut the answer off.
    let written = context.eventLoop.makePromise(of: Void.self)
    let context = context
    written.futureResult.assumeIsolated().whenComplete { _ in context.close(promise: nil) }
    context.writeAndFlush(NIOAny(HTTPServerResponsePart.end(nil)), promise: written)
  }

  /// Answers with a text of JSON.
  func send(_ status: HTTPResponseStatus, json: String, _ fields: [(String, String)] = []) {
    send(status, fields + [("Content-Type", "application/json")], ByteBuffer(string: json))
  }
}

extension HTTPResponseStatus {
  fileprivate var mayHaveResponseBody: Bool { self != .noContent && self != .notModified }
}
