package import LambdaLifecycle

extension Setting {
  /// The words for people.
  package var title: String {
    switch self {
    case .idleTimeout: "idle timeout"
    case .memory: "memory"
    case .timeout: "timeout"
    case .reservedConcurrency: "reserved concurrency"
    case .accountConcurrency: "account concurrency"
    case .provisionedConcurrency: "provisioned concurrency"
    case .requestRate: "steady traffic"
    }
  }

  /// A value in words.
  package func text(_ value: Int64) -> String {
    switch self {
    case .idleTimeout, .timeout: SwimlaneUI.text(ofSetting: value)
    case .memory: "\(value) MB"
    case .reservedConcurrency: value < 0 ? "none" : "\(value)"
    case .accountConcurrency, .provisionedConcurrency: "\(value)"
    case .requestRate:
      value <= 0 ? "off" : "\(decimal(value, unit: 1_000, places: value % 1_000 == 0 ? 0 : 1)) a second"
    }
  }
}
