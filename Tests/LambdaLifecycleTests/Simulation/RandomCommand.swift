import LambdaLifecycle

extension Dice {
  /// Anything that can be done to a simulation.
  /// - Parameter byHand: environments are named, which exist or do not.
  mutating func command(functions: Int, byHand: Bool = true) -> SimulationCommand {
    let function = Int(roll(Int64(functions)))
    switch roll(100) {
    case ..<25: return .request(.normal, function: function)
    case ..<45: return .request(kind(), function: function)
    case ..<50:
      return .request(
        kind(), count: Int(roll(5)), every: .milliseconds(roll(2) * roll(700)), function: function)
    case ..<80:
      let setting = Setting.allCases[Int(roll(Int64(Setting.allCases.count)))]
      let target = setting == .accountConcurrency || chance(30) ? nil : function
      return .set(setting, value(of: setting), function: target)
    case ..<98 where !byHand: return .request(.normal, function: function)
    case ..<89: return .crash(environment: UInt32(1 + roll(12)))
    case ..<98: return .shutDown(environment: UInt32(1 + roll(12)))
    default: return byHand ? .shutDownAll : .request(.normal, function: function)
    }
  }

  private mutating func kind() -> RequestKind {
    RequestKind.allCases[Int(roll(Int64(RequestKind.allCases.count)))]
  }

  private mutating func value(of setting: Setting) -> Int64 {
    switch setting {
    case .idleTimeout: .milliseconds(roll(10_000))
    case .memory: 128 + roll(3) * 1_000
    case .timeout: .milliseconds(500 + roll(3_000))
    case .reservedConcurrency: roll(6) - 1
    case .accountConcurrency: 1 + roll(12)
    case .provisionedConcurrency: roll(4)
    case .requestRate: roll(3) * 700
    }
  }
}

extension SimulationCommand {
  /// The value that it sets, if it is meant for that function.
  func value(of setting: Setting, function: Int = 0) -> Int64? {
    guard case .set(setting, let value, let target) = self, target == nil || target == function else {
      return nil
    }
    return value
  }
}
