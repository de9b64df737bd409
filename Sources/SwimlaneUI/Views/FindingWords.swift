package import LambdaLifecycle

extension Finding {
  /// The finding in a line: `2 cold starts, mean wait 1.28 s (the longest 1.55 s): function init 838 ms, …`.
  /// - Parameter partCount: of what they went into, so many are named.
  package func words(_ catalog: Catalog, parts partCount: Int = 2) -> String {
    var text = title(catalog)
    let worst = longest.flatMap { hasLength ? SwimlaneUI.text(ofLength: $0) : nil }
    // The parts that they went into are means: they belong to the mean, not to the longest.
    if measured == 0, isWait { text += ", not yet answered" }
    if measured > 0, measured < count, !parts.isEmpty { text += ", \(grouped(measured)) answered" }
    if count > 1, !parts.isEmpty {
      text += ", mean \(isWait ? "wait " : "")\(SwimlaneUI.text(ofLength: mean(total)))"
      if let worst { text += " (the longest \(worst))" }
    }
    if let worst, count == 1 || parts.isEmpty { text += lengthWords(worst) }
    if kind == .timeoutInInit {
      text += ", most of it spent in init"
      let id = catalog.text(request)
      if !id.isEmpty { text += count == 1 ? ": request \(id)" : ", as by request \(id)" }
    }
    text += extensionWords(catalog)
    if let usual { text += " (usual: \(SwimlaneUI.text(ofLength: usual)))" }
    let named = parts.map { (title: $0.phase.title, length: mean($0.total), whose: "") }
    return named.isEmpty ? text : "\(text): \(listed(named, most: partCount))"
  }

  private func mean(_ total: Nanoseconds) -> Nanoseconds { total / Int64(max(1, measured)) }

  private var hasLength: Bool {
    switch kind {
    case .error, .outOfMemory, .failedExtension: false
    default: true
    }
  }

  /// Its length is the caller's wait, the handler included.
  private var isWait: Bool { kind == .coldStart || kind == .reinit }

  private func lengthWords(_ length: String) -> String {
    switch kind {
    case .reset where count == 1: ": the next request waited \(length) for init again"
    case .reset: ": the next requests waited for init again, up to \(length)"
    case .timeout where count == 1, .timeoutInInit where count == 1, .failedInit where count == 1,
      .failedRestore where count == 1:
      " after \(length)"
    case .hungExtension, .busyExtension: "\(count == 1 ? "" : " up to") \(length) after the answer"
    case .unregisteredExtension, .unreadyExtension:
      count == 1 ? ", \(length) of init" : ", up to \(length) of init"
    case .coldStart where count == 1, .reinit where count == 1: ", a wait of \(length)"
    default: count == 1 ? ", \(length)" : ", the longest \(length)"
    }
  }

  /// How many of what.
  private func title(_ catalog: Catalog) -> String {
    func named(_ name: Name, _ before: String) -> String {
      let text = catalog.text(name)
      return text.isEmpty ? "" : before + text
    }
    switch kind {
    case .emulatorFailure(let message):
      return (count == 1 ? "the emulator crashed" : "\(grouped(count)) crashes of the emulator")
        + named(message, ": ")
    case .timeout: return counted("timeout")
    case .timeoutInInit: return counted("timeout")
    case .outOfMemory: return counted("request") + " out of memory"
    case .error(let type): return counted("failed request") + named(type, ": ")
    case .failedInit(let type): return counted("failed init") + named(type, ": ")
    case .failedRestore(let type): return counted("failed restore") + named(type, ": ")
    case .reset: return counted("reset")
    case .throttle(let reason):
      let text = catalog.text(reason)
      let by = ThrottleReason(named: text)?.title ?? text
      return counted("throttled request") + (by.isEmpty ? "" : " by \(by)")
    case .unregisteredExtension(let name): return failing(catalog, name, "never registered")
    case .unreadyExtension(let name): return failing(catalog, name, "never asked for its next event")
    case .failedExtension(let name, let state): return failing(catalog, name, state.failureWords)
    case .hungExtension(let name):
      return "\(extensionTitle(catalog, name)) kept \(counted("invocation")) until the timeout,"
    case .busyExtension(let name):
      return "\(extensionTitle(catalog, name)) held up \(counted("invocation")) by"
    case .droppedEvent(let reason): return counted("event") + " given up by the queue" + named(reason, ": ")
    case .killedRuntime: return counted("runtime") + " killed at shutdown after its share of SIGTERM"
    case .killedExtension(.none):
      // They may be one and the same.
      return count == 1
        ? "an extension killed at shutdown" : "extensions killed at \(grouped(count)) shutdowns"
    case .killedExtension(let name): return failing(catalog, name, "killed at shutdown")
    case .coldStart: return counted("cold start") + named(function, " of ")
    case .reinit: return counted("re-init") + named(function, " of ")
    case .slowRequest: return counted("slow warm request") + named(function, " of ")
    case .slowMark(let name): return "\(catalog.text(name)) in init" + (count == 1 ? "" : ", \(count) times")
    case .undecodable: return counted("line") + " not understood"
    case .dropped: return counted("event") + " lost by the source"
    }
  }

  private func extensionTitle(_ catalog: Catalog, _ name: Name) -> String {
    let text = catalog.text(name)
    return text.isEmpty ? "an extension" : "extension \(text)"
  }

  private func failing(_ catalog: Catalog, _ name: Name, _ words: String) -> String {
    "\(extensionTitle(catalog, name)) \(words)" + (count == 1 ? "" : ", \(grouped(count)) times")
  }

  /// The part that an extension has in it, and what it cost others.
  private func extensionWords(_ catalog: Catalog) -> String {
    var text = ""
    if hasSecondRun { text += " with its second run" }
    if extensionName != .none { text += ", because of extension \(catalog.text(extensionName))" }
    if invocations > 0 {
      text += "; \(invocations == 1 ? "1 invocation" : "\(grouped(invocations)) invocations") failed with it"
    }
    if let waited, isAboutExtension {
      text +=
        "; \(count == 1 ? "its caller" : "callers") waited \(count == 1 ? "" : "up to ")\(SwimlaneUI.text(ofLength: waited))"
    }
    return text
  }

  private var isAboutExtension: Bool {
    switch kind {
    case .unregisteredExtension, .unreadyExtension: true
    default: false
    }
  }

  private func counted(_ word: String) -> String { "\(grouped(count)) \(word)\(count == 1 ? "" : "s")" }

  /// Something has gone wrong; the others only take time.
  package var isBad: Bool {
    switch kind {
    case .coldStart, .reinit, .slowRequest, .slowMark: false
    default: true
    }
  }
}
