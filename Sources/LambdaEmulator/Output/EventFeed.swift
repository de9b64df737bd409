internal import EventSources
internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

/// Hands events on as the lines of a recording, some milliseconds' worth at a time; used on the event loop alone.
final class EventFeed {
  /// The time that events wait for others that belong to the same moment.
  private static let delay = TimeAmount.milliseconds(3)
  /// The least time between two wakings of their reader while events never end. Each time one or two requests meet it
  /// on their processor: at this pace they are fewer than one in a hundred, and a picture that moves by itself is drawn
  /// no oftener.
  private static let leastInterval = TimeAmount.milliseconds(100)
  /// The time after which a full inbox is asked for room again.
  private static let retryInterval = TimeAmount.milliseconds(5)

  private let input: EventInput
  private let loop: any EventLoop
  private var encoder: RecordingEncoder
  private var bytes: [UInt8]
  private var isPlanned = false
  private var lastFlush = NIODeadline.uptimeNanoseconds(0)
  /// Its reader takes too little: the sources of more events have to wait.
  private(set) var isStalled = false {
    didSet { if isStalled != oldValue { stalled(isStalled) } }
  }
  /// Called when `isStalled` changes.
  var stalled: (Bool) -> Void = { _ in }
  /// Called when everything has been handed on.
  private var finished: (() -> Void)?

  init(into input: EventInput, origin: Timestamp, on loop: any EventLoop) {
    self.input = input
    self.loop = loop
    encoder = RecordingEncoder(origin: origin, source: .emulator)
    bytes = encoder.header()
  }

  /// Takes the events out of a log.
  func take(from log: inout EventLog) {
    guard !log.events.isEmpty else { return }
    for event in log.events { encoder.encode(event, from: log, into: &bytes) }
    log.events.removeAll(keepingCapacity: true)
    plan(max(Self.delay, lastFlush + Self.leastInterval - .now()))
  }

  /// Hands on the lines that there are, now.
  private func flush() {
    if !bytes.isEmpty {
      lastFlush = .now()
      guard input.offer(bytes) != .full else {
        isStalled = true
        return plan(Self.retryInterval)
      }
      bytes = []
    }
    isStalled = false
    finished?()
    finished = nil
  }

  /// Hands on the lines that there are as soon as their reader takes them.
  func finish(_ done: @escaping () -> Void) {
    finished = done
    flush()
  }

  private func plan(_ delay: TimeAmount) {
    guard !isPlanned else { return }
    isPlanned = true
    loop.assumeIsolated().scheduleTask(in: delay) {
      self.isPlanned = false
      self.flush()
    }
  }
}
