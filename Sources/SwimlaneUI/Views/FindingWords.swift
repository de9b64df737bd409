package import LambdaLifecycle

extension Finding {
  /// What was found, in a line: `2 cold starts, the longest 1.55 s: function init 838 ms, …`.
  /// - Parameter partCount: of what they went into, so many are named.
  package func words(_ catalog: Catalog, parts partCount: Int = 2) -> String {
    var text = title(catalog)
    if let longest, hasLength {
      let length = SwimlaneUI.text(ofLength: longest)
      text += count == 1 ? lengthWord(length) : ", the longest \(length)"
    }
    if kind == .timeoutInInit {
      text += ", most of it spent in init"
      let id = catalog.text(request)
      if !id.isEmpty { text += count == 1 ? ": request \(id)" : ", as by request \(id)" }
    }
    if let usual { text += " (usual: \(SwimlaneUI.text(ofLength: usual)))" }
    let named = parts.prefix(partCount).map { part in
      "\(part.phase.title) \(SwimlaneUI.text(ofLength: part.total / Int64(max(1, count))))"
    }
    if !named.isEmpty { text += "; \(count == 1 ? "" : "mean ")\(named.joined(separator: ", "))" }
    return text
  }

  private var hasLength: Bool {
    switch kind {
    case .error, .outOfMemory: false
    default: true
    }
  }

  private func lengthWord(_ length: String) -> String {
    switch kind {
    case .timeout, .timeoutInInit, .failedInit, .failedRestore: " after \(length)"
    default: ", \(length)"
    }
  }

  /// How many of what.
  private func title(_ catalog: Catalog) -> String {
    func named(_ name: Name, _ before: String) -> String {
      let text = catalog.text(name)
      return text.isEmpty ? "" : before + text
    }
    switch kind {
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
    case .killedExtension(let name): return counted("extension") + " killed at shutdown" + named(name, ": ")
    case .coldStart: return counted("cold start")
    case .reinit: return counted("re-init")
    case .slowRequest: return counted("slow warm request")
    case .slowMark(let name): return "\(catalog.text(name)) in init" + (count == 1 ? "" : ", \(count) times")
    case .undecodable: return counted("line") + " not understood"
    case .dropped: return counted("event") + " lost by the source"
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
