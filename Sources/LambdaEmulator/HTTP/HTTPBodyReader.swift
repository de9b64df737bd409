internal import NIOCore
internal import NIOHTTP1

/// Takes a body part by part as it comes, on the event loop.
protocol HTTPBodyReader: AnyObject {
  /// Set by the connection: called with true where no more parts are wanted for now. Some
  /// that are on their way still come.
  var hold: (Bool) -> Void { get set }
  /// A part of the body has come.
  func take(_ part: ByteBuffer)
  /// Nothing follows: the request is answered by its reply.
  func end(_ trailers: HTTPHeaders?, _ reply: HTTPReply)
  /// The client has left in the middle.
  func breaksOff()
}
