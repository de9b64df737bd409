/// The work under way at a moment: the events of living environments and their inits, of phases and requests
/// that are not over, and of settings.
struct UnderWay {
  /// An event, and its place among all.
  private struct Told {
    var place: Int
    var event: LifecycleEvent
  }

  /// A living environment.
  private struct Life {
    /// Its creation, all its inits and resets: they decide what a later request waits for.
    var history: [Int] = []
    /// Nothing has followed its latest init.
    var initIsLatest = false
    /// Begins of phases that have not ended, and what has happened in them since.
    var open: [Told] = []
    var extensions: [Name: Int] = [:]
  }

  private struct Assignment {
    var places: [Int]
    var isAnswered = false
  }

  /// The known descriptions of functions and settings, the oldest first.
  private(set) var settings: [LifecycleEvent] = []
  /// The places of what followed on an init and so ended it, and of the arrival that led to it.
  private(set) var endsOfInits: [EnvironmentID: [Int]] = [:]
  private var lives: [EnvironmentID: Life] = [:]
  private var requests: [RequestID: Assignment] = [:]

  /// The places of all events that reported it but those of `settings`.
  var places: Set<Int> {
    var places = Set(requests.values.flatMap(\.places))
    for life in lives.values {
      places.formUnion(life.history)
      places.formUnion(life.open.map(\.place))
      places.formUnion(life.extensions.values)
    }
    return places
  }

  /// Notes what comes next in time.
  mutating func note(_ event: LifecycleEvent, at place: Int) {
    let told = Told(place: place, event: event)
    switch event.kind {
    case .functionDescribed: settings.append(event)
    case .settingChanged(let setting, _):
      settings.removeAll { $0.sets(setting) && $0.function == event.function }
      settings.append(event)
    case .environmentCreated: lives[event.environment] = Life(history: [place])
    case .environmentGone:
      lives[event.environment] = nil
      endsOfInits[event.environment] = nil
    case .phaseBegan(let phase, let name): began(phase, name, told)
    case .phaseEnded(let end): ended(end, told)
    case .thawed:
      lives[event.environment]?.open.removeAll { $0.event.begins(.frozen) }
      // The invocation that it was thawed for follows.
      if lives[event.environment]?.initIsLatest == true {
        endsOfInits[event.environment, default: []].append(place)
      }
    case .extensionState(let name, _, _): lives[event.environment]?.extensions[name] = place
    case .runtimeDone, .mark:
      if lives[event.environment]?.open.isEmpty == false { lives[event.environment]?.open.append(told) }
    case .requestArrived: requests[event.request] = Assignment(places: [place])
    case .requestAssigned: requests[event.request, default: Assignment(places: [])].places.append(place)
    case .requestAnswered:
      guard isRunning(event) else { return requests[event.request] = nil }
      // Its extensions still work.
      requests[event.request]?.places.append(place)
      requests[event.request]?.isAnswered = true
    case .requestThrottled, .requestDropped: requests[event.request] = nil
    case .report, .initReport, .output, .payload, .marker, .imported, .lineRan, .packageImported,
      .moduleImported, .forked, .dropped, .undecodable:
      break
    }
  }

  private mutating func began(_ phase: Phase, _ name: Name, _ told: Told) {
    var life = lives[told.event.environment] ?? Life()
    if name == .none {
      // A phase that nobody has ended is over when the next one begins; invocations alone run beside each other.
      life.open.removeAll { other in
        guard case .phaseBegan(let known, .none) = other.event.kind else { return false }
        return known != .invoke || phase != .invoke || other.event.request == told.event.request
      }
    }
    if phase.isTransition { life.history.append(told.place) }
    life.open.append(told)
    lives[told.event.environment] = life
    if phase == .invoke { initIsOver(told) }
    if phase.isTransition { lives[told.event.environment]?.initIsLatest = !phase.isShutdown }
  }

  private mutating func initIsOver(_ told: Told) {
    guard lives[told.event.environment]?.initIsLatest == true else { return }
    lives[told.event.environment]?.initIsLatest = false
    // With the arrival of the attempt that it was for.
    let places = requests[told.event.request]?.places ?? []
    endsOfInits[told.event.environment, default: []] += places + [told.place]
  }

  private mutating func ended(_ end: PhaseEnd, _ told: Told) {
    let event = told.event
    guard var life = lives[event.environment] else { return }
    if end.phase.isTransition { life.history.append(told.place) }
    let begin = life.open.lastIndex { other in
      guard case .phaseBegan(end.phase, end.extensionName) = other.event.kind else { return false }
      return end.phase != .invoke || event.request == .none || other.event.request == event.request
    }
    if let begin {
      life.open.remove(at: begin)
      if end.extensionName == .none {
        // Reports of the work in it end with it.
        life.open.removeAll { other in
          !other.event.isBegin && (other.event.request == .none || other.event.request == event.request)
        }
      }
    }
    lives[event.environment] = life
    // An init may have run inside the invocation.
    if end.phase == .invoke { initIsOver(told) }
    if end.phase == .invoke, requests[event.request]?.isAnswered == true { requests[event.request] = nil }
  }

  private func isRunning(_ event: LifecycleEvent) -> Bool {
    lives[event.environment]?.open.contains { $0.event.begins(.invoke) && $0.event.request == event.request }
      == true
  }
}

extension LifecycleEvent {
  fileprivate func begins(_ phase: Phase) -> Bool {
    if case .phaseBegan(phase, _) = kind { true } else { false }
  }

  fileprivate var isBegin: Bool { if case .phaseBegan = kind { true } else { false } }

  fileprivate func sets(_ setting: Setting) -> Bool {
    if case .settingChanged(setting, _) = kind { true } else { false }
  }
}
