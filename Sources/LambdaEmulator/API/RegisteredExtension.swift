internal import LambdaEventFormats
internal import LambdaLifecycle
internal import NIOCore

/// An extension that has registered: its state, and the event that it waits for.
final class RegisteredExtension {
  /// Its bit in masks.
  let index: UInt8
  let name: String
  let id: RequestID
  let subscriptions: Subscriptions
  /// It runs in the runtime's process.
  let isInternal: Bool
  private(set) var state = ExtensionState.registered
  /// Its request for an event, while it waits.
  private var parked: HTTPReply?
  /// Its state before it asked last.
  private var before = ExtensionState.registered
  /// An event that came while it was at work, or whose connection was lost.
  private var pending: ExtensionEvent?

  init(_ index: UInt8, _ name: String, _ id: RequestID, _ subscriptions: Subscriptions, isInternal: Bool) {
    self.index = index
    self.name = name
    self.id = id
    self.subscriptions = subscriptions
    self.isInternal = isInternal
  }

  enum Ask { case answered, refused, waits }

  /// It asks for its next event.
  /// - Returns: `waits` where that is news.
  func asks(_ reply: HTTPReply) -> Ask {
    guard state != .initError, state != .exitError else { return .refused }
    if state == .ready {
      // One whose connection is gone is forgotten; the environment knows that it waits.
      guard parked?.isOpen != true else { return .refused }
      parked = reply
      handOver()
      return .answered
    }
    if let event = pending {
      pending = nil
      state = .running
      event.send(to: reply)
      return .answered
    }
    parked = reply
    before = state
    state = .ready
    return .waits
  }

  /// Its request for an event is refused after all.
  func takesBack() {
    parked = nil
    state = before
  }

  /// Keeps an event for it until it asks. An earlier one that nobody has seen is of no use any more.
  func deliver(_ event: ExtensionEvent) {
    pending = event
    if state == .ready { handOver() }
  }

  private func handOver() {
    guard let event = pending, let parked, parked.isOpen else { return }
    pending = nil
    self.parked = nil
    state = .running
    event.send(to: parked)
  }

  /// True while it may say that its init, or all of it, has failed (externalagent_states.go of the emulator).
  func mayFail(with wanted: ExtensionState) -> Bool {
    wanted == .initError
      ? state == .registered || state == .initError : state != .initError
  }

  func fails(with state: ExtensionState) { self.state = state }
}
