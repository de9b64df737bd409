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
    case .memory: SwimlaneUI.text(ofMegabytes: value)
    case .reservedConcurrency: value < 0 ? "none" : "\(value)"
    case .accountConcurrency, .provisionedConcurrency: "\(value)"
    case .requestRate:
      value <= 0 ? "off" : "\(decimal(value, unit: 1_000, places: value % 1_000 == 0 ? 0 : 1)) a second"
    }
  }
}

/// A size as AWS writes it: `1,769 MB`.
package func text(ofMegabytes value: Int64) -> String {
  let (thousands, rest) = value.quotientAndRemainder(dividingBy: 1_000)
  guard thousands > 0 else { return "\(value) MB" }
  return "\(thousands)," + String("\(1_000 + rest)".dropFirst()) + " MB"
}
