internal import EventSources
internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

/// Hands events on as the lines of a recording, some milliseconds' worth at a time; used on the event loop alone.
final class EventFeed {
  /// How long events may wait for others: whoever reads them draws thirty times a second. Each time that reader is
  /// woken, some request meets it on its processor: more often, and it is one of a hundred.
  private static let delay = TimeAmount.milliseconds(20)
  /// How often a full inbox is asked for room.
  private static let retryInterval = TimeAmount.milliseconds(5)

  private let input: EventInput
  private let loop: any EventLoop
  private var encoder: RecordingEncoder
  private var bytes: [UInt8]
  private var isPlanned = false
  /// Called when its reader begins to take too little, and when it takes again.
  var stalled: (Bool) -> Void = { _ in }
  private var isStalled = false

  init(into input: EventInput, origin: Timestamp, on loop: any EventLoop) {
    self.input = input
    self.loop = loop
    encoder = RecordingEncoder(origin: origin, source: .emulator)
    bytes = encoder.header()
  }

  /// Takes what has happened out of a log.
  func take(from log: inout EventLog) {
    guard !log.events.isEmpty else { return }
    for event in log.events { encoder.encode(event, from: log, into: &bytes) }
    log.events.removeAll(keepingCapacity: true)
    plan(Self.delay)
  }

  /// Hands on what there is, now.
  func flush() {
    guard !bytes.isEmpty else { return }
    switch input.offer(bytes) {
    case .taken, .closed:
      bytes = []
      stall(false)
    case .full:
      stall(true)
      plan(Self.retryInterval)
    }
  }

  private func plan(_ delay: TimeAmount) {
    guard !isPlanned else { return }
    isPlanned = true
    loop.assumeIsolated().scheduleTask(in: delay) {
      self.isPlanned = false
      self.flush()
    }
  }

  private func stall(_ isStalled: Bool) {
    guard isStalled != self.isStalled else { return }
    self.isStalled = isStalled
    stalled(isStalled)
  }
}
