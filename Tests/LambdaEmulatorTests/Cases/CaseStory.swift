import LambdaLifecycle

/// Events in words that simulator and emulator can agree on: which environments there were, the phases of
/// each with their
/// outcomes, and what became of each request. Times are left out.
///
/// One rule makes them comparable. The simulator tells the parts of init as phases; the emulator tells one
/// phase, which the
/// mark `function-init` divides. Either is `init` here, and `init whole` where nothing divided it.
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
    order.enumerated().map { place, id in
      "environment \(place + 1): \(phases(of: id).joined(separator: ", "))"
    }
  }

  /// Those that were created, the oldest first.
  private var order: [EnvironmentID] {
    events.compactMap { event in
      if case .environmentCreated = event.kind { event.environment } else { nil }
    }
  }

  private func phases(of environment: EnvironmentID) -> [String] {
    var words: [String] = []
    /// The init that is told of, and whether its parts are.
    var parts: (isDivided: Bool, outcome: Outcome)?
    func endInit() {
      guard let told = parts else { return }
      words.append((told.isDivided ? "init" : "init whole") + word(told.outcome))
      parts = nil
    }
    for event in events where event.environment == environment {
      switch event.kind {
      case .phaseBegan(let phase, _):
        if phase.isInit { parts = (phase == .functionInit, .none) } else { endInit() }
      case .phaseEnded(let end):
        if end.phase.isInit { parts?.outcome = end.outcome } else { words.append(word(end)) }
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
    return !text.hasPrefix("Runtime.") && !text.hasPrefix("Sandbox.")
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
