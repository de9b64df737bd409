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
  /// The moment at which the waiting events are to be sent.
  private var due = NIODeadline.uptimeNanoseconds(0)
  /// The event that reports a refused batch to it.
  private var refused: TelemetryEvent?
  private var timer: Scheduled<Void>?
  private var isPaused = false
  private var isClosed = false
  /// Called with the number of events that were lost, and the reason.
  private let lost: (Int, String) -> Void

  /// - Parameters:
  ///   - now: the clock's time.
  ///   - lost: called with the number of events that did not reach it, and the reason.
  init(
    _ name: String, _ subscription: TelemetrySubscription, _ sender: any TelemetrySender,
    on loop: any EventLoop,
    now: @escaping () -> Timestamp, lost: @escaping (Int, String) -> Void
  ) {
    self.name = name
    self.subscription = subscription
    self.sender = sender
    self.loop = loop
    self.now = now
    self.lost = lost
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
    var events: [[UInt8]] = []
    if let dropped, subscription.kinds.contains(.platform) {
      events.append(logsDropped(dropped, Self.slowness).json)
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
    if let dropped { lost(dropped.records, Self.slowness) }
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
    if let dropped = buffer.takeDropped() { lost(dropped.records, Self.slowness) }
  }

  // MARK: Sending

  private func send() {
    guard let batch, !isPaused, !isClosed else { return }
    sender.send(batch) { [weak self] result in self?.sent(result) }
  }

  private func sent(_ result: TelemetrySending) {
    guard !isClosed, let batch else { return }
    switch result {
    case .taken: break
    case .notReached: return tryAgain()
    case .refused(let why):
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
