package import LambdaLifecycle

/// The moment from which the labels of an axis count.
package enum TickOrigin: Sendable {
  /// From the session's beginning.
  case beginning(Timestamp)
  /// Clocks on the wall, as soon as labels are whole seconds apart; below that, from the beginning.
  case wallClock(beginning: Timestamp)

  var beginning: Timestamp {
    switch self {
    case .beginning(let time), .wallClock(let time): time
    }
  }
}

/// A label of the axis.
package struct Tick: Equatable, Sendable {
  package var column: Int
  package var label: String
}

extension Viewport {
  /// Round distances of ticks, from 100 µs to a year.
  static let tickSteps: [Nanoseconds] = {
    let fine: [Nanoseconds] = [100_000, 200_000, 500_000]
    let milliseconds: [Nanoseconds] = [1, 2, 5, 10, 20, 50, 100, 200, 500].map { .milliseconds($0) }
    let seconds: [Nanoseconds] = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800].map { .seconds($0) }
    let hours: [Nanoseconds] = [1, 2, 3, 6, 12, 24, 48, 168, 336, 720, 2_160, 8_760].map {
      .seconds($0 * 3_600)
    }
    return fine + milliseconds + seconds + hours
  }()

  /// Columns for labels of the axis: at round moments, at least ten columns apart; and behind a break in any case. None
  /// lies before the beginning.
  package func ticks(from origin: TickOrigin) -> [Tick] {
    let least = perCell &* 10
    let step = Self.tickSteps.first { $0 >= least } ?? least
    var isWallClock = false
    if case .wallClock = origin { isWallClock = step >= .seconds(1) }
    let beginning = origin.beginning
    // Round moments of a clock on the wall are multiples since the epoch.
    let zero = isWallClock ? 0 : beginning
    func label(_ time: Timestamp) -> String {
      isWallClock ? WallClock(time).label(step: step) : text(ofTick: time &- beginning, step: step)
    }
    var ticks: [Tick] = []
    for stretch in stretches where stretch.upperBound > beginning {
      let first = max(stretch.lowerBound, beginning)
      var tick = zero &+ ((first &- zero) / step) * step
      if tick < first { tick = tick &+ step }
      if tick >= stretch.upperBound, stretch.lowerBound > left {
        ticks.append(Tick(column: column(of: stretch.lowerBound), label: label(stretch.lowerBound)))
      }
      while tick < stretch.upperBound, ticks.count <= columns {
        ticks.append(Tick(column: column(of: tick), label: label(tick)))
        guard tick < .max - step else { break }
        tick = tick &+ step
      }
    }
    return ticks
  }

  /// The stretches in sight between breaks.
  private var stretches: [Range<Timestamp>] {
    var stretches: [Range<Timestamp>] = []
    var begin = left
    for next in breaks {
      if begin < next.time.lowerBound { stretches.append(begin..<next.time.lowerBound) }
      begin = next.time.upperBound
    }
    if begin < right { stretches.append(begin..<right) }
    return stretches
  }
}
