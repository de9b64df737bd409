/// Something in a session that is worth a look: what, how often, and where the worst of it is.
package struct Finding: Equatable, Sendable {
  /// Worst first: the order in which they are reported.
  package enum Kind: Equatable, Sendable {
    /// The emulator itself crashed, and why; what failed with it is no fault of the function.
    case emulatorFailure(Name)
    /// Invocations that ran into the function's timeout.
    case timeout
    /// Those that spent most of it in an init that ran inside them: after one that failed, or a reset (execution
    /// environment page).
    case timeoutInInit
    /// Processes that were killed because they had used all their memory.
    case outOfMemory
    /// Requests that ended badly in another way, by the error type that was reported; `.none` where none was.
    case error(Name)
    case failedInit(Name)
    /// Extensions that init waited for until its time was over: they never registered, or never asked for their first
    /// event (Extensions API page).
    case unregisteredExtension(Name)
    case unreadyExtension(Name)
    /// Extensions that ended, or said that they failed, while they were needed.
    case failedExtension(Name, ExtensionState)
    /// Invocations that extensions kept when the runtime was done: until the timeout, or for long. `.none` where there are
    /// several and nobody knows which it was.
    case hungExtension(Name)
    case busyExtension(Name)
    case failedRestore(Name)
    /// After a failed invocation the environment's processes are ended and begin anew (execution environment page).
    case reset
    case throttle(reason: Name)
    /// Events that Lambda's queue gave up.
    case droppedEvent(reason: Name)
    /// Extensions that were still there when the shutdown's time limit was over (Extensions API page).
    case killedExtension(Name)
    /// Runtimes that were still there when their share of it was.
    case killedRuntime
    case coldStart
    case reinit
    /// Requests that waited for no init and yet much longer than the others.
    case slowRequest
    /// The work that the function has marked within an init: the longest name.
    case slowMark(Name)
    /// Input that could not be read or came too late for its place, and input that the source lost.
    case undecodable, dropped
  }

  /// A phase's share of what callers waited for.
  package struct Part: Equatable, Sendable {
    package var phase: Phase
    /// Nanoseconds, of all cases together.
    package var total: Nanoseconds

    package init(phase: Phase, total: Nanoseconds) {
      self.phase = phase
      self.total = total
    }
  }

  package var kind: Kind
  /// Whose requests they are, of several functions; `.none` where there is one, or where it is of no matter.
  package var function = Name.none
  package var count: Int
  /// Those that are over, so that their length is known.
  package var measured = 0
  /// The longest of them and all together, nanoseconds; nil where they have no length. Of a reset it is how long init took
  /// that the next request waited for.
  package var longest: Nanoseconds?
  package var total: Nanoseconds = 0
  /// Where the worst is: its environment (`.none` where it has none), and the stretch of time to look at; nil where
  /// there is no such moment.
  package var environment = EnvironmentID.none
  /// The request that it happened to, where it is named; `.none` where not.
  package var request = RequestID.none
  package var stretch: ClosedRange<Timestamp>?
  /// The parts they went into, the largest first; for cold starts and re-inits.
  package var parts: [Part] = []
  /// The extension that was the cause, where the kind does not name it; `.none` where none was or nobody
  /// knows.
  package var extensionName = Name.none
  /// How long callers had to wait for it at most, where that is more than its own length.
  package var waited: Nanoseconds?
  /// The longest includes a second run of the same init.
  package var hasSecondRun = false
  /// How many invocations failed with it.
  package var invocations = 0
  /// The usual length, where that is what makes it one: the median of the others.
  package var usual: Nanoseconds?

  package init(_ kind: Kind, count: Int = 0) {
    self.kind = kind
    self.count = count
  }

  /// The line that its function printed which says why, of the worst; nil where nothing is known or kept.
  package func line(_ printed: PrintedLines) -> TellingLine? {
    switch kind {
    case .timeout, .timeoutInInit, .outOfMemory, .error, .failedInit, .failedRestore:
      stretch.flatMap { printed.telling(in: environment, $0, of: request) }
    default: nil
    }
  }

  /// Another case of the same.
  mutating func add(_ length: Nanoseconds?, in environment: EnvironmentID, _ stretch: ClosedRange<Timestamp>)
  {
    count += 1
    if length != nil { measured += 1 }
    total += length ?? 0
    guard self.stretch == nil || length ?? 0 > longest ?? 0 else { return }
    longest = length
    self.environment = environment
    self.stretch = stretch
  }

  mutating func add(_ part: RequestParts.Part) {
    guard part.length > 0 else { return }
    let place = parts.firstIndex { $0.phase == part.phase }
    if let place {
      parts[place].total += part.length
    } else {
      parts.append(Part(phase: part.phase, total: part.length))
    }
  }
}
