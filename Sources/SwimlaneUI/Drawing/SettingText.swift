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
    case .reservedConcurrency: value < 0 ? "none" : SwimlaneUI.text(ofCount: value)
    case .accountConcurrency, .provisionedConcurrency: SwimlaneUI.text(ofCount: value)
    case .requestRate:
      value <= 0 ? "off" : "\(decimal(value, unit: 1_000, places: value % 1_000 == 0 ? 0 : 1)) a second"
    }
  }
}

/// A size as AWS writes it: `1,769 MB`.
package func text(ofMegabytes value: Int64) -> String { "\(text(ofCount: value)) MB" }

/// A whole number with its thousands apart: `1,234,567`.
package func text(ofCount value: some BinaryInteger) -> String {
  let digits = String(value.magnitude)
  var text = value < 0 ? "-" : ""
  for (place, digit) in digits.enumerated() {
    if place > 0, (digits.count - place) % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return text
}
