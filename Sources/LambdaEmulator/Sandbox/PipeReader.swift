internal import NIOCore

/// Passes on the bytes that NIO reads.
final class PipeReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let tell: (ByteBuffer) -> Void

  init(tell: @escaping (ByteBuffer) -> Void) { self.tell = tell }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { tell(unwrapInboundIn(data)) }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
