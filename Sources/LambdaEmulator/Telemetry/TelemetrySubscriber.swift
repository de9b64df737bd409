internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

/// An extension that has subscribed: events wait for each other, and go to it in batches, one batch at a time. While its
/// environment is frozen nothing is sent; used on the event loop alone.
final class TelemetrySubscriber {
  /// The text of the documentation's own example (telemetry-schema-reference page).
  static let slowness =
    "Some logs were dropped because the downstream consumer is slower than the logs production rate"
  /// The number of times that a batch is tried which is answered with an error.
  private static let mostRefusals = 5
  private static let firstPause = TimeAmount.milliseconds(25)
  private static let longestPause = TimeAmount.seconds(1)

  let name: String
  let subscription: TelemetrySubscription
  private let sender: any TelemetrySender
  private let loop: any EventLoop
  private let now: () -> Timestamp
  private var buffer: TelemetryBuffer
  /// The batch that is being sent, or waits to be sent again.
  private var batch: [[UInt8]]?
  private var pause = TelemetrySubscriber.firstPause
  private var refusals = 0
  /// Attempts in a row that nobody has answered.
  private var failures = 0
  private var hasToldOfFailures = false
  /// Somebody has listened, at least once.
  private var hasBeenReached = false
  private var isEnding = false
  /// The moment at which the waiting events are to be sent.
  private var due = NIODeadline.uptimeNanoseconds(0)
  /// The event that reports a refused batch to it.
  private var refused: TelemetryEvent?
  private var timer: Scheduled<Void>?
  private var isPaused = false
  private var isClosed = false
  /// Called with the number of events that were lost, and the reason.
  private let lost: (Int, String) -> Void
  /// Called once, when nobody listens.
  private let unanswered: () -> Void

  /// - Parameters:
  ///   - now: the clock's time.
  ///   - unanswered: called once, when a second attempt in a row has found nobody who listens.
  ///   - lost: called with the number of events that did not reach it, and the reason.
  init(
    _ name: String, _ subscription: TelemetrySubscription, _ sender: any TelemetrySender,
    on loop: any EventLoop,
    now: @escaping () -> Timestamp, unanswered: @escaping () -> Void = {},
    lost: @escaping (Int, String) -> Void
  ) {
    self.name = name
    self.subscription = subscription
    self.sender = sender
    self.loop = loop
    self.now = now
    self.lost = lost
    self.unanswered = unanswered
    buffer = TelemetryBuffer(subscription.buffering)
  }

  /// Takes an event, if it is of a kind that was asked for.
  func add(_ event: TelemetryEvent) {
    guard !isClosed, subscription.kinds.contains(event.kind) else { return }
    if buffer.isFull { flush() }
    let isFirst = buffer.isEmpty
    buffer.add(event.json)
    if buffer.isFull { return flush() }
    if isFirst {
      due = loop.now + .milliseconds(Int64(subscription.buffering.milliseconds))
      planFlush()
    }
  }

  private func planFlush() {
    if timer == nil, batch == nil, !isPaused { plan(max(.zero, due - loop.now)) { $0.flush() } }
  }

  /// Sends the waiting events now, unless a batch is under way: then they follow it.
  func flush() {
    guard batch == nil, !isPaused, !isClosed, !buffer.isEmpty || refused != nil else { return }
    timer?.cancel()
    timer = nil
    let dropped = buffer.takeDropped()
    let reason = reason
    failures = 0
    var events: [[UInt8]] = []
    if let dropped, subscription.kinds.contains(.platform) {
      events.append(logsDropped(dropped, reason).json)
    }
    if let refused {
      events.append(refused.json)
      self.refused = nil
    }
    events += buffer.take()
    if !events.isEmpty {
      batch = events
      refusals = 0
      send()
    }
    // Last, as a caller that hears of lost events may add more.
    if let dropped { lost(dropped.records, reason) }
  }

  /// Its extension is about to end: what is waiting is sent now, and that it listens no more is no news.
  func end() {
    isEnding = true
    flush()
  }

  private func tellOfFailures() {
    guard !hasToldOfFailures, !(isEnding && hasBeenReached) else { return }
    hasToldOfFailures = true
    unanswered()
  }

  /// Nobody is slow who does not listen.
  private var reason: String { failures > 0 ? "could not send events: \(unansweredWords)" : Self.slowness }

  private var unansweredWords: String {
    "nobody answers at sandbox.localdomain:\(subscription.destination.port)"
  }

  /// Its environment is frozen: a batch under way is answered after the thaw.
  func freeze() {
    isPaused = true
    timer?.cancel()
    timer = nil
  }

  func thaw() {
    // A subscriber that was not frozen has its timer.
    guard isPaused else { return }
    isPaused = false
    guard !isClosed else { return }
    // A batch that was due in the meantime is due now.
    if batch != nil {
      if !sender.isBusy { send() }
    } else if !buffer.isEmpty {
      planFlush()
    }
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    timer?.cancel()
    timer = nil
    sender.close()
    var count = buffer.takeDropped()?.records ?? 0
    if failures > 0, !hasBeenReached {
      tellOfFailures()
      // It has waited for somebody to take it until now.
      count += (batch?.count ?? 0) + buffer.take().count
    }
    if count > 0 { lost(count, reason) }
  }

  // MARK: Sending

  private func send() {
    guard let batch, !isPaused, !isClosed else { return }
    sender.send(batch) { [weak self] result in self?.sent(result) }
  }

  private func sent(_ result: TelemetrySending) {
    guard !isClosed, let batch else { return }
    switch result {
    case .taken: hasBeenReached = true
    case .notReached:
      failures += 1
      if failures > 1 { tellOfFailures() }
      return tryAgain()
    case .refused(let why):
      hasBeenReached = true
      refusals += 1
      guard refusals >= Self.mostRefusals else { return tryAgain() }
      let reason = "could not send events: \(why)"
      lost(batch.count, reason)
      if subscription.kinds.contains(.platform) {
        refused = logsDropped((batch.count, batch.reduce(0) { $0 + $1.count }), reason)
      }
    }
    self.batch = nil
    pause = Self.firstPause
    // Events that have come meanwhile may have waited for long enough.
    if buffer.isFull || refused != nil || due <= loop.now { flush() } else if !buffer.isEmpty { planFlush() }
  }

  private func tryAgain() {
    let pause = pause
    self.pause = min(pause + pause, Self.longestPause)
    if !isPaused { plan(pause) { $0.send() } }
  }

  private func plan(_ delay: TimeAmount, _ work: @escaping (TelemetrySubscriber) -> Void) {
    timer?.cancel()
    timer = loop.assumeIsolated().scheduleTask(in: delay) { [weak self] in
      guard let self else { return }
      self.timer = nil
      work(self)
    }
  }

  private func logsDropped(_ dropped: (records: Int, bytes: Int), _ reason: String) -> TelemetryEvent {
    TelemetryEvent("logsDropped", at: now()) { record in
      record.add("droppedBytes", Int64(dropped.bytes))
      record.add("droppedRecords", Int64(dropped.records))
      record.add("reason", reason)
    }
  }
}

/// The fate of a batch.
enum TelemetrySending {
  case taken
  /// Nobody listens, or the connection has broken.
  case notReached
  /// An answer other than 2xx and 3xx.
  case refused(String)
}

/// A way to a subscriber.
protocol TelemetrySender: AnyObject {
  /// Something is under way.
  var isBusy: Bool { get }
  /// Sends events; one batch at a time.
  func send(_ events: [[UInt8]], _ done: @escaping (TelemetrySending) -> Void)
  /// Gives up.
  func close()
}
