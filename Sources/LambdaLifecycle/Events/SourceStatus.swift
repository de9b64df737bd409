/// The state of one of a session's sources so far: for the screen, which hides nothing that was missed.
package struct SourceStatus: Equatable, Sendable {
  package enum State: Equatable, Sendable {
    /// Nothing has come yet.
    case waiting
    case live
    /// Something is in the way that may pass; what, and when it is tried again.
    case stalled(String)
    case ended
    /// It broke off, or could not begin; why.
    case failed(String)

    /// Nothing more comes.
    package var isOver: Bool {
      switch self {
      case .waiting, .live, .stalled: false
      case .ended, .failed: true
      }
    }

    /// The word for people.
    package var word: String {
      switch self {
      case .waiting: "waiting"
      case .live: "live"
      case .stalled: "stalled"
      case .ended: "ended"
      case .failed: "failed"
      }
    }
  }

  package var source: SourceID
  package var name: String
  /// Nil as long as no line has given its format away.
  package var kind: SourceKind?
  package var state = State.waiting
  /// How its process ended, where it is one.
  package var end = ""
  package var lines = 0
  package var events = 0
  package var undecodable = 0
  /// The source's own count of its losses.
  package var dropped: Int64 = 0
  /// The count of things sent to a listener and not taken, and why the last time.
  package var refused = 0
  package var lastRefusal = ""
  /// How often a file was begun anew while it was watched, and why the last time.
  package var restarts = 0
  package var lastRestart = ""
  /// How often its clock went back, and what is to be said of the last time.
  package var clockSteps = 0
  package var lastClockStep = ""
  /// Events in the last whole second.
  package var rate = 0

  package init(source: SourceID, name: String) {
    self.source = source
    self.name = name
  }

  /// Counts what was decoded at once.
  package mutating func count(_ decoded: some Collection<LifecycleEvent>) {
    for event in decoded {
      switch event.kind {
      case .undecodable: undecodable += 1
      case .dropped(let count, _): dropped &+= count
      case .output: break
      default: events += 1
      }
    }
  }
}
