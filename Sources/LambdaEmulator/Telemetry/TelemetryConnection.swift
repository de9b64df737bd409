internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A connection to a subscriber, made when something is to be sent and kept as long as it holds.
final class TelemetryConnection: TelemetrySender {
  private let host: String
  private let destination: TelemetrySubscription.Destination
  private let loop: any EventLoop
  private var channel: (any Channel)?
  private var done: ((TelemetrySending) -> Void)?

  init(host: String, _ destination: TelemetrySubscription.Destination, on loop: any EventLoop) {
    self.host = host
    self.destination = destination
    self.loop = loop
  }

  var isBusy: Bool { done != nil }

  func send(_ events: [[UInt8]], _ done: @escaping (TelemetrySending) -> Void) {
    self.done = done
    if let channel, channel.isActive { return write(events, to: channel) }
    let this = NIOLoopBound(self, eventLoop: loop)
    ClientBootstrap(group: loop)
      .connectTimeout(.seconds(5))
      .channelOption(.tcpOption(.tcp_nodelay), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if case .http = this.value.destination { try pipeline.addHTTPClientHandlers() }
          try pipeline.addHandler(TelemetryAnswers(this.value))
        }
      }
      .connect(host: host, port: destination.port)
      .assumeIsolated().whenComplete { result in
        switch result {
        case .success(let channel):
          self.channel = channel
          self.write(events, to: channel)
        case .failure: self.finish(.notReached)
        }
      }
  }

  func close() {
    done = nil
    channel?.close(promise: nil)
    channel = nil
  }

  private func write(_ events: [[UInt8]], to channel: any Channel) {
    guard done != nil else { return channel.close(promise: nil) }
    switch destination {
    case .http(let port, let path):
      let body = Self.array(events)
      var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: path)
      head.headers.add(name: "Host", value: "sandbox.localdomain:\(port)")
      head.headers.add(name: "Content-Type", value: "application/json")
      head.headers.add(name: "Content-Length", value: "\(body.readableBytes)")
      channel.write(HTTPClientRequestPart.head(head), promise: nil)
      channel.write(HTTPClientRequestPart.body(.byteBuffer(body)), promise: nil)
      channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    case .tcp:
      // Nobody acknowledges: bytes that the system has taken are sent (telemetry-api page).
      channel.writeAndFlush(Self.lines(events)).assumeIsolated().whenComplete { result in
        if case .success = result { self.finish(.taken) } else { self.finish(.notReached) }
      }
    }
  }

  private static func array(_ events: [[UInt8]]) -> ByteBuffer {
    var body = ByteBuffer()
    body.reserveCapacity(events.reduce(2) { $0 + $1.count + 1 })
    for (place, event) in events.enumerated() {
      body.writeInteger(UInt8(ascii: place == 0 ? "[" : ","))
      body.writeBytes(event)
    }
    body.writeInteger(UInt8(ascii: "]"))
    return body
  }

  private static func lines(_ events: [[UInt8]]) -> ByteBuffer {
    var body = ByteBuffer()
    for event in events {
      body.writeBytes(event)
      body.writeInteger(UInt8(ascii: "\n"))
    }
    return body
  }

  fileprivate func finish(_ result: TelemetrySending) {
    let done = done
    self.done = nil
    done?(result)
  }

  /// The other side closes it, or will: another one is made for the next batch.
  fileprivate func forget(_ channel: any Channel) -> Bool {
    guard self.channel === channel else { return false }
    self.channel = nil
    return true
  }
}

/// The answers of a subscriber.
private final class TelemetryAnswers: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  private weak var connection: TelemetryConnection?
  private var head: HTTPResponseHead?
  private let isHTTP: Bool

  init(_ connection: TelemetryConnection) {
    self.connection = connection
    isHTTP = connection.speaksHTTP
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // By TCP no answer is expected, and any that comes is ignored.
    guard isHTTP else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body: break
    case .end:
      let head = head
      self.head = nil
      guard let head else { return }
      if !head.isKeepAlive {
        _ = connection?.forget(context.channel)
        context.close(promise: nil)
      }
      let status = head.status.code
      connection?.finish(status < 400 ? .taken : .refused("HTTP status \(status)"))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if connection?.forget(context.channel) == true { connection?.finish(.notReached) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

extension TelemetryConnection {
  fileprivate var speaksHTTP: Bool { if case .http = destination { true } else { false } }
}
