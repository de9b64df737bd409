import LambdaEventFormats
import LambdaLifecycle
import NIOCore
import NIOEmbedded

@testable import LambdaEmulator

/// An environment without processes: its answers to a runtime and to extensions are drawn, within the limits
/// of the lifecycle.
final class FakeEnvironment: APIWorld {
  private static let generation: Generation = 1
  private let loop: EmbeddedEventLoop
  private var draws: Draws
  private var api: EnvironmentAPI?
  private var ids: UInt64 = 0
  /// The runtime has asked and got nothing yet.
  private var isAwaited = false
  /// The request that the runtime has.
  private var work: String?
  private var hasAnswer = false
  private var isFull = false
  private var streams: [FakeStream] = []
  private var senders: [FakeSender] = []
  private var anomalies = 0
  /// Somebody has said that he has failed: an environment is reset, and its connections end.
  private var hasFailed = false
  private(set) var violation: String?

  init(on loop: EmbeddedEventLoop, _ draws: Draws) {
    self.loop = loop
    self.draws = draws
    let extensions = ExtensionsAPI(self, Self.generation, names: ["one", "two"])
    let facts = TelemetryWriter.Facts(
      function: "app", runtime: "python3.13", instance: "i", memoryMB: 128, type: .onDemand,
      isSuppressedInit: false)
    api = EnvironmentAPI(
      Self.generation, runtime: RuntimeAPI(self, Self.generation), extensions: extensions,
      telemetry: TelemetryAPI(
        self, extensions, facts, host: "127.0.0.1", on: loop,
        sender: { [weak self] _ in
          let sender = FakeSender { self?.violation = $0 }
          self?.senders.append(sender)
          return sender
        }),
      on: loop
    ) { [weak self] in self?.hears($0) }
  }

  var listener: HTTPListener? { api?.listener }

  /// Complaints about clients are bounded, and hold nothing that could act on a terminal.
  private func hears(_ words: String) {
    anomalies += 1
    if anomalies > 20 { violation = "\(anomalies) anomalies" }
    if words.utf8.count > 2_000 { violation = "an anomaly of \(words.utf8.count) bytes" }
  }

  func happens(_ letter: UInt8) {
    switch letter {
    case UInt8(ascii: "d"): deliver()
    case UInt8(ascii: "i"): api?.extensions.deliver(invoke, to: .max)
    case UInt8(ascii: "s"): api?.extensions.deliver(.shutdown(.spindown, deadline: 5), to: .max)
    case UInt8(ascii: "f"): api?.telemetry.freeze()
    case UInt8(ascii: "w"): api?.telemetry.thaw()
    case UInt8(ascii: "u"): api?.telemetry.flush()
    case UInt8(ascii: "e"): api?.telemetry.initEnds(at: 7)
    case UInt8(ascii: "b"):
      api?.telemetry.tell(
        LifecycleEvent(time: 3, kind: .phaseBegan(.initialization)), Catalog(), trace: nil,
        version: nil)
    case UInt8(ascii: "p"):
      Array("printed \u{1B}[1m\"\\".utf8).withUnsafeBytes { api?.telemetry.printed(.function, $0, at: 4) }
    case UInt8(ascii: "r"):
      isFull.toggle()
      for stream in streams { stream.setFull(isFull) }
    case UInt8(ascii: "1"): answerSenders(.taken)
    case UInt8(ascii: "2"): answerSenders(.refused("HTTP status 500"))
    case UInt8(ascii: "3"): answerSenders(.notReached)
    case UInt8(ascii: "c"): api?.close()
    default: break
    }
  }

  private func answerSenders(_ result: TelemetrySending) { for sender in senders { sender.answer(result) } }

  private var invoke: ExtensionEvent {
    .invoke("r", arn: "arn", trace: "Root=1", deadline: 5, id: newID())
  }

  private func deliver() {
    guard isAwaited else { return }
    isAwaited = false
    hasAnswer = false
    let id = newID().uuid
    work = id
    api?.runtime.deliver(
      RuntimeEvent(fields: [("Lambda-Runtime-Aws-Request-Id", id)], body: ByteBuffer(string: "{}")))
  }

  func answerAll() -> Bool {
    if hasFailed { api?.close() }
    let was = isAwaited
    deliver()
    api?.extensions.deliver(invoke, to: .max)
    answerSenders(.taken)
    return was
  }
}

