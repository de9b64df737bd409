internal import LambdaLifecycle

extension Inspector {
  /// The function's marks in the latest phase that has marks, in order of the begins.
  static func marks(
    _ track: borrowing EnvironmentTrack, _ catalog: Catalog, at time: Timestamp
  ) -> Fact? {
    let count = track.markCount(upTo: time)
    guard count > 0 else { return nil }
    let latest = track.markSpan(count - 1)
    var words: [String] = []
    for index in stride(from: count - 1, through: max(0, count - 40), by: -1) {
      let span = track.markSpan(index)
      guard span.phase == latest.phase, span.request == latest.request else { break }
      words.append(catalog.text(of: span, at: time))
    }
    let place = latest.phase.map { "in \($0.title): " } ?? ""
    words.reverse()
    words[0] = place + words[0]
    return Fact("marks", words)
  }

  /// The costs of the imports of the latest init, the largest first.
  static func imports(
    _ track: borrowing EnvironmentTrack, _ catalog: Catalog, at time: Timestamp
  ) -> Fact? {
    let costs = track.latestInit(at: time)?.imports ?? []
    guard !costs.isEmpty else { return nil }
    let sum = costs.reduce(Nanoseconds(0)) { $0 &+ $1.own }
    var words = costs.prefix(12).map { cost in
      let name = "\(catalog.text(cost.name)) \(SwimlaneUI.text(ofLength: cost.total))"
      return cost.own == cost.total ? name : name + " (own \(SwimlaneUI.text(ofLength: cost.own)))"
    }
    let all = "\(costs.count) in \(SwimlaneUI.text(ofLength: sum)): "
    words[0] = all + words[0]
    return Fact("imports", words)
  }
}
