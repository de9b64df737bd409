import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import LambdaEmulator

/// The world behind an API while a script is played: it answers the API as the script says.
protocol APIWorld: AnyObject {
  var listener: HTTPListener? { get }
  func happens(_ letter: UInt8)
  /// Answers whoever waits for something.
  /// - Returns: false where nobody did.
  func answerAll() -> Bool
  /// A request to it that must not have been made; nil if there was none.
  var violation: String? { get }
}

/// Plays a script on connections that are no sockets.
struct APIRun {
  private(set) var received = [[UInt8]](repeating: [], count: APIScript.connections)
  private(set) var sent = [[UInt8]](repeating: [], count: APIScript.connections)
  private(set) var isOpen = [Bool](repeating: false, count: APIScript.connections)
  private(set) var violation: String?

  init(_ script: APIScript, on loop: EmbeddedEventLoop, _ world: any APIWorld) {
    var channels: [EmbeddedChannel] = []
    for _ in 0..<APIScript.connections {
      let channel = EmbeddedChannel(handlers: [Socket()], loop: loop)
      do { try world.listener?.serve(channel) } catch { violation = "no connection: \(error)" }
      if let client = Self.client { channel.connect(to: client, promise: nil) }
      channels.append(channel)
    }
    loop.run()
    for step in script.steps {
      switch step {
      case .send(let bytes, let connection):
        guard channels[connection].isActive else { continue }
        sent[connection] += bytes
        _ = try? channels[connection].writeInbound(ByteBuffer(bytes: bytes))
      case .breakOff(let connection): channels[connection].close(promise: nil)
      case .happens(UInt8(ascii: "t")): loop.advanceTime(by: .seconds(31))
      case .happens(let letter): world.happens(letter)
      }
      loop.run()
      collect(channels)
    }
    var turns = 0
    while world.answerAll() || turns < 2, turns < 200 {
      turns += 1
      loop.run()
      collect(channels)
    }
    isOpen = channels.map(\.isActive)
    for channel in channels { channel.close(promise: nil) }
    world.listener?.close()
    loop.run()
    violation = violation ?? world.violation
  }

  /// No connection asks where it leads.
  private static var client: SocketAddress? { try? SocketAddress(ipAddress: "127.0.0.1", port: 1) }

  private mutating func collect(_ channels: [EmbeddedChannel]) {
    for (number, channel) in channels.enumerated() {
      while let data = try? channel.readOutbound(as: IOData.self), case .byteBuffer(let bytes) = data {
        received[number] += bytes.readableBytesView
      }
    }
  }
}

/// As a socket: where it is closed nothing can be written.
private final class Socket: ChannelOutboundHandler {
  typealias OutboundIn = IOData

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard context.channel.isActive else { return promise?.fail(ChannelError.ioOnClosedChannel) ?? () }
    context.write(data, promise: promise)
  }
}