extension FakeEnvironment: RuntimeCalls {
  var stateName: String { work == nil ? "Ready" : "Running" }

  func asks(_ generation: Generation, accepted: () -> Void) -> Reception {
    guard !isAwaited, work == nil || hasAnswer, draws.next(below: 8) > 0 else { return .rejected }
    isAwaited = true
    work = nil
    accepted()
    // An event may have been waiting.
    if draws.next(below: 3) == 0 { deliver() }
    return .accepted
  }

  func isAttempt(_ attempt: String, at id: String) -> Bool { attempt == id }

  func answers(_ answer: FunctionAnswer, to id: String, _ generation: Generation) -> Reception? {
    if answer.errorType.map({ $0.utf8.count > 1_024 }) ?? false { violation = "a long type of an error" }
    guard id == work else { return nil }
    if hasAnswer { return .rejected }
    if draws.next(below: 8) == 0 { return .stale }
    hasAnswer = true
    return .accepted
  }

  func streams(to id: String, contentType: String, _ generation: Generation) -> (any CallerStream)? {
    guard id == work, !hasAnswer else { return nil }
    let stream = FakeStream(isFull)
    streams.append(stream)
    return stream
  }

  func initFailed(_ answer: FunctionAnswer, _ generation: Generation) -> Reception {
    [.accepted, .rejected, .stale][draws.next(below: 3)]
  }

  func settle() {}
}

extension FakeEnvironment: ExtensionCalls, TelemetryCalls {
  func newID() -> RequestID {
    ids += 1
    return RequestID(high: 0x4000, low: 0x8000_0000_0000_0000 | ids)
  }

  func registrationAnswer(withAccount: Bool) -> String { withAccount ? #"{"accountId":"1"}"# : "{}" }

  func registers(
    _ index: UInt8, _ name: String, _ subscriptions: Subscriptions, _ generation: Generation
  ) -> Reception {
    if index >= Registrations.places { violation = "an extension has the place \(index)" }
    return draws.next(below: 8) == 0 ? .rejected : .accepted
  }

  func hasNoFile(_ name: String) {}

  func asks(_ index: UInt8, _ generation: Generation) -> Reception {
    draws.next(below: 8) == 0 ? .rejected : .accepted
  }

  func fails(
    _ index: UInt8, _ name: String, _ error: ErrorType, told: ExtensionFailure, _ generation: Generation
  ) {
    hasFailed = true
    if told.type.utf8.count > 1_024 || told.message.utf8.count > 1_024 {
      violation = "a long type of an extension's error"
    }
  }

  var now: Timestamp { 1_795_403_188_586_000_000 }
  func subscribed(_ name: String, to kinds: [String]) {}
  func wantsLogsAPI(_ name: String) {}
  func nobodyAnswers(_ name: String, port: Int) {}
  func telemetryLost(_ count: Int, for name: String, _ why: String) {}
}

/// A caller that takes a stream, or does not.
private final class FakeStream: CallerStream {
  private(set) var isFull: Bool
  var roomCame: () -> Void = {}

  init(_ isFull: Bool) { self.isFull = isFull }

  func setFull(_ isFull: Bool) {
    self.isFull = isFull
    if !isFull { roomCame() }
  }

  func write(_ part: ByteBuffer) {}
}

/// A subscriber that answers on demand.
private final class FakeSender: TelemetrySender {
  private var done: ((TelemetrySending) -> Void)?
  private let objects: (String) -> Void

  init(_ objects: @escaping (String) -> Void) { self.objects = objects }

  var isBusy: Bool { done != nil }

  func send(_ events: [[UInt8]], _ done: @escaping (TelemetrySending) -> Void) {
    if self.done != nil { objects("a batch before the one before it was answered") }
    if events.count > 10_002 { objects("a batch of \(events.count) events") }
    for event in events where !event.withUnsafeBytes({ JSONText.isValid($0) }) {
      objects("telemetry that is no JSON: \(String(decoding: event, as: UTF8.self))")
    }
    self.done = done
  }

  func answer(_ result: TelemetrySending) {
    let done = done
    self.done = nil
    done?(result)
  }

  func close() { done = nil }
}
