/// A part of a session as a session of its own: what happened in a stretch of time, and before it what was under way when
/// it began, all with the times that they had.
///
/// An environment that was there already has its creation and its inits, which decide what its next request waits for;
/// what it served before is left out.
package struct Cut: Sendable {
  package var start: Timestamp
  package var end: Timestamp
  /// Only environments and functions whose name has one of these texts in it; all where there is none.
  package var names: [String]

  package init(start: Timestamp = .min, end: Timestamp = .max, names: [String] = []) {
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
    let places = underWay.places
    let endsOfInits = Set(underWay.endsOfInits.values.joined())
    let kept = told.indices.flatMap { place -> [LifecycleEvent] in
      let event = told[place]
      if event.time <= end && (event.time >= start || places.contains(place)) { return [event] }
      return endsOfInits.contains(place) ? rest(insteadOf: event) : []
    }
    // Settings alone would move the beginning of the session.
    guard let begin = kept.map(\.time).min() else { return [] }
    return underWay.settings.map { event in
      var event = event
      event.time = begin
      event.arrival = begin
      return event
    } + kept
  }

  /// That an init was over is told by what followed on it. What did is left out: a rest without length, and that it was
  /// thawed for somebody, say it in its place.
  private func rest(insteadOf event: LifecycleEvent) -> [LifecycleEvent] {
    [.phaseBegan(.frozen), .phaseEnded(PhaseEnd(.frozen)), .thawed].map { kind in
      LifecycleEvent(
        time: event.time, function: event.function, environment: event.environment, kind: kind)
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
    let wanted = names.map { $0.lowercased() }
    func isNamed(_ text: String) -> Bool { wanted.contains { text.lowercased().contains($0) } }
    var environments: [EnvironmentID: Bool] = [:]
    func isWanted(_ event: LifecycleEvent) -> Bool {
      if event.environment == .none { return isNamed(catalog.text(event.function)) }
      if let known = environments[event.environment] { return known }
      let function = catalog.text(catalog.function(of: event.environment))
      let answer = isNamed(catalog.text(event.environment)) || isNamed(function)
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
