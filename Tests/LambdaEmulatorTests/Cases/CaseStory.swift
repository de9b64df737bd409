import LambdaLifecycle

/// Events in words that simulator and emulator can agree on: the environments there were, the phases of each
/// with their outcomes, the states of each extension and the outcome of each request. Times are left out.
///
/// Two rules make them comparable. The simulator reports the parts of init as phases; the emulator reports
/// one phase, which the mark `function-init` divides. Either is `init` here, and `init whole` where nothing
/// divided it. The states of an extension are beside the phases, because they may come anywhere in them.
struct CaseStory {
  private let events: [LifecycleEvent]
  private let catalog: Catalog

  init(_ events: [LifecycleEvent], _ log: EventLog) {
    self.events = events
    catalog = log.catalog
  }

  var lines: [String] { environmentLines + requestLines }

  // MARK: Environments

  private var environmentLines: [String] {
    order.enumerated().flatMap { place, id in
      ["environment \(place + 1): \(phases(of: id).joined(separator: ", "))"]
        + extensions(of: id).map { "\($0) in \(place + 1): \($1.joined(separator: ", "))" }
    }
  }

  /// The states that each extension has come to, by its name.
  private func extensions(of environment: EnvironmentID) -> [(String, [String])] {
    var states: [String: [String]] = [:]
    for event in events where event.environment == environment {
      guard case .extensionState(let name, let state, let error) = event.kind else { continue }
      let word = error == .none ? state.wireName : "\(state.wireName) by \(catalog.text(error))"
      states[catalog.text(name), default: []].append(word)
    }
    return states.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The environments that were created, the oldest first.
  private var order: [EnvironmentID] {
    events.compactMap { event in
      if case .environmentCreated = event.kind { event.environment } else { nil }
    }
  }

  private func phases(of environment: EnvironmentID) -> [String] {
    var words: [String] = []
    /// The init that was reported, and if its parts were.
    var parts: (isDivided: Bool, outcome: Outcome)?
    func endInit() {
      guard let told = parts else { return }
      words.append((told.isDivided ? "init" : "init whole") + word(told.outcome))
      parts = nil
    }
    for event in events where event.environment == environment {
      switch event.kind {
      case .phaseBegan(let phase, let name):
        // An extension's own init ends anywhere.
        if name != .none { continue }
        if phase == .extensionInit {
          endInit()
        } else if phase.isInit {
          parts = (phase == .functionInit, .none)
        } else {
          endInit()
        }
      case .phaseEnded(let end):
        if end.extensionName != .none { continue }
        if end.phase.isInit, end.phase != .extensionInit {
          parts?.outcome = end.outcome
        } else {
          words.append(word(end))
        }
      case .mark(let mark): if mark.name == .functionInit { parts?.isDivided = true }
      case .environmentGone(let reason, _):
        endInit()
        words.append("gone \(reason.wireName)")
      default: break
      }
    }
    endInit()
    return words
  }

  private func word(_ end: PhaseEnd) -> String { end.phase.wireName + word(end.outcome) }
  private func word(_ outcome: Outcome) -> String { outcome.isBad ? " \(outcome.wireName)" : "" }

  // MARK: Requests

  private var requestLines: [String] {
    var timeline = Timeline(.emulator)
    timeline.learnSources(from: catalog)
    for event in events { timeline.fold(event) }
    timeline.settle()
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0 + 1) })
    return timeline.requests.enumerated().map { number, request in
      var words = "request \(number + 1): "
      if request.isThrottled { return words + "throttled \(catalog.text(request.throttleReason))" }
      words += "\(request.start) \(request.outcome.wireName)"
      if request.outcome.isBad, !isOwn(request.errorType) { words += " \(catalog.text(request.errorType))" }
      return words + " in \(places[request.environment] ?? 0)"
    }
  }

  /// A type that the handler gives to its errors is nothing of the lifecycle.
  private func isOwn(_ type: Name) -> Bool {
    let text = catalog.text(type)
    return !["Runtime.", "Sandbox.", "Extension."].contains { text.hasPrefix($0) }
  }
}

extension Array<LifecycleEvent> {
  private func number(_ matches: (LifecycleEvent.Kind) -> Bool) -> Int { count(where: { matches($0.kind) }) }
  var gone: Int { number { if case .environmentGone = $0 { true } else { false } } }
  var created: Int { number { if case .environmentCreated = $0 { true } else { false } } }
  var arrived: Int { number { if case .requestArrived = $0 { true } else { false } } }
  var throttled: Int { number { if case .requestThrottled = $0 { true } else { false } } }
  var answered: Int { number { if case .requestAnswered = $0 { true } else { false } } }
  var invoked: Int { number { if case .phaseBegan(.invoke, _) = $0 { true } else { false } } }
  var resets: Int {
    number { if case .phaseEnded(let end) = $0 { end.phase == .runtimeShutdown } else { false } }
  }
}
