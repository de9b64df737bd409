internal import LambdaEventFormats

/// Finds the stream of a listener that a body belongs to: the path names it, else the instance that an init
/// in it names, else the connection it came on.
struct PostedStreams: Sendable {
  enum Stream: Hashable, Sendable {
    case path(String)
    case instance(String)
    case connection(Int)

    /// Its name for people.
    var name: String {
      switch self {
      case .path(let path): path
      case .instance(let instance): instance
      case .connection(let number): "connection \(number)"
      }
    }
  }

  private var ofConnection: [Int: Stream] = [:]
  /// The streams without a path, the newest last.
  private var unnamed: [Stream] = []

  mutating func stream(of post: Post) -> Stream {
    if !post.path.isEmpty { return .path(post.path) }
    if let instance = post.bytes.withUnsafeBytes({ TelemetryInstance.named(in: $0) }) {
      return remember(.instance(instance), post.connection)
    }
    if let known = ofConnection[post.connection] { return known }
    // A sender may open a connection for each body: while there is one environment, it is that one's.
    if unnamed.count == 1 { return remember(unnamed[0], post.connection) }
    return remember(.connection(post.connection), post.connection)
  }

  private mutating func remember(_ stream: Stream, _ connection: Int) -> Stream {
    // Connections come and go for days.
    if ofConnection.count > 10_000 { ofConnection.removeAll() }
    ofConnection[connection] = stream
    if !unnamed.contains(stream) { unnamed.append(stream) }
    return stream
  }
}
