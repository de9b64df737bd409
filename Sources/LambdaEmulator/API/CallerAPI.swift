internal import NIOHTTP1

/// The function's port: the Invoke API, and the function's URL. Web pages of others get to neither.
final class CallerAPI: HTTPService {
  private let check: CallerCheck
  private let invoke: InvokeAPI
  private let urls: FunctionURL

  init(_ calls: any InvokeCalls, check: CallerCheck) {
    self.check = check
    invoke = InvokeAPI(calls)
    urls = FunctionURL(calls)
  }

  func bodyLimit(of head: HTTPRequestHead) -> Int {
    FunctionURL.takes(head.path) ? FunctionURL.mostBytes : invoke.bodyLimit(of: head)
  }

  func answer(_ call: HTTPCall) {
    if let objection = check.objection(to: call.head) {
      return call.reply.fail(
        .forbidden, "AccessDeniedException", "\(objection). lanes run takes requests of this machine.")
    }
    if FunctionURL.takes(call.path) { urls.answer(call) } else { invoke.answer(call) }
  }
}
