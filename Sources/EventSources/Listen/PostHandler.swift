internal import NIOCore
internal import NIOHTTP1

/// One connection: puts bodies together, delivers them and answers.
final class PostHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  /// A payload of the Telemetry API may reach twice its `maxBytes`, which is 1 MiB at most (Telemetry API page).
  static let maximumBody = 4 << 20
  /// A request that is not there by then is given up: a slow client must not hold its place for ever.
  static let patience = TimeAmount.seconds(30)
  /// Between two requests a frozen environment says nothing for long.
  static let idlePatience = TimeAmount.minutes(30)
  /// How often a full inbox is asked for room.
  private static let retryInterval = TimeAmount.milliseconds(5)

  private let source: Int
  private let number: Int
  private let connections: Connections
  private let inbox: Inbox
  private var head: HTTPRequestHead?
  private var body: [UInt8] = []
  private var deadline: Scheduled<Void>?
  private var isRefused = false

  init(source: Int, number: Int, connections: Connections, into inbox: Inbox) {
    self.source = source
    self.number = number
    self.connections = connections
    self.inbox = inbox
  }

  func channelActive(context: ChannelHandlerContext) {
    if !connections.open() {
      problem("more than \(connections.maximum) connections at once: one was turned away")
      context.close(promise: nil)
      return
    }
    arm(Self.patience, context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    connections.close()
    deadline?.cancel()
    if head != nil, !isRefused {
      problem("a client left after \(body.count) bytes of a body: what it had begun is lost")
    }
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = []
      arm(Self.patience, context)
      check(head, context)
    case .body(let part):
      guard !isRefused else { return }
      if body.count + part.readableBytes > Self.maximumBody { return refuseSize(context) }
      body += part.readableBytesView
    case .end:
      guard !isRefused, let head else { return }
      deadline?.cancel()
      let path = head.uri.prefix { $0 != "?" }.split(separator: "/").joined(separator: "/")
      deliver(
        Post(
          source: source, path: String(path.prefix(200)), connection: number, arrival: currentTime(),
          bytes: body),
        keepAlive: head.isKeepAlive, context)
      body = []
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    problem("a client did not speak HTTP, or its connection broke: \(error)")
    isRefused = true
    if error is HTTPParserError {
      answer(.badRequest, "expected an HTTP POST of events", keepAlive: false, context)
    } else {
      context.close(promise: nil)
    }
  }

  private func check(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    guard head.method == .POST || head.method == .PUT else {
      isRefused = true
      return answer(
        .methodNotAllowed, "lanes listens here for events: POST them, a JSON array as the Telemetry API does",
        keepAlive: false, context)
    }
    let length = head.headers.first(name: "Content-Length").flatMap { Int($0) }
    if let length, length > Self.maximumBody { refuseSize(context) }
  }

  private func refuseSize(_ context: ChannelHandlerContext) {
    problem("a body of more than \(Self.maximumBody >> 20) MiB was refused")
    isRefused = true
    body = []
    answer(.payloadTooLarge, "expected at most \(Self.maximumBody) bytes", keepAlive: false, context)
  }

  /// Acknowledges when the inbox has it; until there is room the sender waits.
  private func deliver(_ post: Post, keepAlive: Bool, _ context: ChannelHandlerContext) {
    switch inbox.offer(.posted(post)) {
    case .taken:
      head = nil
      answer(.ok, "", keepAlive: keepAlive, context)
      arm(Self.idlePatience, context)
    case .closed:
      isRefused = true
      answer(.serviceUnavailable, "lanes is ending", keepAlive: false, context)
    case .full:
      let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      context.eventLoop.scheduleTask(in: Self.retryInterval) {
        let (handler, context) = bound.value
        guard context.channel.isActive else { return }
        handler.deliver(post, keepAlive: keepAlive, context)
      }
    }
  }

  private func answer(
    _ status: HTTPResponseStatus, _ text: String, keepAlive: Bool, _ context: ChannelHandlerContext
  ) {
    var head = HTTPResponseHead(version: .http1_1, status: status)
    head.headers.add(name: "Content-Length", value: "\(text.utf8.count)")
    if !keepAlive { head.headers.add(name: "Connection", value: "close") }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let buffer = context.channel.allocator.buffer(string: text)
    context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      if !keepAlive { bound.value.close(promise: nil) }
    }
  }

  private func arm(_ patience: TimeAmount, _ context: ChannelHandlerContext) {
    deadline?.cancel()
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    deadline = context.eventLoop.scheduleTask(in: patience) {
      let (handler, context) = bound.value
      if handler.head != nil { handler.problem("a client was cut off: its body was not there in time") }
      handler.isRefused = true
      context.close(promise: nil)
    }
  }

  private func problem(_ text: String) { _ = inbox.offer(.refused(source: source, reason: text)) }
}
