/// How many values of each of two samples it would take to see that one of them is larger by so much, four times in five
/// (Noether), if they spread as these do.
package struct RoundsNeeded: Sendable {
  /// The distances of each sample's values from its middle, in order.
  private let first: [Nanoseconds]
  private let second: [Nanoseconds]
  private static let power = 0.8

  /// - Returns: nil where there are too few to know how they spread.
  package init?(_ first: [Nanoseconds], _ second: [Nanoseconds]) {
    guard first.count > 2, second.count > 2 else { return nil }
    func centred(_ values: [Nanoseconds]) -> [Nanoseconds] {
      let sorted = values.sorted()
      let middle = sorted[(sorted.count - 1) / 2]
      return sorted.map { $0 &- middle }
    }
    self.first = centred(first)
    self.second = centred(second)
  }

  /// - Parameters:
  ///   - change: what is to be seen.
  ///   - level: how likely it may be by chance.
  /// - Returns: nil where no number would do.
  package func count(toSee change: Nanoseconds, level: Double) -> Int? {
    let larger = share(larger: change) - 0.5
    guard larger > 0.001 else { return nil }
    let z = normalQuantile(1 - level / 2) + normalQuantile(Self.power)
    return Int((z * z / (6 * larger * larger)).rounded(.up))
  }

  /// In how many of all pairs the second is larger when it is moved by `change`.
  private func share(larger change: Nanoseconds) -> Double {
    var larger = 0.0
    var (below, upTo) = (0, 0)
    for value in second {
      let moved = value &+ change
      while below < first.count, first[below] < moved { below += 1 }
      upTo = max(upTo, below)
      while upTo < first.count, first[upTo] <= moved { upTo += 1 }
      larger += Double(below) + Double(upTo - below) / 2
    }
    return larger / Double(first.count * second.count)
  }
}
