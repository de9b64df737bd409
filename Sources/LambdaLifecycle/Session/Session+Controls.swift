// The controls of a session whose functions can be driven: simulated, or run by an emulator of ours.

extension Session {
  /// The settings of the functions: in a simulation at the moment looked at, where a command would fork it.
  package var settingsInSight: FleetSettings? {
    mutating get {
      if let driven = lead.drivenFleet { return driven }
      return lead.simulation?.simulator(at: playhead.time < newest ? playhead.time : .never, log.catalog)
        .settings
    }
  }

  /// Turns a control one step; where the past is looked at and the simulation has to change, this forks.
  /// - Returns: false where there is no further step.
  package mutating func turn(_ control: Control, up: Bool) -> Bool {
    guard let settings = settingsInSight else { return false }
    let before = controls
    let commands = controls.turn(control, up: up, settings)
    if !commands.isEmpty { turnOrLeave(control, commands) }
    return controls != before || !commands.isEmpty
  }

  /// A lesson that asks for another setting is left.
  private mutating func turnOrLeave(_ control: Control, _ commands: [SimulationCommand]) {
    if let asked = lesson?.step.task, asked.kind == .options {
      if asked.commands.contains(where: { $0.setting == control.setting }) { return act(.options, commands) }
    } else {
      return act(control.task, commands)
    }
    leavePath()
    for command in commands { _ = perform(command) }
  }

  /// Sends requests as the controls say.
  package mutating func sendRequests(count: Int, _ key: LessonTask.Kind) {
    act(key, controls.request(count: count, functions: settingsInSight?.functions.count ?? 1))
  }
}

// MARK: - A live session that is driven

extension Session {
  /// Leaves a command for whoever has the emulator. What it sets is shown at once: it is within
  /// Lambda's limits, so the emulator does it.
  /// - Returns: false where there is no emulator of ours.
  mutating func drive(_ command: SimulationCommand) -> Bool {
    guard var fleet = lead.drivenFleet else { return false }
    commandsToSend.append(command)
    if case .set(let setting, let value, let function) = command {
      fleet.set(setting, to: value, of: function)
      lead.drivenFleet = fleet
    }
    return true
  }

  /// Takes what has been asked of the emulator since this was asked last.
  package mutating func takeCommands() -> [SimulationCommand] {
    defer { commandsToSend = [] }
    return commandsToSend
  }
}

extension Timeline {
  /// Steady traffic to all functions together as it was set at a moment, in requests in 1,000 seconds.
  package func requestRate(at time: Timestamp) -> Int64 {
    var known: Set<Name> = []
    var sum: Int64 = 0
    for marker in markers.reversed() where marker.time <= time {
      guard case .setting(.requestRate, let rate) = marker.kind, known.insert(marker.function).inserted else {
        continue
      }
      // Each of those that have no rate of their own since then.
      let isForAll = marker.function == .none
      let rest = functions.isEmpty ? 1 : functions.count - (known.count - 1)
      let count = isForAll ? rest : 1
      sum += rate * Int64(count)
      if isForAll { break }
    }
    return sum
  }
}

extension SimulationCommand {
  /// The setting that it sets.
  fileprivate var setting: Setting? { if case .set(let setting, _, _) = self { setting } else { nil } }
}

extension Control {
  /// The lesson's name for it.
  fileprivate var task: LessonTask.Kind {
    switch self {
    case .idleTimeout: .idleTimeout
    case .requestRate: .traffic
    default: .options
    }
  }
}
