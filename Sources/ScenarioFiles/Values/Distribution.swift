internal import LambdaLifecycle

extension Notation where Value == DurationModel {
  /// The length of something: a duration, or a distribution of durations.
  static var distribution: Notation {
    either(Notation<Nanoseconds>.duration.map { .fixed($0) }, mapping: spread)
  }

  /// A distribution, or the one that was observed.
  static var idleTimeout: Notation {
    let fixed = Notation("observed, or \(Notation<Nanoseconds>.duration.expected)", unit: true) { text in
      if text == "observed" { return .observedIdleTimeout }
      return TimeUnit.length(text).flatMap { $0 <= .hundredYears ? .fixed($0) : nil }
    }
    return either(fixed, mapping: spread)
  }

  /// A distribution of gaps that come again and again: on average at least this, so that time goes on.
  static func distribution(typically least: Nanoseconds, _ limits: String) -> Notation {
    let any = distribution
    return Notation(expected: any.expected) { reader, node in
      guard let model = any.read(&reader, node) else { return nil }
      if model.typical >= least { return model }
      reader.mistake("found too short a time; expected at least \(limits) on average", at: node.place)
      return nil
    }
  }

  private static var spread: Notation {
    Notation<Spread>.section(Spread.keys, from: Spread()) { reader, node, spread in
      guard spread.model == nil else { return }
      reader.mistake(Spread.problem(of: spread), at: node.place)
    }.compactMap(\.model)
  }
}

/// The keys of a distribution; those that are there decide its kind.
struct Spread: Sendable {
  var from: Nanoseconds?
  var to: Nanoseconds?
  var mean: Nanoseconds?
  var median: Nanoseconds?
  var p99: Nanoseconds?
  var values: [Nanoseconds]?

  static let keys: [Key<Spread>] = [
    Key("from", optional: \.from, .duration),
    Key("to", optional: \.to, .duration),
    Key("mean", optional: \.mean, .duration),
    Key("median", optional: \.median, .positiveDuration),
    Key("p99", optional: \.p99, .positiveDuration),
    Key("values", optional: \.values, Notation<Nanoseconds>.duration.list(1...10_000)),
  ]

  var model: DurationModel? {
    switch (from, to, mean, median, p99, values) {
    case (let low?, let high?, nil, nil, nil, nil): low <= high ? .uniform(low, high) : nil
    case (nil, nil, let mean?, nil, nil, nil): .exponential(mean: mean)
    case (nil, nil, nil, let median?, let p99?, nil):
      median <= p99 ? .logNormal(median: median, p99: p99) : nil
    case (nil, nil, nil, nil, nil, let values?): .empirical(values)
    default: nil
    }
  }

  static func problem(of spread: Spread) -> String {
    switch (spread.from, spread.to, spread.median, spread.p99) {
    case (let low?, let high?, nil, nil) where low > high:
      "found a from longer than to; expected it to be at most as long"
    case (nil, nil, let median?, let p99?) where median > p99:
      "found a median longer than p99; expected it to be at most as long"
    default:
      "found keys that do not belong together; expected from and to, or mean, or median and p99, or values"
    }
  }
}

extension DurationModel {
  /// The mean, or the median of a log-normal distribution.
  fileprivate var typical: Nanoseconds {
    switch self {
    case .fixed(let length): length
    case .uniform(let low, let high): (low + high) / 2
    case .exponential(let mean): mean
    case .logNormal(let median, _): median
    case .empirical(let lengths): Nanoseconds(lengths.reduce(0.0) { $0 + Double($1) } / Double(lengths.count))
    }
  }
}
