package import LambdaLifecycle

extension Viewport {
  /// Columns for labels of the axis: at round distances from `origin`, at least ten columns apart.
  package func ticks(from origin: Timestamp) -> [(column: Int, label: String)] {
    let least = perCell &* 10
    let step = Self.zoomSteps.first { $0 >= least } ?? least
    var tick = origin &+ ((left &- origin) / step) * step
    if tick < left { tick = tick &+ step }
    var ticks: [(column: Int, label: String)] = []
    while tick < right {
      ticks.append((column(of: tick), text(ofTick: tick &- origin, step: step)))
      tick = tick &+ step
    }
    return ticks
  }
}
