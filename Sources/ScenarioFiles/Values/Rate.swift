internal import LambdaLifecycle

/// The rate of something that happens again and again: `2 per second`, `120 per minute`.
struct Rate: Equatable, Sendable {
  private var number: DecimalNumber
  private var unit: Nanoseconds

  /// A million requests a second: more than Lambda's quotas let through anywhere.
  private static let mostPerSecond = 1_000_000.0

  init?(_ text: String) {
    guard let quantity = Quantity(text) else { return nil }
    switch quantity.unit {
    case "per second": unit = .seconds(1)
    case "per minute": unit = .seconds(60)
    case "per hour": unit = .seconds(3_600)
    default: return nil
    }
    number = quantity.number
    guard perSecond <= Self.mostPerSecond else { return nil }
  }

  var perSecond: Double { number.double() / Double(unit / .seconds(1)) }

  /// The mean time from one to the next; nil for a rate of zero or less than once in 100 years.
  var meanGap: Nanoseconds? {
    number.dividing(unit).flatMap { $0 <= .hundredYears ? $0 : nil }
  }
}

extension Notation where Value == Rate {
  static var rate: Notation {
    Notation(
      "a rate such as 2 per second (per second, per minute, per hour), 0 to 1,000,000 per second", unit: true
    ) { Rate($0) }
  }
}

extension Notation where Value == Nanoseconds {
  /// The mean gap of a rate.
  static var gap: Notation {
    Notation(
      "a rate such as 2 per second (per second, per minute, per hour), more than 0, at most 1,000,000 per second",
      unit: true
    ) { Rate($0)?.meanGap }
  }
}
