internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// An address on which a service takes requests; used on its event loop alone.
final class HTTPListener {
  /// The service that answers; nil when it is gone, and connections are closed.
  private(set) weak var service: (any HTTPService)?
  private let loop: any EventLoop
  private let most: Int
  private var channel: (any Channel)?
  private var connections: [ObjectIdentifier: any Channel] = [:]
  /// Connections whose request has begun and is not whole.
  private var receiving = 0
  /// Connections from which nothing is read for now.
  private var paused: Set<ObjectIdentifier> = []
  /// It may be closed before it has begun to listen.
  private(set) var isClosed = false

  /// False: no connection is taken and nothing is read; clients wait.
  var isReading = true {
    didSet {
      guard isReading != oldValue else { return }
      for channel in [channel].compactMap(\.self) + connections.values { setReading(channel) }
    }
  }

  /// - Parameters:
  ///   - most: connections at once; more are turned away.
  init(_ service: any HTTPService, on loop: any EventLoop, connections most: Int) {
    self.service = service
    self.loop = loop
    self.most = most
  }

  /// The port that the system chose; 0 where it does not listen.
  var port: Int { channel?.localAddress?.port ?? 0 }
  /// Somebody is in the middle of a request.
  var isReceiving: Bool { receiving > 0 }

  /// Begins to listen.
  /// - Parameter done: called with nil, or with the system's words for a failure.
  func listen(host: String, port: Int, _ done: @escaping (String?) -> Void) {
    let listener = NIOLoopBound(self, eventLoop: loop)
    let bound = ServerBootstrap(group: loop)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try listener.value.serve(channel) }
      }
      .bind(host: host, port: port)
    bound.assumeIsolated().whenComplete { result in
      switch result {
      case .success(let channel):
        guard !self.isClosed else { return channel.close(promise: nil) }
        self.channel = channel
        self.setReading(channel)
        done(nil)
      case .failure(let error): done(Self.words(error))
      }
    }
  }

  /// Makes a connection one that takes requests.
  func serve(_ connection: any Channel) throws {
    let pipeline = connection.pipeline.syncOperations
    try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: false)
    try pipeline.addHandler(HTTPConnection(of: self))
  }

  /// Listens no longer and takes no further request; those that are under way are still answered.
  func stop() {
    isClosed = true
    channel?.close(promise: nil)
    channel = nil
  }

  /// Listens no longer and drops all connections.
  func close() {
    stop()
    for connection in connections.values { connection.close(promise: nil) }
  }

  /// - Returns: false if there are too many.
  func opened(_ connection: any Channel) -> Bool {
    connections[ObjectIdentifier(connection)] = connection
    if !isReading { setReading(connection) }
    return connections.count <= most
  }

  func requestBegins() { receiving += 1 }
  func requestEnds() { receiving -= 1 }

  func closed(_ connection: any Channel) {
    connections[ObjectIdentifier(connection)] = nil
    paused.remove(ObjectIdentifier(connection))
  }

  /// Has one client wait, or wait no longer.
  func pause(_ connection: any Channel, _ isPaused: Bool) {
    guard connections[ObjectIdentifier(connection)] != nil else { return }
    if isPaused {
      paused.insert(ObjectIdentifier(connection))
    } else {
      paused.remove(ObjectIdentifier(connection))
    }
    setReading(connection)
  }

  private func setReading(_ channel: any Channel) {
    try? channel.syncOptions?.setOption(
      .autoRead, value: isReading && !paused.contains(ObjectIdentifier(channel)))
  }

  private static func words(_ error: any Error) -> String {
    guard let error = error as? IOError else { return "\(error)" }
    return String(cString: strerror(error.errnoCode))
  }
}
