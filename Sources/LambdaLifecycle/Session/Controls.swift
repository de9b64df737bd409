/// The things that can be turned up and down while a simulation runs.
package enum Control: CaseIterable, Sendable {
  /// The kind of the next requests, the size of a burst, and the functions that they and all changes go to.
  case requestKind, burstSize, target
  case requestRate, idleTimeout, memory, timeout
  case reservedConcurrency, accountConcurrency, provisionedConcurrency

  /// The setting of the simulation that it changes; nil for one that is about key presses alone.
  package var setting: Setting? {
    switch self {
    case .requestKind, .burstSize, .target: nil
    case .requestRate: .requestRate
    case .idleTimeout: .idleTimeout
    case .memory: .memory
    case .timeout: .timeout
    case .reservedConcurrency: .reservedConcurrency
    case .accountConcurrency: .accountConcurrency
    case .provisionedConcurrency: .provisionedConcurrency
    }
  }
}

/// The effect of the next key presses on a simulation.
package struct Controls: Equatable, Sendable {
  /// Stays until it is changed: whoever shows a crash shows it more than once.
  package private(set) var kind = RequestKind.normal
  /// How many requests a burst is.
  package private(set) var burst = 5
  /// The place of the only function that is meant; nil for all.
  package private(set) var target: Int?

  package init() {}

  /// Requests as the controls say.
  /// - Parameter functions: how many the scenario has.
  package func request(count: Int, functions: Int) -> [SimulationCommand] {
    places(functions).map { .request(kind, count: count, function: $0) }
  }

  private func places(_ functions: Int) -> Range<Int> { target.map { $0..<($0 + 1) } ?? 0..<functions }

  /// Those that this simulation has.
  package func available(_ settings: FleetSettings) -> [Control] {
    let functions = settings.functions.count
    return Control.allCases.filter { control in
      switch control {
      case .target: functions > 1
      case .provisionedConcurrency:
        places(functions).allSatisfy { settings.functions[$0].initializationType.canBeProvisioned }
      default: true
      }
    }
  }

  /// The value of a setting now for the functions that are meant; nil where they differ.
  package func value(of setting: Setting, _ settings: FleetSettings) -> Int64? {
    var places = places(settings.functions.count)
    let first = settings.value(of: setting, function: places.removeFirst())
    for place in places where settings.value(of: setting, function: place) != first { return nil }
    return first
  }

  /// Turns a control one step.
  /// - Returns: the commands for the simulation; none where there is no further step.
  package mutating func turn(
    _ control: Control, up: Bool, _ settings: FleetSettings
  ) -> [SimulationCommand] {
    let functions = settings.functions.count
    switch control {
    case .requestKind:
      let kinds =
        places(functions).contains { !settings.functions[$0].extensions.isEmpty }
        ? RequestKind.allCases : RequestKind.allCases.filter { !$0.needsExtension }
      kind = Self.neighbour(of: kind, in: kinds, up: up)
    case .burstSize: burst = Self.bursts.next(to: burst, up: up) ?? burst
    case .target:
      let targets: [Int?] = [nil] + (0..<functions).map(Optional.some)
      target = functions > 1 ? Self.neighbour(of: target, in: targets, up: up) : nil
    default:
      guard let setting = control.setting, available(settings).contains(control) else { return [] }
      // Where functions differ, the first one's value is where all begin.
      let now = settings.value(of: setting, function: target ?? 0)
      let places = places(functions)
      let steps = ControlSteps.of(setting, places, settings)
      guard let value = steps.next(to: now, up: up) else { return [] }
      let function = setting == .accountConcurrency || functions == 1 ? nil : target
      return [.set(setting, value, function: function)]
    }
    return []
  }

  private static let bursts = [2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000]

  /// Round and round.
  private static func neighbour<Item: Equatable>(of item: Item, in items: [Item], up: Bool) -> Item {
    let place = items.firstIndex(of: item) ?? (up ? -1 : 0)
    return items[(place + (up ? 1 : items.count - 1)) % items.count]
  }
}

extension RequestKind {
  /// It fails in an extension.
  package var needsExtension: Bool { self == .extensionCrash || self == .slowExtension }
}

extension InitializationType {
  /// SnapStart and Managed Instances exclude provisioned concurrency (SnapStart and Managed Instances pages).
  package var canBeProvisioned: Bool { self == .onDemand || self == .provisionedConcurrency }
}

extension Array where Element: Comparable {
  /// The next greater or smaller of ascending values; nil after the last.
  func next(to value: Element, up: Bool) -> Element? {
    up ? first { $0 > value } : last { $0 < value }
  }
}
