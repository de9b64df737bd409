/// The tariff of a GB-second.
package enum Tariff: Int, CaseIterable, Sendable {
  /// Invocations on demand, their init or restore included, and SnapStart's init at publishing.
  case onDemand
  /// Environments of provisioned concurrency while they run, their init included …
  case provisionedRun
  /// … and for as long as they are held.
  case provisionedHeld

  /// The tariff of an environment of that type; nil for Managed Instances, whose EC2 instances are billed,
  /// not their GB-seconds. That price is not modelled: of theirs, requests alone are counted.
  package init?(_ type: InitializationType) {
    switch type {
    case .provisionedConcurrency: self = .provisionedRun
    case .managedInstances: return nil
    case .unknown, .onDemand, .snapStart: self = .onDemand
    }
  }
}

/// Memory times billed time, by what it is paid for. A GB is 1,024 MB.
package struct Billing: Equatable, Sendable {
  /// MB times milliseconds: two of each tariff, for x86 and Arm.
  private var megabyteMilliseconds = SIMD8<Int64>()

  package init() {}

  /// Adds `count` times a length. Where the architecture is not known, it is x86.
  @inline(__always)
  package mutating func add(
    milliseconds: Int64, memoryMB: Int32, times count: Int64 = 1, tariff: Tariff = .onDemand,
    architecture: Architecture? = nil
  ) {
    guard milliseconds > 0, memoryMB > 0 else { return }
    megabyteMilliseconds[place(tariff, architecture)] &+= milliseconds &* Int64(memoryMB) &* count
  }

  /// Adds what another has counted.
  package mutating func add(_ other: Billing) { megabyteMilliseconds &+= other.megabyteMilliseconds }

  package func gbSeconds(_ tariff: Tariff, _ architecture: Architecture) -> Double {
    Double(megabyteMilliseconds[place(tariff, architecture)]) / 1_024_000
  }

  /// GB-seconds of all that ran. What was only held is none of them.
  package var gbSeconds: Double {
    let run = [Tariff.onDemand, .provisionedRun].flatMap { tariff in
      Architecture.allCases.map { megabyteMilliseconds[place(tariff, $0)] }
    }
    return Double(run.reduce(0, &+)) / 1_024_000
  }

  private func place(_ tariff: Tariff, _ architecture: Architecture?) -> Int {
    tariff.rawValue * 2 + (architecture == .arm64 ? 1 : 0)
  }
}

extension PriceTable {
  /// US dollars for a GB-second.
  package func gbSecond(_ tariff: Tariff, _ architecture: Architecture) -> Double {
    switch (tariff, architecture) {
    case (.onDemand, .x86): gbSecondX86
    case (.onDemand, .arm64): gbSecondArm
    case (.provisionedRun, .x86): provisionedRunX86
    case (.provisionedRun, .arm64): provisionedRunArm
    case (.provisionedHeld, .x86): provisionedHeldX86
    case (.provisionedHeld, .arm64): provisionedHeldArm
    }
  }

  /// US dollars for what was counted: requests that were not throttled or refused, and GB-seconds.
  package func cost(of statistics: Statistics) -> Double {
    cost(invocations: statistics.requests - statistics.throttles - statistics.refused, statistics.billing)
  }

  /// The same of one function.
  package func cost(of tally: FunctionTally) -> Double {
    cost(invocations: tally.requests - tally.throttles - tally.refused, tally.billing)
  }

  func cost(invocations: Int, _ billing: Billing) -> Double {
    var cost = Double(max(0, invocations)) * requests
    for tariff in Tariff.allCases {
      for architecture in Architecture.allCases {
        cost += billing.gbSeconds(tariff, architecture) * gbSecond(tariff, architecture)
      }
    }
    return cost
  }
}
