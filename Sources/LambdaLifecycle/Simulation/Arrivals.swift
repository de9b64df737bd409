/// The requests that a scenario sends by itself, and steady traffic beside them.
struct Arrivals: Sendable {
  private(set) var traffic: [TrafficSource]
  private let start: Timestamp
  /// The traffic whose request comes next, and when; `.never` where none comes.
  private(set) var place = 0
  private(set) var next = Timestamp.never

  init(_ scenario: Scenario, start: Timestamp, seed: UInt64) {
    self.start = start
    traffic = scenario.traffic.enumerated().map { TrafficSource($1, place: $0, start: start, seed: seed) }
    plan()
  }

  /// The request that is due now.
  @inline(__always)
  mutating func take(_ seed: UInt64) -> FleetRequest<SimulatedRequest> {
    var payload = SimulatedRequest()
    payload.number = traffic[place].number
    payload.traffic = Int32(place)
    payload.kind = traffic[place].traffic.kind
    var request = FleetRequest(payload, function: traffic[place].traffic.function)
    if traffic[place].givesLengths { setLengths(of: &request, seed) }
    traffic[place].advance(seed)
    plan()
    return request
  }

  private func setLengths(of request: inout FleetRequest<SimulatedRequest>, _ seed: UInt64) {
    if let handler = traffic[place].traffic.handler {
      request.payload.duration = handler.sample(draw(seed: seed, .handler, request.payload.number))
    }
    guard let traced = traffic[place].traced else { return }
    request.function = UInt16(traced.function)
    request.payload.duration = traced.duration
    request.payload.coldDuration = traced.coldDuration
    request.payload.initDuration = traced.initDuration
  }

  /// Steady traffic is a source like those of the scenario, after them.
  /// - Parameters:
  ///   - rate: requests in 1,000 seconds.
  ///   - stream: the place of the function's steady traffic; nil before there was any.
  /// - Returns: its place.
  mutating func setRate(
    _ rate: Int64, of function: Int, stream: Int?, from now: Timestamp, seed: UInt64
  ) -> Int {
    let period = rate > 0 ? max(1, .seconds(1_000) / rate) : nil
    let place = stream ?? traffic.count
    if place == traffic.count {
      traffic.append(
        TrafficSource(Traffic(.times([]), function: function), place: place, start: start, seed: seed))
    }
    traffic[place] = TrafficSource(traffic[place], every: period, from: now, seed: seed)
    plan()
    return place
  }

  @inline(__always)
  private mutating func plan() {
    next = .never
    for place in traffic.indices where traffic[place].next < next {
      self.place = place
      next = traffic[place].next
    }
  }
}
