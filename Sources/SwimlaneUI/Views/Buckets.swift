internal import LambdaLifecycle

/// Lengths of time in stretches that grow by the same factor, a column each, over whole powers of ten.
struct Buckets: Equatable {
  /// One more than there are columns.
  var edges: [Nanoseconds] = []
  /// Columns of a power of ten, and where each begins.
  var perDecade = 0
  var decades: [(column: Int, begin: Nanoseconds)] = []

  static func == (left: Buckets, right: Buckets) -> Bool { left.edges == right.edges }

  /// The finest that have room.
  init(from least: Nanoseconds, to most: Nanoseconds, columns: Int) {
    var begin: Nanoseconds = 1_000
    while begin <= least / 10, begin < Self.largest / 10 { begin *= 10 }
    var count = 1
    var end = begin * 10
    while end <= most, count < 12, end < Self.largest {
      end *= 10
      count += 1
    }
    guard let (each, factor) = Self.factors.last(where: { $0.each * count <= columns }) else { return }
    perDecade = each
    for decade in 0..<count {
      decades.append((decade * each, begin))
      var edge = Double(begin)
      for _ in 0..<each {
        edges.append(Nanoseconds(edge.rounded()))
        edge *= factor
      }
      begin *= 10
    }
    edges.append(begin)
  }

  /// Thirty years: longer lengths lie in the last stretch.
  private static let largest: Nanoseconds = 1_000_000_000_000_000_000

  /// Columns of a power of ten, and the root of ten that goes with it.
  private static let factors: [(each: Int, factor: Double)] = [
    (2, 3.16227766017), (3, 2.15443469003), (4, 1.77827941004), (6, 1.46779926762), (8, 1.33352143216),
    (12, 1.21152765863), (16, 1.15478198469), (24, 1.10069417125), (32, 1.07460782832),
  ]
}
