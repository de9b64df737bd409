internal import NIOCore
internal import NIOHTTP1

/// One connection: puts requests together and hands them to a service, one after another.
final class HTTPConnection: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart

  /// A client's first request, and the body of each, must be there as a whole by then: a slow client must not hold its
  /// place for ever.
  private static let patience = TimeAmount.seconds(30)
  /// The most bytes that are read of a body beyond its limit, for a client that looks for an answer only when it has
  /// sent everything.
  private static let mostThrownAway = 256 << 20
  /// Requests that a client may send before it has had an answer.
  private static let mostPending = 16
  /// The most bytes of their bodies together.
  private static let mostPendingBytes = 8 << 20

  private let listener: HTTPListener
  /// The head of the request that is being received.
  private var head: HTTPRequestHead? {
    didSet {
      if oldValue == nil, head != nil { listener.requestBegins() }
      if oldValue != nil, head == nil { listener.requestEnds() }
    }
  }
  /// The moment it came.
  private var begun = NIODeadline.uptimeNanoseconds(0)
  private var body = ByteBuffer()
  private var bytes = 0
  private var limit = 0
  private var deadline: Scheduled<Void>?
  private var reply: HTTPReply?
  /// Takes the body of the request that is coming in; nil where it is put together here.
  private var reader: (any HTTPBodyReader)?
  /// Whole requests that wait until the one before them has been answered.
  private var pending: [Pending] = []

  private struct Pending {
    var head: HTTPRequestHead
    var body: ByteBuffer
    var isTooLarge: Bool
    var trailers: HTTPHeaders?
    var begun: NIODeadline
  }

  init(of listener: HTTPListener) { self.listener = listener }

  func channelActive(context: ChannelHandlerContext) {
    guard listener.opened(context.channel) else { return context.close(promise: nil) }
    awaitRequest(context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    reply?.close()
    reply = nil
    pending = []
    if let reader {
      reader.breaksOff()
    } else if let head {
      listener.service?.isTruncated(head)
    }
    reader = nil
    head = nil
    listener.closed(context.channel)
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      begun = .now()
      body = ByteBuffer()
      bytes = 0
      limit = listener.service?.bodyLimit(of: head) ?? 0
      // Not within the answer to a request before it: that client sends its body after a while all the same.
      if reply == nil, pending.isEmpty, head.headers[canonicalForm: "expect"].contains("100-continue") {
        let go = HTTPServerResponsePart.head(.init(version: .http1_1, status: .continue))
        context.writeAndFlush(NIOAny(go), promise: nil)
      }
      if reply == nil, pending.isEmpty, let reader = listener.service?.reader(of: head) {
        read(with: reader, context)
      }
    case .body(let part) where reader != nil: reader?.take(part)
    case .body(var part):
      bytes += part.readableBytes
      if bytes > limit {
        body.clear()
        if bytes > limit + Self.mostThrownAway { context.close(promise: nil) }
      } else if body.readableBytes == 0 {
        body = part
      } else {
        body.writeBuffer(&part)
      }
    case .end(let trailers):
      guard let head else { return }
      self.head = nil
      deadline?.cancel()
      deadline = nil
      if let reader {
        self.reader = nil
        return reader.end(trailers, makeReply(to: head, context))
      }
      pending.append(
        Pending(head: head, body: body, isTooLarge: bytes > limit, trailers: trailers, begun: begun))
      body = ByteBuffer()
      let waiting = pending.dropFirst().reduce(0) { $0 + $1.body.readableBytes }
      if pending.count > Self.mostPending || waiting > Self.mostPendingBytes {
        return context.close(promise: nil)
      }
      answerNext(context)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if head != nil, reader == nil, deadline == nil { awaitRequest(context) }
    context.fireChannelReadComplete()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    reply?.roomChanged()
    answerNext(context)
    context.fireChannelWritabilityChanged()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A body that breaks off is reported at its end.
    if let error = error as? HTTPParserError, error != .invalidEOFState || head == nil {
      listener.service?.isGarbled()
      if error != .invalidEOFState, reply == nil, pending.isEmpty { refuseGarbled(error, context) }
    }
    context.close(promise: nil)
  }

  /// Nothing may be put off: the connection is closed at once.
  private func refuseGarbled(_ error: HTTPParserError, _ context: ChannelHandlerContext) {
    let why =
      error == .headerOverflow
      ? "The headers are too large." : "The request is no HTTP that can be read: \(error)."
    guard let body = listener.service?.body(forGarbled: why) else { return }
    let head = HTTPResponseHead(
      version: .http1_1, status: .badRequest,
      headers: [
        "Connection": "close", "Content-Type": "application/json", "Content-Length": "\(body.readableBytes)",
      ])
    context.write(NIOAny(HTTPServerResponsePart.head(head)), promise: nil)
    context.write(NIOAny(HTTPServerResponsePart.body(.byteBuffer(body))), promise: nil)
    context.writeAndFlush(NIOAny(HTTPServerResponsePart.end(nil)), promise: nil)
  }

  private func awaitRequest(_ context: ChannelHandlerContext) {
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) { [weak self] in
      guard let self else { return }
      // A client that we do not read is not late.
      if self.listener.isReading { context.close(promise: nil) } else { self.awaitRequest(context) }
    }
  }

  /// A stream may take as long as it wants.
  private func read(with reader: any HTTPBodyReader, _ context: ChannelHandlerContext) {
    self.reader = reader
    deadline?.cancel()
    deadline = nil
    let channel = context.channel
    reader.hold = { [weak listener] in listener?.pause(channel, $0) }
  }

  private func makeReply(to head: HTTPRequestHead, _ context: ChannelHandlerContext) -> HTTPReply {
    let reply = HTTPReply(context, to: head) { [weak self] in
      self?.reply = nil
      self?.answerNext(context)
    }
    reply.refusals = listener.service?.refusals
    self.reply = reply
    return reply
  }

  /// Answers the next request. A client that does not read its answers gets no more of them.
  private func answerNext(_ context: ChannelHandlerContext) {
    guard reply == nil, !pending.isEmpty, context.channel.isWritable else { return }
    let next = pending.removeFirst()
    let reply = makeReply(to: next.head, context)
    guard let service = listener.service, !listener.isClosed else { return context.close(promise: nil) }
    service.answer(
      HTTPCall(
        head: next.head, body: next.body, isTooLarge: next.isTooLarge, trailers: next.trailers,
        begun: next.begun, reply: reply))
  }
}
