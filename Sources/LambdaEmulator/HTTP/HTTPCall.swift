internal import NIOCore
internal import NIOHTTP1

/// One request of a client, whole.
struct HTTPCall {
  let head: HTTPRequestHead
  /// As much of its body as its service takes.
  var body: ByteBuffer
  /// Its body was larger than that; the rest was read and thrown away.
  var isTooLarge: Bool
  /// The fields behind a chunked body; nil for none.
  var trailers: HTTPHeaders?
  /// The moment its head came.
  var begun = NIODeadline.now()
  /// The way of its answer.
  let reply: HTTPReply

  /// The address that it came from, without the port; empty where nobody knows.
  var source: String { reply.clientAddress }

  /// The path without the query.
  var path: Substring { head.path }

  /// The text behind the question mark; empty for none.
  var query: Substring {
    guard let mark = head.uri.firstIndex(of: "?") else { return "" }
    return head.uri[head.uri.index(after: mark)...]
  }

  /// The first value of a header; nil where there is none.
  func header(_ name: String) -> String? { head.headers.first(name: name) }
}

extension HTTPRequestHead {
  /// The path without the query. By bytes: characters would take longer than all else that is done with it.
  var path: Substring { uri[..<(uri.utf8.firstIndex(of: UInt8(ascii: "?")) ?? uri.endIndex)] }
}

/// Answers the requests of a listener, on the event loop.
protocol HTTPService: AnyObject {
  /// The most bytes that the body of a request may have; further ones are thrown away.
  func bodyLimit(of head: HTTPRequestHead) -> Int
  /// The reader that takes the body of a request part by part, of a request that comes alone; nil where `answer` is to
  /// have the whole.
  func reader(of head: HTTPRequestHead) -> (any HTTPBodyReader)?
  /// Answers a request, at once or later, by its reply.
  func answer(_ call: HTTPCall)
  /// A client has left in the middle of a body.
  func isTruncated(_ head: HTTPRequestHead)
  /// A client has sent bytes that are no HTTP.
  func isGarbled()
  /// The body that answers those, of JSON.
  func body(forGarbled why: String) -> ByteBuffer
  /// The listener that hears of refusals; nil for none.
  var refusals: (any RefusalListener)? { get }
}

/// Hears of each request that a service refuses.
protocol RefusalListener: AnyObject {
  func refused(_ request: HTTPRequestHead, _ status: HTTPResponseStatus, _ body: ErrorBody)
}

extension HTTPService {
  func reader(of head: HTTPRequestHead) -> (any HTTPBodyReader)? { nil }
  func isTruncated(_ head: HTTPRequestHead) {}
  func isGarbled() {}
  func body(forGarbled why: String) -> ByteBuffer {
    ByteBuffer(string: ErrorBody("InvalidRequest", why).json)
  }
  var refusals: (any RefusalListener)? { nil }
}
