internal import CSupervisor
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// The socket to a supervisor: commands go out in order, reports come in.
final class SupervisorControl: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private var context: ChannelHandlerContext?
  /// Commands given before the socket was ready.
  private var waiting: [ByteBuffer] = []
  private var reports = SupervisorReports()
  private let tell: (lanes_report) -> Void
  private let ended: () -> Void

  /// - Parameters:
  ///   - tell: called with each report.
  ///   - ended: called once, when the supervisor has closed its end.
  init(tell: @escaping (lanes_report) -> Void, ended: @escaping () -> Void) {
    self.tell = tell
    self.ended = ended
  }

  /// - Parameter end: which belongs to this from now on.
  func open(_ end: Int32, on loop: any EventLoop) {
    let handler = NIOLoopBound(self, eventLoop: loop)
    ClientBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(handler.value)
        }
      }
      .withConnectedSocket(end)
      .whenFailure { _ in handler.value.ended() }
  }

  func send(_ command: SupervisorCommand) {
    guard let context else { return waiting.append(command.bytes) }
    // Where it fails, the end of the socket shows it.
    context.writeAndFlush(NIOAny(command.bytes), promise: nil)
  }

  func channelActive(context: ChannelHandlerContext) {
    self.context = context
    for bytes in waiting { context.write(NIOAny(bytes), promise: nil) }
    context.flush()
    waiting = []
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    reports.append(&bytes)
    while let report = reports.next() { tell(report) }
  }

  func channelInactive(context: ChannelHandlerContext) { ended() }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }
}
