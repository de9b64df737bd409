internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore
internal import NIOHTTP1

/// The Telemetry API (telemetry-api page) of one generation of an environment's processes, and the Logs API that came
/// before it, which is not to be had here.
final class TelemetryAPI {
  private static let path = "/2022-07-01/telemetry"
  private static let logsPath = "/2020-08-15/logs"
  /// Events of an init that nobody has subscribed to yet: a late subscriber gets them, too.
  private static let mostKept = 10_000
  private static let mostKeptBytes = 1 << 20

  private let extensions: ExtensionsAPI
  private weak var environment: (any TelemetryCalls)?
  private let loop: any EventLoop
  private var writer: TelemetryWriter
  private var subscribers: [TelemetrySubscriber] = []
  /// The events since init began, as long as somebody may subscribe.
  private var kept: [TelemetryEvent] = []
  private var keptBytes = 0
  private var isFrozen = false
  /// The way to a subscriber.
  private let sender: (TelemetrySubscription.Destination) -> any TelemetrySender
  /// Extensions whose call of the Logs API has been reported.
  private var hasToldOfLogs: Set<String> = []

  /// - Parameters:
  ///   - host: the host on which subscribers listen.
  ///   - sender: makes the way to one; by default a connection.
  init(
    _ environment: any TelemetryCalls, _ extensions: ExtensionsAPI, _ facts: TelemetryWriter.Facts,
    host: String,
    on loop: any EventLoop, sender: ((TelemetrySubscription.Destination) -> any TelemetrySender)? = nil
  ) {
    self.environment = environment
    self.extensions = extensions
    self.loop = loop
    self.sender = sender ?? { TelemetryConnection(host: host, $0, on: loop) }
    writer = TelemetryWriter(facts)
  }

  /// True for a path of this API.
  static func takes(_ path: Substring) -> Bool { path == Self.path || path == logsPath }

  /// Somebody has subscribed, or still may.
  var isHeard: Bool { !subscribers.isEmpty || writer.isInitializing }

  // MARK: Events

  /// The first process of the generation is started.
  func initBegins(at time: Timestamp) { add(writer.initBegins(at: time)) }

  func runtimeStarts() { writer.runtimeStarts() }

  /// An event of the environment's has been recorded.
  func tell(_ event: LifecycleEvent, _ catalog: Catalog, trace: String?, version: String?) {
    let events = writer.events(
      for: event, catalog, trace: trace, version: version, extensions: { extensions.facts })
    for event in events { add(event) }
    closeWhenInitialized()
  }

  /// Runtime and extensions have asked for their first events.
  func initEnds(at time: Timestamp) {
    guard writer.isInitializing else { return }
    for event in writer.initEnds(.success, at: time, extensions.facts) { add(event) }
    closeWhenInitialized()
  }

  /// A line has been printed.
  func printed(_ origin: OutputOrigin, _ line: UnsafeRawBufferPointer, at time: Timestamp) {
    if isHeard { add(TelemetryEvent(origin, line, at: time)) }
  }

  /// The runtime has answered; see `TelemetryWriter`.
  func answered(bytes: Int, reading: Nanoseconds, at time: Timestamp) {
    writer.answered(bytes: bytes, reading: reading, at: time)
  }

  /// No subscription is taken any more.
  private func closeWhenInitialized() {
    if !writer.isInitializing { (kept, keptBytes) = ([], 0) }
  }

  private func add(_ event: TelemetryEvent) {
    if writer.isInitializing, kept.count < Self.mostKept, keptBytes < Self.mostKeptBytes {
      kept.append(event)
      keptBytes += event.json.count
    }
    for subscriber in subscribers { subscriber.add(event) }
  }

  // MARK: Their environment

  /// Nothing is sent while nobody runs who could take it.
  func freeze() {
    isFrozen = true
    for subscriber in subscribers { subscriber.freeze() }
  }

  func thaw() {
    isFrozen = false
    for subscriber in subscribers { subscriber.thaw() }
  }

  /// Sends what is waiting to extensions, which are about to end.
  func flush() { for subscriber in subscribers { subscriber.end() } }

  func close() {
    for subscriber in subscribers { subscriber.close() }
    subscribers = []
  }

  // MARK: Requests

  /// Answers a request to one of its paths.
  func answer(_ call: HTTPCall) {
    guard call.head.method == .PUT else { return call.reply.refuseMethod() }
    guard let item = extensions.extensionAsking(call) else { return }
    if call.path == Self.logsPath {
      if hasToldOfLogs.insert(item.name).inserted { environment?.wantsLogsAPI(item.name) }
      // As where it is not supported (runtimelogs_stub.go of the emulator).
      return call.reply.refuse(.accepted, ErrorBody("Logs.NotSupported", "Logs API is not supported"))
    }
    guard writer.isInitializing else {
      return call.reply.refuse(
        .forbidden, ErrorBody("Telemetry.SubscriptionClosed", "Telemetry API subscription is closed"))
    }
    let subscription: TelemetrySubscription
    do throws(TelemetrySubscription.Invalid) {
      guard !call.isTooLarge else { throw TelemetrySubscription.Invalid(words: "the body is too large") }
      subscription = try TelemetrySubscription(call.body)
    } catch {
      return call.reply.refuse(.badRequest, ErrorBody("ValidationError", error.words))
    }
    call.reply.send(.ok, json: #""OK""#)
    subscribe(item.name, subscription)
  }

  /// An extension that subscribes again has one subscription, the latest.
  private func subscribe(_ name: String, _ subscription: TelemetrySubscription) {
    let isKnown = subscribers.contains { $0.name == name }
    for subscriber in subscribers where subscriber.name == name { subscriber.close() }
    subscribers.removeAll { $0.name == name }
    guard let environment else { return }
    let subscriber = TelemetrySubscriber(
      name, subscription, sender(subscription.destination), on: loop,
      now: { [weak environment] in environment?.now ?? 0 },
      unanswered: { [weak environment] in
        environment?.nobodyAnswers(name, port: subscription.destination.port)
      },
      lost: { [weak environment] in environment?.telemetryLost($0, for: name, $1) })
    if isFrozen { subscriber.freeze() }
    for event in kept { subscriber.add(event) }
    subscribers.append(subscriber)
    add(
      TelemetryEvent("telemetrySubscription", at: environment.now) { record in
        record.add("name", name)
        record.add("state", "Subscribed")
        record.add("types", texts: subscription.kinds.names)
      })
    if !isKnown { environment.subscribed(name, to: subscription.kinds.names) }
  }
}

/// Hears what extensions want: an environment.
protocol TelemetryCalls: AnyObject {
  /// The clock's time.
  var now: Timestamp { get }
  func subscribed(_ name: String, to kinds: [String])
  func wantsLogsAPI(_ name: String)
  /// Nobody listens where an extension has events sent.
  func nobodyAnswers(_ name: String, port: Int)
  /// So many events did not reach an extension.
  func telemetryLost(_ count: Int, for name: String, _ why: String)
}
