internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

/// The Invoke API (API_Invoke page). It knows HTTP, not the lifecycle.
struct InvokeAPI {
  /// The most bytes that an event may have (gettingstarted-limits page).
  static let mostBytes = 6 << 20
  /// The most bytes of an event that nobody waits for (the same page).
  static let mostBytesOfEvent = 1 << 20
  /// The most bytes of the client context, as it is sent (API_Invoke page).
  private static let mostContext = 3_583

  private weak var calls: (any InvokeCalls)?

  init(_ calls: any InvokeCalls) { self.calls = calls }

  /// The bytes that the body of a request may have.
  func bodyLimit(of head: HTTPRequestHead) -> Int {
    head.headers.first(name: Self.typeField) == "Event" ? Self.mostBytesOfEvent : Self.mostBytes
  }

  private static let typeField = "X-Amz-Invocation-Type"

  func answer(_ call: HTTPCall) {
    guard let (name, isStream) = Self.function(in: call.path) else {
      return call.reply.fail(
        .notFound, "ResourceNotFoundException",
        "There is nothing here: functions are called by POST /2015-03-31/functions/NAME/invocations")
    }
    guard call.head.method == .POST else {
      return call.reply.fail(.methodNotAllowed, "MethodNotAllowedException", "Functions are called by POST")
    }
    guard !call.isTooLarge else {
      return call.reply.fail(
        .payloadTooLarge, "RequestEntityTooLargeException",
        "Request must be smaller than \(bodyLimit(of: call.head)) bytes for the InvokeFunction operation")
    }
    switch call.header(Self.typeField) ?? "RequestResponse" {
    case "RequestResponse":
      guard var request = request(of: call, name) else { return }
      request.caller = isStream ? StreamCaller(call.reply) : InvokeCaller(call.reply)
      calls?.invoke(request)
    case "DryRun":
      call.reply.send(.noContent, calls.map { [("X-Amzn-RequestId", $0.newID().uuid)] } ?? [])
    case "Event" where !isStream: enqueue(call, name)
    case let other:
      call.reply.fail(
        .badRequest, "InvalidParameterValueException",
        "The invocation type is RequestResponse, Event or DryRun, not \(other.cut(to: 100))")
    }
  }

  private func enqueue(_ call: HTTPCall, _ name: String) {
    guard var request = request(of: call, name), let calls else { return }
    // Nobody gets its log.
    request.wishes.wantsLog = false
    guard calls.enqueue(request) else {
      return call.reply.refuse(
        InvokeRefusal(
          .tooManyRequests, "TooManyRequestsException",
          "lanes run keeps \(InvocationQueue.mostBytes >> 20) MiB of events that wait, which are full."),
        [("Retry-After", "1")])
    }
    call.reply.send(.accepted, [("X-Amzn-RequestId", request.id.uuid)])
  }

  /// The request that a call makes; nil where it has been refused.
  private func request(of call: HTTPCall, _ name: String) -> CallRequest? {
    var context: String?
    if let encoded = call.header("X-Amz-Client-Context") {
      guard encoded.utf8.count <= Self.mostContext, let bytes = Base64.bytes(of: encoded) else {
        call.reply.fail(
          .badRequest, "InvalidRequestContentException",
          "Client context must be a valid Base64-encoded JSON object of at most \(Self.mostContext) bytes.")
        return nil
      }
      // It becomes a header again, which holds no control characters.
      context = String(decoding: bytes.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
    }
    let event = call.body.readableBytes == 0 ? ByteBuffer(string: "{}") : call.body
    guard event.withUnsafeReadableBytes({ JSONText.isValid($0) }) else {
      call.reply.fail(
        .badRequest, "InvalidRequestContentException",
        "Could not parse request body into json: the event is no JSON")
      return nil
    }
    guard let calls else { return nil }
    return CallRequest(
      id: calls.newID(), event: event,
      wishes: CallerWishes(
        functionName: name, qualifier: Self.qualifier(in: call.query),
        wantsLog: call.header("X-Amz-Log-Type") == "Tail", clientContext: context,
        traceID: call.header("X-Amzn-Trace-Id").map { $0.cut(to: 512) }))
  }

  /// A name, a part of an ARN or all of it; true beside it where the response is wanted as a stream.
  private static func function(in path: Substring) -> (String, Bool)? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    guard parts.count == 4, parts[1] == "functions" else { return nil }
    let isStream = parts[0] == "2021-11-15" && parts[3] == "response-streaming-invocations"
    guard isStream || parts[0] == "2015-03-31" && parts[3] == "invocations" else { return nil }
    let name = decoded(parts[2])
    return name.isEmpty ? nil : (name, isStream)
  }

  private static func qualifier(in query: Substring) -> String {
    let pairs = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    return pairs.first { $0.count == 2 && $0[0] == "Qualifier" }.map { decoded($0[1]) } ?? ""
  }

  /// Resolves `%3A`; leaves out characters that would break a header.
  static func decoded(_ text: Substring) -> String {
    let bytes = PercentEncoding.bytes(of: text)
    return String(decoding: bytes.filter { $0 > 0x20 && $0 < 0x7F }.prefix(200), as: UTF8.self)
  }
}
