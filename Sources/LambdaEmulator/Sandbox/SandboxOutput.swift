internal import CSupervisor
internal import Glibc
internal import NIOCore
internal import NIOPosix

/// The reading end of a pipe into which processes of a sandbox write. It is never read to its end, which a daemon could
/// put off for ever: when a process has ended, the bytes in the pipe are all that it wrote.
final class SandboxOutput {
  /// A second number for the pipe: bytes that NIO has not read yet can be read at any moment, also when its channel is
  /// gone. Both are read on the loop alone and every read is reported at once, so the order of bytes stays.
  private let descriptor: Int32
  private var channel: (any Channel)?
  private let loop: any EventLoop
  /// NIO may hold news of bytes that we have read meanwhile; until its next turn it must not look.
  private var isPaused = false
  private let tell: (ByteBuffer) -> Void
  private var isClosed = false

  /// False: nothing is read, and writers wait where the pipe is full.
  var isReading = true {
    didSet { setReading() }
  }

  /// - Parameter end: which does not block; it belongs to this from now on.
  init(_ end: Int32, on loop: any EventLoop, tell: @escaping (ByteBuffer) -> Void) {
    self.tell = tell
    self.loop = loop
    descriptor = lanes_duplicate(end)
    let handler = NIOLoopBound(PipeReader(tell: tell), eventLoop: loop)
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
    try? channel?.syncOptions?.setOption(.autoRead, value: isReading && !isPaused)
  }

  private func pauseForATurn() {
    guard !isPaused else { return }
    isPaused = true
    setReading()
    loop.assumeIsolated().execute {
      self.isPaused = false
      self.setReading()
    }
  }

  /// Reports the bytes that are in the pipe now.
  func drain() {
    guard !isClosed else { return }
    // Not until there is nothing: another process may write as fast as we read.
    var left = Int(lanes_bytes_waiting(descriptor))
    if left > 0 { pauseForATurn() }
    while left > 0, !isClosed {
      var buffer = ByteBuffer()
      let count = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: min(left, 64 << 10)) { bytes in
        max(0, read(descriptor, bytes.baseAddress, bytes.count))
      }
      guard count > 0 else { return }
      left -= count
      tell(buffer)
    }
  }

  /// Reports the bytes that are in the pipe, and reads no more.
  func close() {
    guard !isClosed else { return }
    drain()
    isClosed = true
    Glibc.close(descriptor)
    channel?.close(promise: nil)
    channel = nil
  }
}
