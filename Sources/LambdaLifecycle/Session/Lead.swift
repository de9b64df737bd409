/// Who leads a session: where its events and its newest moment come from, and so what can be done to it.
package enum Lead: Sendable {
  /// A simulation of ours.
  case simulation(SimulationSession)
  /// A stream that goes on; its newest moment is the clock's.
  case live(LiveLead)
  /// A stream that is known from begin to end, or is being read.
  case recording
}

/// A stream that goes on, as far as its source can be driven.
package struct LiveLead: Sendable {
  /// The settings of the fleet behind the stream, where it obeys all that a simulation obeys: an emulator of
  /// ours. nil for somebody else's, which takes requests, and its end, where it is known how to reach it.
  package var fleet: FleetSettings?

  package init(driving fleet: FleetSettings? = nil) { self.fleet = fleet }
}

// MARK: - What can be done

extension Lead {
  /// Somebody else reports what happens: it takes the time that it takes, and not everything is reported.
  package var isObserved: Bool {
    switch self {
    case .simulation: false
    case .live, .recording: true
    }
  }

  /// The newest moment is the clock's, and events come when they come.
  package var followsClock: Bool {
    switch self {
    case .live: true
    case .simulation, .recording: false
    }
  }

  /// It has a last moment, and is played up to there.
  package var hasEnd: Bool {
    switch self {
    case .recording: true
    case .simulation, .live: false
    }
  }

  /// The past can be changed: what came after it is void, and happens anew.
  package var canFork: Bool {
    switch self {
    case .simulation: true
    case .live, .recording: false
    }
  }

  /// Requests can be sent.
  package var canInvoke: Bool {
    switch self {
    case .simulation, .live: true
    case .recording: false
    }
  }

  /// The idle timeout is ours to set, and with it all that somebody else's emulator does not obey: its other settings, and
  /// that a single environment ends or crashes.
  package var canSetIdleTimeout: Bool {
    switch self {
    case .simulation: true
    case .live(let live): live.fleet != nil
    case .recording: false
    }
  }
}

extension Lead {
  /// The settings of a fleet that can be driven live; nil where there is none.
  package internal(set) var drivenFleet: FleetSettings? {
    get { if case .live(let live) = self { live.fleet } else { nil } }
    set { if case .live = self { self = .live(LiveLead(driving: newValue)) } }
  }
}

// MARK: - The simulation

extension Lead {
  /// The simulation that leads; nil for none. It is changed in place: meanwhile it is out of here, so that nothing of it is
  /// copied.
  var simulation: SimulationSession? {
    get { if case .simulation(let simulation) = self { simulation } else { nil } }
    _modify {
      var simulation = takeSimulation()
      defer { if let simulation { self = .simulation(simulation) } }
      yield &simulation
    }
  }

  private mutating func takeSimulation() -> SimulationSession? {
    guard case .simulation(let simulation) = self else { return nil }
    self = .recording
    return simulation
  }
}
