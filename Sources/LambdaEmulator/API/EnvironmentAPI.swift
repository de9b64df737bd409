internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

/// The APIs that the processes of one generation of an environment call (AWS_LAMBDA_RUNTIME_API), at an address of
/// its own: another generation gets another address, so that nothing late counts for it.
final class EnvironmentAPI: HTTPService, RefusalListener {
  /// Registrations, subscriptions and errors are small.
  private static let mostExtensionBytes = 1 << 20

  /// The most anomalies that are reported: a client that repeats one is known by then.
  private static let mostAnomalies = 20

  let generation: Generation
  let runtime: RuntimeAPI
  let extensions: ExtensionsAPI
  let telemetry: TelemetryAPI
  private(set) var listener: HTTPListener?
  private var anomalies = 0
  /// Called with words for each thing that a client does and must not.
  private let anomaly: (String) -> Void

  init(
    _ generation: Generation, runtime: RuntimeAPI, extensions: ExtensionsAPI, telemetry: TelemetryAPI,
    on loop: any EventLoop, anomaly: @escaping (String) -> Void
  ) {
    self.anomaly = anomaly
    self.generation = generation
    self.runtime = runtime
    self.extensions = extensions
    self.telemetry = telemetry
    listener = HTTPListener(self, on: loop, connections: 256)
  }

  /// Somebody is in the middle of a request.
  var isReceiving: Bool { listener?.isReceiving ?? false }

  func close() {
    // Connections that this breaks off are nobody's fault.
    let closing = listener
    listener = nil
    closing?.close()
    telemetry.close()
  }

  // MARK: HTTPService

  func bodyLimit(of head: HTTPRequestHead) -> Int {
    RuntimeAPI.takes(head.path) ? RuntimeAPI.mostBytes : Self.mostExtensionBytes
  }

  func reader(of head: HTTPRequestHead) -> (any HTTPBodyReader)? {
    RuntimeAPI.takes(head.path) ? runtime.reader(of: head) : nil
  }

  func isTruncated(_ head: HTTPRequestHead) {
    runtime.isTruncated(head)
    tell("\(head.method.rawValue.cut(to: 20)) \(head.path.cut(to: 120)): its body broke off")
  }

  func answer(_ call: HTTPCall) {
    if RuntimeAPI.takes(call.path) { return runtime.answer(call) }
    if ExtensionsAPI.takes(call.path) { return extensions.answer(call) }
    if TelemetryAPI.takes(call.path) { return telemetry.answer(call) }
    call.reply.refuse(.notFound, .noSuchPath(call.path))
  }

  // MARK: Anomalies

  var refusals: (any RefusalListener)? { self }

  func refused(_ request: HTTPRequestHead, _ status: HTTPResponseStatus, _ body: ErrorBody) {
    let client = RuntimeAPI.takes(request.path) ? "runtime" : extensions.name(of: request) ?? "extension"
    let words = "\(request.method.rawValue.cut(to: 20)) \(request.path.cut(to: 120))"
    tell("\(client): \(words): \(status.code) \(body.type): \(body.message.cut(to: 150))")
  }

  func isGarbled() { tell("what was sent is no HTTP") }

  private func tell(_ words: String) {
    guard listener != nil else { return }
    anomalies += 1
    guard anomalies <= Self.mostAnomalies else { return }
    anomaly("refused: \(words)\(anomalies < Self.mostAnomalies ? "" : "; further ones are not told")")
  }
}
