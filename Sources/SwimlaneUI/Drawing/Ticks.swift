package import LambdaLifecycle

extension Viewport {
  /// Columns for labels of the axis: at round distances from `origin`, at least ten columns apart; and behind a break
  /// in any case.
  package func ticks(from origin: Timestamp) -> [(column: Int, label: String)] {
    let least = perCell &* 10
    let step = Self.zoomSteps.first { $0 >= least } ?? least
    var ticks: [(column: Int, label: String)] = []
    for stretch in stretches {
      var tick = origin &+ ((stretch.lowerBound &- origin) / step) * step
      if tick < stretch.lowerBound { tick = tick &+ step }
      if tick >= stretch.upperBound, stretch.lowerBound > left {
        let label = text(ofTick: stretch.lowerBound &- origin, step: step)
        ticks.append((column(of: stretch.lowerBound), label))
      }
      while tick < stretch.upperBound {
        ticks.append((column(of: tick), text(ofTick: tick &- origin, step: step)))
        tick = tick &+ step
      }
    }
    return ticks
  }

  /// What lies in sight between breaks.
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
