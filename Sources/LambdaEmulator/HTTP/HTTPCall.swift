internal import NIOCore
internal import NIOHTTP1

/// One request of a client, whole.
struct HTTPCall {
  let head: HTTPRequestHead
  /// As much of its body as its service takes.
  var body: ByteBuffer
  /// Its body was larger than that; the rest was read and thrown away.
  var isTooLarge: Bool
  /// What came behind a chunked body; nil for nothing.
  var trailers: HTTPHeaders?
  /// When its head came.
  var begun = NIODeadline.now()
  /// Where its answer goes.
  let reply: HTTPReply

  /// The address that it came from, without the port; empty where nobody knows.
  var source: String { reply.clientAddress }

  /// The path without what is asked of it.
  var path: Substring { head.path }

  /// What stands behind the question mark; empty for nothing.
  var query: Substring {
    guard let mark = head.uri.firstIndex(of: "?") else { return "" }
    return head.uri[head.uri.index(after: mark)...]
  }

  /// The first value of a header; nil where there is none.
  func header(_ name: String) -> String? { head.headers.first(name: name) }
}

extension HTTPRequestHead {
  /// The path without what is asked of it. By bytes: characters would take longer than all else that is done with it.
  var path: Substring { uri[..<(uri.utf8.firstIndex(of: UInt8(ascii: "?")) ?? uri.endIndex)] }
}

/// Who answers the requests of a listener, on the event loop.
protocol HTTPService: AnyObject {
  /// The bytes that the body of a request may have; what goes beyond is thrown away.
  func bodyLimit(of head: HTTPRequestHead) -> Int
  /// Who takes the body of a request part by part, of a request that comes alone; nil where `answer` is to have the whole.
  func reader(of head: HTTPRequestHead) -> (any HTTPBodyReader)?
  /// Answers a request, at once or later, by its reply.
  func answer(_ call: HTTPCall)
  /// A client has left in the middle of a body.
  func isTruncated(_ head: HTTPRequestHead)
  /// A client has sent what is no HTTP.
  func isGarbled()
  /// Who wants to know what is refused.
  var refusals: (any RefusalListener)? { get }
}

/// Who wants to know what a service refuses.
protocol RefusalListener: AnyObject {
  func refused(_ request: HTTPRequestHead, _ status: HTTPResponseStatus, _ body: ErrorBody)
}

extension HTTPService {
  func reader(of head: HTTPRequestHead) -> (any HTTPBodyReader)? { nil }
  func isTruncated(_ head: HTTPRequestHead) {}
  func isGarbled() {}
  var refusals: (any RefusalListener)? { nil }
}
