internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// A destination for the Telemetry API: takes HTTP POSTs of events.
///
/// A body is acknowledged once it is in the inbox. While that is full, the answer waits, and with it the sender.
package final class TelemetryListener: Sendable {
  /// The address that it listens on, with the port that the system chose.
  package let address: ListenAddress
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  /// Begins to listen.
  /// - Parameter maximum: connections at once; each costs a descriptor, and more are turned away.
  /// - Throws: `SourceError.cannotListen`.
  package static func start(
    _ address: ListenAddress, connections maximum: Int = Connections.affordable, source: Int,
    into inbox: Inbox
  ) throws(SourceError) -> TelemetryListener {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let connections = Connections(maximum: maximum)
    do {
      let channel = try ServerBootstrap(group: group)
        .serverChannelOption(.backlog, value: 256)
        .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
        .childChannelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: true, withErrorHandling: false)
            try pipeline.addHandler(
              PostHandler(source: source, number: connections.next(), connections: connections, into: inbox))
          }
        }
        .bind(host: address.host, port: address.port).wait()
      return TelemetryListener(
        address: ListenAddress(host: address.host, port: channel.localAddress?.port ?? address.port),
        channel: channel, group: group)
    } catch {
      group.shutdownGracefully { _ in }
      throw .cannotListen("\(address)", reason: Self.words(error))
    }
  }

  private init(address: ListenAddress, channel: any Channel, group: MultiThreadedEventLoopGroup) {
    self.address = address
    self.channel = channel
    self.group = group
  }

  /// Listens no longer and drops all connections: at quit.
  package func stop() {
    channel.close(promise: nil)
    group.shutdownGracefully { _ in }
  }

  private static func words(_ error: any Error) -> String {
    guard let error = error as? IOError else { return "\(error)" }
    return String(cString: strerror(error.errnoCode))
  }
}

/// Numbers the connections, and counts those that are open.
final class Connections: Sendable {
  let maximum: Int
  private let state = Mutex((made: 0, open: 0))

  /// Half of the descriptors that the process may have: without any left nobody could be turned away.
  static var affordable: Int {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    return min(500, Int(clamping: limit.rlim_cur / 2))
  }

  init(maximum: Int) { self.maximum = maximum }

  func next() -> Int {
    state.withLock {
      $0.made += 1
      return $0.made
    }
  }

  /// - Returns: false if there are too many.
  func open() -> Bool {
    state.withLock {
      $0.open += 1
      return $0.open <= maximum
    }
  }

  func close() { state.withLock { $0.open -= 1 } }
}
