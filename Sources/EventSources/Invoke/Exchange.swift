internal import Glibc
internal import NIOCore
internal import NIOHTTP1

let connectionRefused = ECONNREFUSED

/// A connection for one request and its answer.
struct Exchange: Sendable {
  let channel: any Channel
  let outcome: EventLoopFuture<InvokeResult.Outcome>

  /// Sends the payload and waits for the answer.
  func exchange(_ payload: [UInt8], url: InvokeURL) async -> InvokeResult.Outcome {
    // A function may run for 900 s, and its environment has to be initialized before.
    let timeout = channel.eventLoop.scheduleTask(in: .seconds(960)) { [channel] in
      channel.close(promise: nil)
    }
    defer { timeout.cancel() }
    var head = HTTPRequestHead(version: .http1_1, method: .POST, uri: url.path)
    head.headers.add(name: "Host", value: url.authority)
    head.headers.add(name: "Content-Type", value: "application/json")
    head.headers.add(name: "Content-Length", value: "\(payload.count)")
    head.headers.add(name: "Connection", value: "close")
    // A failure to write does not matter: there is an answer or there is none.
    channel.write(HTTPClientRequestPart.head(head), promise: nil)
    channel.write(
      HTTPClientRequestPart.body(.byteBuffer(channel.allocator.buffer(bytes: payload))), promise: nil)
    channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    return await withTaskCancellationHandler {
      do { return try await outcome.get() } catch { return .failed("no answer: \(error)") }
    } onCancel: {
      channel.close(promise: nil)
    }
  }
}

/// Puts an answer together; of its body 64 KiB are kept.
final class AnswerCollector: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  private static let bodyLimit = 64 << 10

  private let outcome: EventLoopPromise<InvokeResult.Outcome>
  private var status = 0
  private var body: [UInt8] = []
  private var isCut = false

  init(_ outcome: EventLoopPromise<InvokeResult.Outcome>) { self.outcome = outcome }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): status = Int(head.status.code)
    case .body(let part):
      let room = Self.bodyLimit - body.count
      body += part.readableBytesView.prefix(room)
      if part.readableBytes > room { isCut = true }
    case .end:
      outcome.succeed(.answered(status: status, body: body, isCut: isCut))
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    let isForeign = (error as? HTTPParserError).map { $0 != .invalidEOFState } ?? false
    let text =
      isForeign ? "what answered does not speak HTTP" : "the connection broke before the answer (\(error))"
    outcome.succeed(.failed(text))
    context.close(promise: nil)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    // The channel is gone, whichever way. A promise keeps its first result.
    outcome.succeed(.failed("the connection was closed before the answer: has the emulator ended?"))
  }
}
