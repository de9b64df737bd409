internal import NIOCore
internal import NIOHTTP1

/// The function's port: the Invoke API, and the function's URL. Web pages of others get to neither.
final class CallerAPI: HTTPService {
  private let check: CallerCheck
  private let invoke: InvokeAPI
  private let urls: FunctionURL
  private let malformed: MalformedRequests?

  init(_ calls: any InvokeCalls, check: CallerCheck, malformed: MalformedRequests? = nil) {
    self.check = check
    self.malformed = malformed
    invoke = InvokeAPI(calls)
    urls = FunctionURL(calls)
  }

  func bodyLimit(of head: HTTPRequestHead) -> Int {
    FunctionURL.takes(head.path) ? FunctionURL.mostBytes : invoke.bodyLimit(of: head)
  }

  func isGarbled() { malformed?.add() }

  func isTruncated(_ head: HTTPRequestHead) { malformed?.add() }

  func body(forGarbled why: String) -> ByteBuffer {
    InvokeRefusal(.badRequest, "InvalidRequestContentException", why).body
  }

  func answer(_ call: HTTPCall) {
    if let objection = check.objection(to: call.head) {
      return call.reply.fail(
        .forbidden, "AccessDeniedException", "\(objection). lanes run takes requests of this machine.")
    }
    if FunctionURL.takes(call.path) { urls.answer(call) } else { invoke.answer(call) }
  }
}
