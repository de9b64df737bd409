internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

/// The function's URL (lambda-urls pages): a request of HTTP becomes an event, the function's answer becomes one of HTTP.
/// Its path begins with `/lambda-url/NAME`, where AWS has a host of its own for each function.
struct FunctionURL {
  /// The most bytes that an event may have, and so a body (gettingstarted-limits page).
  static let mostBytes = InvokeAPI.mostBytes
  private static let root: Substring = "/lambda-url/"

  private weak var calls: (any InvokeCalls)?

  init(_ calls: any InvokeCalls) { self.calls = calls }

  /// True for a path of a function's URL.
  static func takes(_ path: Substring) -> Bool { path.hasPrefix(root) }

  func answer(_ call: HTTPCall) {
    guard let calls else { return }
    let path = call.path.dropFirst(Self.root.count)
    let name = InvokeAPI.decoded(path.prefix { $0 != "/" })
    guard !name.isEmpty else {
      return call.reply.send(.notFound, json: #"{"Message":"The path names no function"}"#)
    }
    let id = calls.newID()
    let rest = path.drop { $0 != "/" }
    let event = URLEvent(
      call, function: name, path: rest.isEmpty ? "/" : rest, id: id, time: calls.wallTime)
    guard !call.isTooLarge, event.bytes.count <= Self.mostBytes else {
      return call.reply.send(.payloadTooLarge, json: #"{"Message":"Request Too Long"}"#)
    }
    calls.invoke(
      CallRequest(
        id: id, event: ByteBuffer(bytes: event.bytes), caller: URLCaller(call.reply),
        wishes: CallerWishes(
          functionName: name, traceID: call.header("X-Amzn-Trace-Id").map { $0.cut(to: 512) })))
  }
}
