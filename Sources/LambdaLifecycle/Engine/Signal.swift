/// Counts the processes of an environment: a reset starts new ones. A signal of an older generation is stale and
/// ignored, which real processes need and which lets a simulator leave events in its queue.
package typealias Generation = UInt16

/// Names an invocation among those that are under way; the name is used again when it is over. 0 is none.
package typealias Invocation = UInt32

/// A message of the world to an execution environment.
package enum Signal: Sendable {
  /// The sandbox exists, code and layers are there.
  case sandboxReady
  /// SnapStart: the snapshot's memory is there; runtime and hooks are about to run.
  case snapshotLoaded(Generation)
  /// SnapStart: the runtime is loaded and its hooks after restore have finished.
  case restored(Generation)
  /// SnapStart: a hook after restore has failed.
  case restoreFailed(ErrorType, Generation)
  /// The extension has registered; one that is none of the external ones is internal.
  case extensionRegistered(UInt8, Subscriptions, Generation)
  /// The extension asks for its next event.
  case extensionNext(UInt8, Generation)
  /// The runtime begins to load the function. Where nobody sees that, as in most runtimes, init is one piece.
  case functionInitBegan(Generation)
  /// The runtime says that init has failed (Runtime API, init/error); its process may live on.
  case runtimeInitFailed(ErrorType, Generation)
  /// The runtime asks for the next event.
  case runtimeNext(Generation)
  /// Managed Instances: the worker that had this invocation asks for the next event.
  case workerNext(Invocation, Generation)
  /// Managed Instances: the worker that had this invocation has ended.
  case workerExited(Invocation, ErrorType, Generation)
  /// A request is handed over. During init it waits; after a reset it starts the suppressed init.
  case request(Invocation)
  /// The runtime answers. Who knows request ids tells an answer to an earlier invocation of the same name from one to this.
  /// `.error` is an exception of the handler, which is no failure of the lifecycle; its type is what the handler calls it.
  case response(Invocation, Outcome, ErrorType = .none)
  /// The runtime's process has ended; `.none` where it ended as asked.
  case runtimeExited(ErrorType, Generation)
  case extensionExited(UInt8, Generation)
  /// An extension could not be started, called init/error or exit/error, or crashed.
  case extensionFailed(UInt8, ErrorType, Generation)
  /// A deadline that `Action.arm` asked for has passed.
  case deadline(UInt32)
  /// Managed Instances: the deadline of one invocation has passed.
  case invocationDeadline(Invocation)
  /// Lambda wants the environment back.
  case reclaim
}

extension Signal {
  /// A process has ended or failed, so that its environment may end without having been asked to.
  @inline(__always)
  var isFailure: Bool {
    switch self {
    case .runtimeExited, .extensionExited, .extensionFailed: true
    default: false
    }
  }
}

/// A task for the world, or a fact for the record; actions come in order.
package enum Action: Sendable {
  case startExtensions(UInt16, Generation)
  case startRuntime(Generation)
  case deliver(Invocation, deadline: Timestamp, Generation)
  case deliverToExtensions(UInt16, Invocation, deadline: Timestamp, Generation)
  case freeze
  case thaw
  /// SnapStart: load memory and disk as they were when the version was published.
  case restoreSnapshot(Generation)
  /// SnapStart: init at publishing has ended well; keep memory and disk.
  case takeSnapshot
  /// Replaces any deadline armed before. `.never` never passes.
  case arm(Timestamp, UInt32)
  case disarm
  /// Managed Instances: the deadline of one invocation. It is not taken back: when that is over, the world forgets it.
  case armInvocation(Invocation, Timestamp)
  case terminateRuntime(Generation)
  case killRuntime(Generation)
  case sendShutdown(UInt16, ShutdownReason, deadline: Timestamp, Generation)
  case killExtensions(UInt16, Generation)
  /// The caller has this answer.
  case respond(Invocation, Outcome, ErrorType)
  // Facts for the record:
  /// A phase of the environment; invocations, of which there may be several at once, have their own two.
  case began(Phase)
  case ended(Phase, Outcome, ErrorType)
  case invokeBegan(Invocation)
  case invokeEnded(Invocation, Outcome, ErrorType)
  case extensionState(UInt8, ExtensionState, ErrorType)
  case runtimeDone(Invocation, Outcome, ErrorType)
  /// REPORT. The largest action: in this order it takes the least room, and all actions with it.
  case report(Invocation, duration: Nanoseconds, initDuration: Nanoseconds, ErrorType, Outcome)
  /// INIT_REPORT: always, but for an init on demand that went well.
  case initReport(duration: Nanoseconds, isSuppressed: Bool, Outcome, ErrorType)
  /// RESTORE_REPORT: loading the snapshot, the runtime and the hooks; of which runtime and hooks are billed.
  case restoreReport(duration: Nanoseconds, billed: Nanoseconds, Outcome, ErrorType)
  /// The invocation is over and the environment is free of it.
  case released(Invocation)
  case gone(ShutdownReason)
  case anomaly(Anomaly)
}

extension Action {
  /// It only reports what has happened, or matters to reports alone: where no events are written, there is
  /// nothing to do. Freezing matters to background work, of which nothing but a line of output is seen; a
  /// deadline that is not taken back passes as stale.
  @inline(__always)
  var isNote: Bool {
    switch self {
    case .began, .ended, .invokeBegan, .invokeEnded, .extensionState, .runtimeDone, .freeze, .thaw, .disarm:
      true
    default: false
    }
  }
}

/// The reception of a signal.
package enum Reception: Sendable {
  case accepted
  /// Its process or invocation is over: it changes nothing.
  case stale
  /// Its state does not allow it: it changes nothing and is an anomaly.
  case rejected
}

/// A signal that its state does not allow. It changes nothing.
package struct Anomaly: Equatable, Sendable {
  package enum Sign: UInt8, Sendable {
    case sandboxReady, extensionRegistered, extensionNext, functionInitBegan, runtimeNext, request, response
    case runtimeExited, extensionExited, extensionFailed, reclaim
    case snapshotLoaded, restored, restoreFailed, workerNext, workerExited, runtimeInitFailed
  }
  package var signal: Sign
  package var state: ExecutionEnvironment.State
}

/// The caller's buffer for actions, without heap for all that is usual.
package struct ActionBuffer: Sendable {
  /// The number of actions held without heap. Only the end of an environment of Managed Instances with many
  /// invocations in flight yields more.
  package static let capacity = 24
  private var storage = InlineArray<24, Action>(repeating: .freeze)
  /// The actions beyond the capacity.
  private var spilled: [Action] = []
  package private(set) var count = 0

  private let keepsNotes: Bool

  /// - Parameter keepsNotes: false where nobody writes down what has happened: then only orders are kept.
  package init(keepsNotes: Bool = true) { self.keepsNotes = keepsNotes }

  @inline(__always)
  package mutating func append(_ action: Action) {
    // The action is known where this is inlined: the question costs nothing.
    if action.isNote, !keepsNotes { return }
    if count < Self.capacity {
      storage[count] = action
    } else {
      spill(action)
    }
    count &+= 1
  }

  @inline(never)
  private mutating func spill(_ action: Action) { spilled.append(action) }

  @inline(__always)
  package mutating func removeAll() {
    if count > Self.capacity { spilled.removeAll() }
    count = 0
  }

  /// The action at `index`, which is less than `count`.
  package subscript(index: Int) -> Action {
    // Mutating, though it changes nothing: so nobody copies the whole buffer to read from it.
    @inline(__always) mutating get {
      index < Self.capacity ? storage[index] : spilled[index &- Self.capacity]
    }
  }
}
