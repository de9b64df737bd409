/// A part of a session as a session of its own: what happened in a stretch of time, and before it what was under way when
/// it began, all with the times that they had.
///
/// An environment that was there already has its creation and its inits, which decide what its next request waits for, and
/// what followed on them; what else it served before is left out. No figure counts what lies before the stretch
/// (`Timeline.figuresBegin`).
package struct Cut: Sendable {
  package var start: Timestamp
  package var end: Timestamp
  package var names: NameSelection

  package init(
    start: Timestamp = .min, end: Timestamp = .max, names: NameSelection = NameSelection()
  ) {
    self.start = start
    self.end = end
    self.names = names
  }

  /// - Parameter events: in order of arrival.
  /// - Returns: those of the part in order of arrival, and before them what is known of functions and settings. What a
  ///   fork has made void is left out, and so is the fork.
  package func events(of events: [LifecycleEvent], _ catalog: Catalog) -> [LifecycleEvent] {
    let told = named(withoutVoid(events), catalog)
    var underWay = UnderWay()
    let before = told.indices.filter { told[$0].time < start }
    for place in before.sorted(by: { (told[$0].time, $0) < (told[$1].time, $1) }) {
      underWay.note(told[place], at: place)
    }
    var places = underWay.places
    places.formUnion(firstInvocations(told, underWay.endsOfInits))
    let kept = told.indices.filter { place in
      told[place].time <= end && (told[place].time >= start || places.contains(place))
    }.map { told[$0] }
    // Settings alone would move the beginning of the session.
    guard let begin = kept.map(\.time).min() else { return [] }
    return underWay.settings.map { event in
      var event = event
      event.time = begin
      event.arrival = begin
      return event
    } + kept
  }

  /// The event that followed on an init shows that it was over: the invocation that an environment served
  /// then, as a whole.
  private func firstInvocations(
    _ told: [LifecycleEvent], _ endsOfInits: [EnvironmentID: [Int]]
  ) -> [Int] {
    let ends = Set(endsOfInits.values.joined())
    let requests = Set(ends.map { told[$0].request }).subtracting([.none])
    var hasEnded: Set<EnvironmentID> = []
    return told.indices.filter { place in
      let event = told[place]
      guard event.time < start else { return false }
      if ends.contains(place) { return true }
      // An earlier attempt with the same id may have been somewhere else.
      guard event.environment == .none ? event.isAnswer : endsOfInits[event.environment] != nil else {
        return false
      }
      // Without an id, its end is reported in its environment.
      if event.request == .none {
        let firstEnd = endsOfInits[event.environment]?.min() ?? place
        return event.ends(.invoke) && place > firstEnd && hasEnded.insert(event.environment).inserted
      }
      return requests.contains(event.request)
    }
  }

  private func withoutVoid(_ events: [LifecycleEvent]) -> [LifecycleEvent] {
    var kept: [LifecycleEvent] = []
    for event in events {
      if case .forked(let time) = event.kind { kept.removeAll { $0.time > time } } else { kept.append(event) }
    }
    return kept
  }

  /// A request belongs to where it was assigned or ran; before that it has no environment.
  private func named(_ events: [LifecycleEvent], _ catalog: Catalog) -> [LifecycleEvent] {
    guard !names.isEmpty else { return events }
    var environments: [EnvironmentID: Bool] = [:]
    func isWanted(_ event: LifecycleEvent) -> Bool {
      if event.environment == .none { return names.contains(.none, of: event.function, catalog) }
      if let known = environments[event.environment] { return known }
      let answer = names.contains(event.environment, of: .none, catalog)
      environments[event.environment] = answer
      return answer
    }
    var requests: Set<RequestID> = []
    for event in events where event.request != .none && event.environment != .none && isWanted(event) {
      requests.insert(event.request)
    }
    return events.filter { event in
      let isOfAll = event.environment == .none && event.function == .none && event.request == .none
      return isOfAll || requests.contains(event.request) && event.environment == .none || isWanted(event)
    }
  }
}

extension LifecycleEvent {
  fileprivate var isAnswer: Bool { if case .requestAnswered = kind { true } else { false } }

  fileprivate func ends(_ phase: Phase) -> Bool {
    if case .phaseEnded(let end) = kind { end.phase == phase && end.extensionName == .none } else { false }
  }
}
