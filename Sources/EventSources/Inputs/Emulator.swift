internal import LambdaLifecycle

/// The means to act on the emulator behind an input: to send it requests, and to end it where we started it.
struct Emulator: Sendable {
  /// Requests go here; nil where no address is known.
  var client: InvokeClient?
  /// Nil where somebody else started it.
  var child: ChildProcess?
  /// Advice where no address is known.
  var hint = ""
  /// The moment of the next look for an address, and the pause after that.
  var nextLook = Timestamp.min
  var pause: Nanoseconds = .milliseconds(250)

  /// Requests for when it is found where it listens, and how long that is of use.
  var waiting: [(payload: [UInt8], until: Timestamp)] = []

  var isRunning: Bool { child?.isRunning ?? true }
  var canEnd: Bool { child?.isRunning ?? false }
  var canTakeRequests: Bool { client != nil && isRunning }
  /// It was started, and it is not known yet if it takes requests.
  var mayStillListen: Bool { client == nil && hint.isEmpty && canEnd }
}
