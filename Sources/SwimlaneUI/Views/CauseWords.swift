package import LambdaLifecycle

/// Shares in words, the largest first: `function init 680 ms, extension init 240 ms (logs-agent), 2 more`.
/// - Parameter most: so many are named.
func listed(_ parts: [(title: String, length: Nanoseconds, whose: String)], most: Int) -> String {
  let named = parts.prefix(most).map {
    "\($0.title) \(text(ofLength: $0.length))" + ($0.whose.isEmpty ? "" : " (\($0.whose))")
  }
  return (named + (parts.count > most ? ["\(parts.count - most) more"] : [])).joined(separator: ", ")
}

extension RequestCause {
  /// The cause in a line: what the request waited for, or what ended it.
  /// - Parameter most: of what it went into, so many are named.
  package func words(_ catalog: Catalog, parts most: Int = 4) -> String {
    let length = SwimlaneUI.text(ofLength: length) + (isOver ? "" : " so far")
    let type = catalog.text(errorType)
    let error = type.isEmpty ? "" : ": \(type)"
    switch kind {
    case .cold: return "cold start \(length)\(listing(catalog, most))"
    case .reinit: return "re-init \(length)\(listing(catalog, most))"
    case .initAlone where parts.contains { $0.phase == .create }:
      return "create and init \(length)\(listing(catalog, most))"
    case .initAlone: return "init \(length)\(listing(catalog, most))"
    case .warm: return "warm, \(inHandler(length, catalog, most))"
    case .ahead: return "initialized ahead of it, \(inHandler(length, catalog, most))"
    case .failedInit:
      return "init failed after \(length)\(hasSecondRun ? " with its second run" : "")\(error)"
    case .timeout(let place):
      // Where the handler had no time left, what took it is the cause.
      let isOfInit = place == .handler && 2 * initLength > self.length
      let most = isOfInit ? ", most of it spent in init" : ""
      return "timed out after \(length), \(place.words)\(most)"
    case .failed(let place): return "failed after \(length), \(place.words)\(error)"
    }
  }

  private func listing(_ catalog: Catalog, _ most: Int) -> String {
    parts.isEmpty ? "" : ": \(list(catalog, most))"
  }

  private func list(_ catalog: Catalog, _ most: Int) -> String {
    let named = parts.map { part in
      let names = part.extensions.prefix(2).map(catalog.text).filter { !$0.isEmpty }
      let more = part.extensions.count > 2 ? ", \(part.extensions.count - 2) more" : ""
      return (
        part.phase?.title ?? "not explained", part.length,
        names.isEmpty ? "" : names.joined(separator: ", ") + more
      )
    }
    return listed(named, most: most)
  }

  /// The words for a request that waited for no init.
  private func inHandler(_ length: String, _ catalog: Catalog, _ most: Int) -> String {
    guard parts.allSatisfy({ $0.phase == .invoke }) else { return "\(length)\(listing(catalog, most))" }
    if isOver { return "\(length) in the handler" }
    return self.length < .milliseconds(1) ? "in the handler" : "in the handler for \(length)"
  }
}

extension RequestCause.Place {
  fileprivate var words: String {
    switch self {
    case .initialization: "in init"
    case .handler: "in the handler"
    case .afterAnswer: "after the answer"
    }
  }
}

extension TellingLine {
  /// As it is quoted.
  package var words: String { "\"\(text)\"" }

  /// The title before the line.
  package var title: String { "printed" }
}
