internal import Glibc
internal import NIOCore
internal import NIOPosix

/// Sees when the handler's file is opened: there the runtime begins to load the function.
///
/// What is opened is known before whoever opened it goes on, so that what is looked at before the runtime's Next has come
/// before it. The system does not say who opened it.
final class FunctionInitWatch {
  private let descriptor: Int32
  private let watch: HandlerWatch
  /// By the system's numbers.
  private var folders: [Int32: String] = [:]

  /// - Returns: nil where the system has no inotify left.
  init?(_ watch: HandlerWatch) {
    descriptor = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    self.watch = watch
    guard descriptor >= 0 else { return nil }
    addFolders()
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Calls a closure on the loop when there may be something to look at.
  func listen(on loop: any EventLoop, _ seen: @escaping () -> Void) {
    let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { return }
    let seen = NIOLoopBound(seen, eventLoop: loop)
    _ = NIOPipeBootstrap(group: loop)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Opened(self: seen.value))
        }
      }
      .takingOwnershipOfDescriptor(input: copy)
  }

  /// The handler's file has been opened since this was asked last.
  func hasBeenOpened() -> Bool {
    var bytes = [UInt8](repeating: 0, count: 16 << 10)
    var isOpened = false
    while true {
      let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return isOpened }
      if look(at: bytes[..<count]) { isOpened = true }
    }
  }

  private func addFolders() {
    for folder in watch.folders where !folders.values.contains(folder) {
      let mask = UInt32(IN_OPEN) | UInt32(IN_CREATE) | UInt32(IN_ONLYDIR)
      let number = inotify_add_watch(descriptor, folder, mask)
      if number >= 0 { folders[number] = folder }
    }
  }

  private func look(at bytes: ArraySlice<UInt8>) -> Bool {
    var buffer = ByteBuffer(bytes: bytes)
    var isOpened = false
    while let number = buffer.readInteger(endianness: .host, as: Int32.self),
      let mask = buffer.readInteger(endianness: .host, as: UInt32.self),
      buffer.readInteger(as: UInt32.self) != nil,
      let length = buffer.readInteger(endianness: .host, as: UInt32.self),
      let padded = buffer.readBytes(length: Int(length))
    {
      if mask & UInt32(IN_ISDIR) != 0 {
        // Python makes a __pycache__ when it first imports.
        if mask & UInt32(IN_CREATE) != 0 { addFolders() }
        continue
      }
      let file = String(decoding: padded.prefix { $0 != 0 }, as: UTF8.self)
      guard mask & UInt32(IN_OPEN) != 0, let folder = folders[number] else { continue }
      if watch.matches(folder: folder, file: file) { isOpened = true }
    }
    return isOpened
  }

  /// Is told that there is something, which is read by another number of the same descriptor.
  private final class Opened: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let seen: () -> Void
    init(self seen: @escaping () -> Void) { self.seen = seen }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) { seen() }
  }
}
