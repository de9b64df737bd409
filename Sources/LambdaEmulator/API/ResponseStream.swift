internal import NIOCore
internal import NIOHTTP1

/// A response that a runtime streams: its parts are handed on as they come, no faster than the caller takes them.
final class ResponseStream: HTTPBodyReader {
  /// The most bytes of a streamed response (gettingstarted-limits page).
  static let mostBytes = 200 << 20
  /// The most bytes of it that are kept to be shown.
  private static let mostKept = 4 << 10

  /// The result of a response whose body has come to an end.
  enum End {
    case whole(FunctionAnswer)
    /// It has become too large, and its caller knows.
    case refused
  }

  private let most: Int
  private let contentType: String
  private let caller: any CallerStream
  private let tooLarge: () -> Void
  private let ended: (End, HTTPReply) -> Void
  private let broken: () -> Void
  private let begun = NIODeadline.now()
  private var beginning = ByteBuffer()
  private var bytes = 0
  var hold: (Bool) -> Void = { _ in }

  /// - Parameters:
  ///   - tooLarge: called once, with the first byte too many.
  ///   - ended: called when nothing follows, with the reply that the runtime's answer goes to.
  ///   - broken: called when the runtime has left in the middle.
  init(
    to caller: any CallerStream, contentType: String, most: Int = mostBytes, tooLarge: @escaping () -> Void,
    ended: @escaping (End, HTTPReply) -> Void, broken: @escaping () -> Void
  ) {
    self.most = most
    self.contentType = contentType
    self.caller = caller
    self.tooLarge = tooLarge
    self.ended = ended
    self.broken = broken
    caller.roomCame = { [weak self] in self?.hold(false) }
  }

  func take(_ part: ByteBuffer) {
    let wasSound = bytes <= most
    bytes += part.readableBytes
    guard bytes <= most else {
      if wasSound { tooLarge() }
      return
    }
    if beginning.readableBytes < Self.mostKept {
      beginning.writeBytes(part.readableBytesView.prefix(Self.mostKept - beginning.readableBytes))
    }
    caller.write(part)
    if caller.isFull { hold(true) }
  }

  func end(_ trailers: HTTPHeaders?, _ reply: HTTPReply) {
    guard bytes <= most else { return ended(.refused, reply) }
    var answer =
      FunctionAnswer(trailers: trailers)
      ?? FunctionAnswer(streamed: beginning, of: bytes, contentType: contentType)
    answer.begun = begun
    ended(.whole(answer), reply)
  }

  func breaksOff() { broken() }
}
