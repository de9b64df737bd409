internal import NIOCore

/// The way of a streamed response's parts to its caller, as they come.
protocol CallerStream: AnyObject {
  /// Its caller takes less than there is: no more parts for now.
  var isFull: Bool { get }
  /// Called when there is room again, and when the caller has gone, who has room for anything.
  var roomCame: () -> Void { get set }
  /// Hands a part of the response on.
  func write(_ part: ByteBuffer)
}

extension Caller {
  /// Most callers get a response when it is whole.
  func stream(contentType: String, _ facts: AnswerFacts) -> (any CallerStream)? { nil }
}
