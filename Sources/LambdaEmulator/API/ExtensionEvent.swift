internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOHTTP1

/// INVOKE or SHUTDOWN, as extensions get it (runtimes-extensions-api page).
struct ExtensionEvent {
  private let json: String
  /// The id of the event; nil for SHUTDOWN.
  private let id: RequestID?

  /// - Parameter deadline: by the wall clock.
  static func invoke(
    _ request: String, arn: String, trace: String, deadline: Timestamp, id: RequestID
  ) -> ExtensionEvent {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    line.add("eventType", "INVOKE")
    line.add("deadlineMs", deadline / .milliseconds(1))
    line.add("requestId", request)
    line.add("invokedFunctionArn", arn)
    line.add("tracing") { line in
      line.add("type", "X-Amzn-Trace-Id")
      line.add("value", trace)
    }
    line.finish(into: &bytes)
    return ExtensionEvent(json: String(decoding: bytes.dropLast(), as: UTF8.self), id: id)
  }

  /// The reason in lower case, as on the wire (lifecycle of the emulator, shutdown.go).
  static func shutdown(_ reason: ShutdownReason, deadline: Timestamp) -> ExtensionEvent {
    var bytes: [UInt8] = []
    var line = JSONLine(takingOver: &bytes)
    line.add("eventType", "SHUTDOWN")
    line.add("shutdownReason", reason.wireName)
    line.add("deadlineMs", deadline / .milliseconds(1))
    line.finish(into: &bytes)
    return ExtensionEvent(json: String(decoding: bytes.dropLast(), as: UTF8.self), id: nil)
  }

  func send(to reply: HTTPReply) {
    reply.send(.ok, json: json, id.map { [("Lambda-Extension-Event-Identifier", $0.uuid)] } ?? [])
  }
}
