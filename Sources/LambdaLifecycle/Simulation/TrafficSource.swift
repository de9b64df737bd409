/// Gives the arrivals of one `Traffic`, one after the other.
struct TrafficSource: Sendable {
  private(set) var traffic: Traffic
  /// Its requests bring lengths of their own: those of a trace, or of a handler that the traffic gives.
  let givesLengths: Bool
  /// The place of the traffic in the scenario; requests of different traffic have different draws.
  private let place: Int
  private let start: Timestamp
  /// When the next request arrives; `.never` when none does.
  private(set) var next = Timestamp.never
  /// Requests so far.
  private(set) var count = 0
  /// Of a ramp: the expected number of requests until the next one.
  private var expected = 0.0

  init(_ traffic: Traffic, place: Int, start: Timestamp, seed: UInt64) {
    self.traffic = traffic
    self.place = place
    self.start = start
    if case .trace = traffic.pattern { givesLengths = true } else { givesLengths = traffic.handler != nil }
    plan(after: start, seed)
  }

  /// Steady traffic of another rate, from `now` on: the first request comes a period later.
  /// - Parameter period: nil for none.
  init(_ former: TrafficSource, every period: Nanoseconds?, from now: Timestamp, seed: UInt64) {
    self = former
    traffic.pattern = period.map { .every($0, from: 0, until: .never) } ?? .times([])
    next = period.map { Self.moment(now, plus: $0) } ?? .never
  }

  /// The number of the next request: what its draws depend on.
  var number: UInt64 { UInt64(place) << 40 | UInt64(count + 1) }

  /// The request of the trace that comes next.
  var traced: TracedRequest? {
    guard case .trace(let requests) = traffic.pattern, count < requests.count else { return nil }
    return requests[count]
  }

  /// The next request has arrived.
  @inline(__always)
  mutating func advance(_ seed: UInt64) {
    let now = next
    count += 1
    plan(after: now, seed)
  }

  private mutating func plan(after now: Timestamp, _ seed: UInt64) {
    switch traffic.pattern {
    case .gaps(let gaps, let from, let until):
      let begin = count == 0 ? Self.moment(start, plus: from) : now
      let gap = max(1, gaps.sample(draw(seed: seed, .arrival, number &- 1)))
      next = begin == .never ? .never : Self.moment(begin, plus: gap)
      if next >= Self.moment(start, plus: until) { next = .never }
    case .every(let interval, let from, let until):
      next = count == 0 ? Self.moment(start, plus: from) : Self.moment(now, plus: max(1, interval))
      if next >= Self.moment(start, plus: until) { next = .never }
    case .times(let times): next = count < times.count ? Self.moment(start, plus: times[count]) : .never
    case .burst(let size, let at, let spread):
      guard count < size else { return next = .never }
      let share = Double(count) / Double(size)
      let since = DurationModel.fixed(spread).scaled(by: share).sample(0)
      next = Self.moment(Self.moment(start, plus: at), plus: since)
    case .ramp(let low, let high, let begin, let end):
      expected -= portableLog(unitInterval(draw(seed: seed, .arrival, number &- 1)))
      next =
        Self.moment(ofRamp: low, high, begin, end, expected: expected).map { Self.moment(start, plus: $0) }
        ?? .never
    case .trace(let requests):
      next = count < requests.count ? Self.moment(start, plus: requests[count].at) : .never
    }
  }

  private static func moment(_ time: Timestamp, plus length: Nanoseconds) -> Timestamp {
    let (sum, isBeyond) = time.addingReportingOverflow(length)
    return isBeyond ? .never : sum
  }

  /// When so many requests are to be expected since the beginning of a ramp: its rate, summed up over time, is a parabola.
  /// - Returns: nil if that is after the end.
  private static func moment(
    ofRamp low: Double, _ high: Double, _ begin: Nanoseconds, _ end: Nanoseconds, expected: Double
  ) -> Nanoseconds? {
    let length = Double(end &- begin) / 1e9
    let growth = (high - low) / length
    // low·t + growth·t²/2 = expected, in the form that does not divide by a growth of 0.
    let root = low * low + 2 * growth * expected
    guard length > 0, root >= 0 else { return nil }
    let divisor = low + root.squareRoot()
    guard divisor > 0 else { return nil }
    let seconds = 2 * expected / divisor
    guard seconds < length else { return nil }
    return begin &+ Nanoseconds(seconds * 1e9)
  }
}
