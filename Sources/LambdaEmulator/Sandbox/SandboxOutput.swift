internal import CSupervisor
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// The reading end of a pipe into which processes of a sandbox write. It is never read to its end, which a daemon could
/// put off for ever: when something has ended, what is in the pipe is all that it wrote.
final class SandboxOutput {
  /// A second number for the pipe: what NIO has not read yet can be looked at at any moment, also when its channel is gone.
  /// It is left in the pipe, because NIO, which has been told of it, wants to find it there.
  private let descriptor: Int32
  /// A pipe of our own, through which it is looked at.
  private var scratch: [Int32] = [-1, -1]
  private var channel: (any Channel)?
  private let reader: PipeReader
  private let tell: (ByteBuffer) -> Void
  private var isClosed = false

  /// False: nothing is read, and writers wait where the pipe is full.
  var isReading = true {
    didSet { setReading() }
  }

  /// - Parameter end: which does not block; it belongs to this from now on.
  init(_ end: Int32, on loop: any EventLoop, tell: @escaping (ByteBuffer) -> Void) {
    self.tell = tell
    descriptor = lanes_duplicate(end)
    if lanes_make_pipe(&scratch) != 0 { scratch = [-1, -1] }
    let reader = PipeReader(tell: tell)
    self.reader = reader
    let handler = NIOLoopBound(reader, eventLoop: loop)
    let output = NIOLoopBound(self, eventLoop: loop)
    NIOPipeBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(handler.value)
        }
      }
      .takingOwnershipOfDescriptor(input: end)
      .whenComplete { result in
        switch result {
        case .success(let channel): output.value.opened(channel)
        case .failure: Glibc.close(end)
        }
      }
  }

  private func opened(_ channel: any Channel) {
    if isClosed { return channel.close(promise: nil) }
    self.channel = channel
    setReading()
  }

  private func setReading() {
    try? channel?.syncOptions?.setOption(.autoRead, value: isReading)
  }

  /// Tells what is in the pipe now.
  func drain() {
    guard !isClosed else { return }
    guard scratch[0] >= 0, lanes_bytes_waiting(descriptor) > reader.known else { return }
    var copied = lanes_copy_waiting(descriptor, scratch[1])
    var told = reader.known
    while copied > 0 {
      var buffer = ByteBuffer()
      let count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: copied) { bytes in
        max(0, read(scratch[0], bytes.baseAddress, bytes.count))
      }
      guard count > 0 else { return }
      copied -= count
      let isKnown = min(told, count)
      told -= isKnown
      buffer.moveReaderIndex(forwardBy: isKnown)
      reader.known += count - isKnown
      if buffer.readableBytes > 0 { tell(buffer) }
    }
  }

  /// Tells what is in the pipe and reads no more.
  func close() {
    guard !isClosed else { return }
    drain()
    isClosed = true
    for descriptor in [descriptor] + scratch where descriptor >= 0 { Glibc.close(descriptor) }
    channel?.close(promise: nil)
    channel = nil
  }
}

/// Passes on what NIO reads.
private final class PipeReader: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  private let tell: (ByteBuffer) -> Void
  /// Bytes that are in the pipe and have been told already.
  var known = 0

  init(tell: @escaping (ByteBuffer) -> Void) { self.tell = tell }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var buffer = unwrapInboundIn(data)
    let isKnown = min(known, buffer.readableBytes)
    known -= isKnown
    buffer.moveReaderIndex(forwardBy: isKnown)
    if buffer.readableBytes > 0 { tell(buffer) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
