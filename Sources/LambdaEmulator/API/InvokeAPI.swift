internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

/// The Invoke API for calls that wait for their answer (API_Invoke page). It knows HTTP, not the lifecycle.
final class InvokeAPI: HTTPService {
  /// What an event may have (gettingstarted-limits page).
  static let mostBytes = 6 << 20
  /// Of the client context, as it is sent (API_Invoke page).
  private static let mostContext = 3_583

  private weak var calls: (any InvokeCalls)?
  private let check: CallerCheck

  init(_ calls: any InvokeCalls, check: CallerCheck) {
    self.calls = calls
    self.check = check
  }

  func bodyLimit(of head: HTTPRequestHead) -> Int { Self.mostBytes }

  func answer(_ call: HTTPCall) {
    if let objection = check.objection(to: call.head) {
      return call.reply.fail(
        .forbidden, "AccessDeniedException", "\(objection). lanes run takes requests of this machine.")
    }
    guard let name = Self.functionName(in: call.path) else {
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
        "Request must be smaller than \(Self.mostBytes) bytes for the InvokeFunction operation")
    }
    switch call.header("X-Amz-Invocation-Type") ?? "RequestResponse" {
    case "RequestResponse": invoke(call, name)
    case "DryRun": call.reply.send(.noContent)
    case "Event":
      call.reply.fail(
        .badRequest, "InvalidParameterValueException",
        "lanes run does not take invocations of type Event: RequestResponse and DryRun it does")
    case let other:
      call.reply.fail(
        .badRequest, "InvalidParameterValueException",
        "The invocation type is RequestResponse, Event or DryRun, not \(other.prefix(100))")
    }
  }

  private func invoke(_ call: HTTPCall, _ name: String) {
    var context: String?
    if let encoded = call.header("X-Amz-Client-Context") {
      guard encoded.utf8.count <= Self.mostContext, let bytes = Base64.bytes(of: encoded) else {
        return call.reply.fail(
          .badRequest, "InvalidRequestContentException",
          "Client context must be a valid Base64-encoded JSON object of at most \(Self.mostContext) bytes.")
      }
      // It becomes a header again, which holds no control characters.
      context = String(decoding: bytes.filter { $0 >= 0x20 && $0 != 0x7F }, as: UTF8.self)
    }
    let event = call.body.readableBytes == 0 ? ByteBuffer(string: "{}") : call.body
    guard event.withUnsafeReadableBytes({ JSONText.isValid($0) }) else {
      return call.reply.fail(
        .badRequest, "InvalidRequestContentException",
        "Could not parse request body into json: the event is no JSON")
    }
    calls?.invoke(
      event, reply: call.reply,
      CallerWishes(
        functionName: name, qualifier: Self.qualifier(in: call.query),
        wantsLog: call.header("X-Amz-Log-Type") == "Tail", clientContext: context,
        traceID: call.header("X-Amzn-Trace-Id").map { String($0.prefix(512)) }))
  }

  /// A name, a part of an ARN or all of it.
  private static func functionName(in path: Substring) -> String? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true)
    guard parts.count == 4, parts[0] == "2015-03-31", parts[1] == "functions", parts[3] == "invocations"
    else {
      return nil
    }
    let name = decoded(parts[2])
    return name.isEmpty ? nil : name
  }

  private static func qualifier(in query: Substring) -> String {
    let pairs = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    return pairs.first { $0.count == 2 && $0[0] == "Qualifier" }.map { decoded($0[1]) } ?? ""
  }

  /// Resolves `%3A`; what would break a header is left out.
  private static func decoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Substring(text).utf8
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), let value = UInt8(String(rest.prefix(2)) ?? "", radix: 16) {
        rest = rest.dropFirst(2)
        bytes.append(value)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes.filter { $0 > 0x20 && $0 < 0x7F }.prefix(200), as: UTF8.self)
  }
}

/// Who takes calls of the function.
protocol InvokeCalls: AnyObject {
  func invoke(_ event: ByteBuffer, reply: HTTPReply?, _ wishes: CallerWishes)
}

/// What a caller says beside the event.
struct CallerWishes {
  var functionName = ""
  var qualifier = ""
  var wantsLog = false
  /// As JSON; nil for none.
  var clientContext: String?
  /// By X-Ray's header; nil for none.
  var traceID: String?

  /// The function's own name, with what names a version behind it: NAME, NAME:ALIAS, or either behind
  /// ACCOUNT:function: or an ARN's beginning (API_Invoke page).
  private var ownName: Substring {
    guard let mark = functionName.firstRange(of: "function:") else { return functionName[...] }
    return functionName[mark.upperBound...]
  }

  /// The version or alias that is called.
  var version: String {
    if !qualifier.isEmpty { return qualifier }
    let parts = ownName.split(separator: ":", maxSplits: 1)
    return parts.count > 1 ? String(parts[1]) : "$LATEST"
  }

  /// Whom functions here belong to: nobody's account.
  static let account = "012345678912"

  /// What the function is told of its name.
  func arn(region: String) -> String {
    let suffix = qualifier.isEmpty ? "" : ":\(qualifier)"
    if functionName.hasPrefix("arn:") { return functionName + suffix }
    return "arn:aws:lambda:\(region):\(Self.account):function:\(ownName)\(suffix)"
  }
}

/// An error of the Invoke API.
struct InvokeRefusal {
  let status: HTTPResponseStatus
  let type: String
  let body: ByteBuffer

  /// - Parameter reason: which limit was reached, of a 429.
  init(_ status: HTTPResponseStatus, _ type: String, _ message: String, reason: String? = nil) {
    self.status = status
    self.type = type
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    if let reason { line.add("Reason", reason) }
    line.add("Type", "User")
    line.add("message", message)
    line.finish(into: &bytes)
    body = ByteBuffer(bytes: bytes.dropLast())
  }
}

extension HTTPReply {
  /// Answers with an error of the Invoke API.
  func refuse(_ refusal: InvokeRefusal, _ fields: [(String, String)] = []) {
    send(
      refusal.status,
      [("Content-Type", "application/json"), ("X-Amzn-ErrorType", refusal.type)] + fields, refusal.body)
  }

  /// The same.
  func fail(_ status: HTTPResponseStatus, _ type: String, _ message: String) {
    refuse(InvokeRefusal(status, type, message))
  }
}
