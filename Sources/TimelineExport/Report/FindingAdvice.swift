import LambdaLifecycle

extension Finding {
  /// The usual remedy, in a sentence; empty where the finding says it all. Rules of Lambda are those of AWS's
  /// pages on the execution environment, the Extensions API and scaling.
  var advice: String {
    switch kind {
    case .emulatorFailure:
      "It is the emulator's fault: what failed with it says nothing of the function. RIE takes one request at a time; another"
        + " at the same time needs another emulator."
    case .timeout:
      "The timeout is a limit for each invocation: see what it waited for, and raise it only if the work needs it."
    case .timeoutInInit:
      "After an init that failed, or a reset, init runs inside the invocation and its timeout: see what makes init slow, and"
        + " give the timeout room for both."
    case .outOfMemory:
      "The process had used all its memory and was killed: raise the memory setting, which brings more CPU too, or hold less"
        + " in memory at once."
    case .error where extensionName != .none, .failedInit where extensionName != .none:
      "The extension was the cause, not the function: its own output around that moment says why."
    case .unregisteredExtension:
      "Init waits for each extension in /opt/extensions to register, and all of its time went into that: callers cannot be"
        + " served before it does."
    case .unreadyExtension:
      "Init is over when each extension has asked for its first event; one that needs none must ask all the same."
    case .failedExtension(_, .shutdownFailed):
      "Lambda takes a status other than 0 for a shutdown that has failed: an extension that is done should exit with 0."
    case .failedExtension:
      "If an extension ends or fails, Lambda resets the environment and init runs again: see the extension's own output."
    case .hungExtension:
      "The runtime was done, but an invocation ends only when each extension asks for the next event: all of it is billed,"
        + " and the environment is reset."
    case .busyExtension:
      "The environment is busy, and billed, until each extension asks for the next event: let it do less for each"
        + " invocation, or several at once."
    case .error: "The function's own output around that moment says why."
    case .failedInit where longest ?? 0 > .milliseconds(9_900):
      "On demand, init has 10 s; what does not fit runs again within the invocation. Do less in init, or later."
    case .failedInit:
      "The output around that moment says why. Lambda runs init again, at the latest with a request."
    case .failedRestore:
      "Loading the runtime and the hooks after restore have 10 s in all: do less in the hooks. The caller gets an error."
    case .reset:
      "A failed invocation ends the environment's processes: what prevents the failure prevents the init after it."
    case .throttle:
      "More was wanted at once than the limit allows: raise it, or let callers try again with back-off."
    case .killedExtension:
      "At shutdown, runtime and extensions have 2 s together; an extension should send what it has before."
    case .killedRuntime:
      "At shutdown the runtime has SIGTERM and a small share of the 2 s, where an extension is registered: it should end at"
        + " once."
    case .droppedEvent:
      "The queue has tried long enough: a destination or dead-letter queue would keep what is given up."
    case .coldStart: coldStartAdvice
    case .reinit: "It follows a failure: what prevents that prevents this."
    case .slowRequest: "They did not wait for an init: see what the handler waited for."
    case .slowMark:
      "Each environment pays it once, and its first request waits for it: make it shorter. Done when it is first needed, it"
        + " delays the request that needs it: right only where most never do."
    case .undecodable, .dropped: "The picture and the figures lack what they would have told."
    }
  }

  /// By the part that took longest.
  private var coldStartAdvice: String {
    switch parts.first?.phase {
    case .functionInit, .initialization:
      "Most of it is init: load less code, or later; SnapStart or provisioned concurrency do it ahead of requests."
    case .extensionInit:
      "Most of it is extension init: the runtime waits for each extension to register, and the first request for each to"
        + " ask for its first event."
    case .create: "Most of it is the creation of the environment: smaller code and layers are there sooner."
    case .restore: "Most of it is the restore of the snapshot, with the hooks that run after it."
    case .invoke: "Most of it is the handler itself: see what a first invocation does that later ones do not."
    case .runtimeInit, .frozen, .runtimeShutdown, .extensionShutdown, .shutdown, nil:
      "Provisioned concurrency initializes environments ahead of requests."
    }
  }
}
