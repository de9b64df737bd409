import Testing

@testable import LambdaLifecycle

/// A test of whether two samples differ. Values to compare with are those of scipy 1.17:
/// `stats.mannwhitneyu`, `stats.norm.sf`.
@Suite struct RankTests {
  @Test("The normal distribution's tail is that of scipy")
  func tail() {
    let known: [(Double, Double)] = [
      (0, 0.5), (0.5, 0.3085375387259869), (1, 0.15865525393145707), (2, 0.022750131948179195),
      (2.9, 0.0018658133003840375), (3.1, 0.0009676032132183563), (5, 2.866515718791933e-07),
      (8, 6.22096057427174e-16), (-1, 0.8413447460685429),
    ]
    for (z, p) in known { #expect((normalUpperTail(z) / p - 1).magnitude < 1e-9, "\(z)") }
  }

  @Test("Without ties the chance is counted out")
  func exact() {
    let test = RankTest([250, 262, 241, 255, 258, 249, 260], [311, 305, 254, 298, 257, 309, 315])
    #expect(test.u == 42)
    #expect(close(test.p, 0.026223776223776224))
    #expect(close(RankTest([1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11, 12]).p, 0.0021645021645021645))
    let forty = (1...40).map { Nanoseconds($0) * 3 }
    let large = RankTest(forty.map { $0 - 40 }, forty)
    #expect(large.u == 1_249)
    #expect(close(large.p, 8.078546903227513e-06))
  }

  @Test("With ties it is counted out too: all ways to choose a sample out of both")
  func ties() {
    // By hand in exact fractions, as `stats.permutation_test` of U would.
    let ties = RankTest(
      [1, 2, 2, 3, 4, 4, 4, 5, 6, 7, 8, 9], [2, 3, 4, 4, 5, 5, 6, 7, 8, 9, 9, 10, 11])
    #expect(ties.u == 107)
    #expect(close(ties.p, 0.11713651135511413))
    #expect(close(RankTest([0, 0, 0, 0], [0, 0, 1, 2, 3, 4]).p, 0.10476190476190476))
    // A line that is new in every one of eight starts, whether or not it took as long each time.
    let none = [Nanoseconds](repeating: 0, count: 8)
    #expect(close(RankTest(none, [60, 61, 62, 63, 64, 65, 66, 67]).p, RankTest.leastP(8, 8)))
    #expect(close(RankTest(none, [Nanoseconds](repeating: 60, count: 8)).p, RankTest.leastP(8, 8)))
  }

  @Test("Of many it is that of the normal distribution, corrected for ties")
  func approximate() {
    let ties = RankTest((0..<30).map { $0 / 2 }, (0..<28).map { $0 / 2 + 4 })
    #expect(ties.u == 598)
    #expect(close(ties.p, 0.005657796629667778))
    let many = RankTest((0..<45).map { 8 * $0 + 4 }, (0..<50).map { 10 * $0 + 5 })
    #expect(many.u == 1_440)
    #expect(close(many.p, 0.019070776297315958))
  }

  @Test("Nothing and samples of one value differ from nothing")
  func degenerate() {
    #expect(RankTest([], [1, 2]).p == 1)
    #expect(RankTest([5, 5, 5], [5, 5, 5]).p == 1)
    #expect(Shift(from: [], to: [1]) == nil)
    #expect(RoundsNeeded([1, 2], [1, 2, 3]) == nil)
    #expect(RankTest.leastP(6, 6) == 2 / 924.0)
  }

  @Test("The shift is the median of all differences, between the ones that Wilcoxon's quantile leaves")
  func shift() throws {
    let shift = try #require(
      Shift(from: [250, 262, 241, 255, 258, 249, 260], to: [311, 305, 254, 298, 257, 309, 315]))
    #expect((shift.value, shift.low, shift.high) == (49, 4, 60))
    #expect(Shift(from: [1], to: [5]) == Shift(from: [11], to: [15]))
  }

  @Test("Holm's correction multiplies the least by all, the next by one less, and never falls")
  func holm() {
    let corrected = holmCorrected([0.01, 0.04, 0.03, 0.005])
    for (one, other) in zip(corrected, [0.03, 0.06, 0.06, 0.02]) { #expect(close(one, other)) }
    #expect(holmCorrected([0.9, 0.8]) == [1, 1])
    #expect(holmCorrected([]).isEmpty)
  }

  @Test("It takes fewer rounds to see a larger change, and more of what spreads more")
  func rounds() throws {
    // In 400 pairs the second, moved by 5, is larger in 280 and alike in 15: a share of 0.71875, by hand.
    let values = (0..<20).map { 100 + Nanoseconds($0) }
    let needed = try #require(RoundsNeeded(values, values))
    #expect(needed.count(toSee: 0, level: 0.05) == nil)
    #expect(needed.count(toSee: 5, level: 0.05) == 28)
    let wide = try #require(RoundsNeeded(values.map { $0 * 3 }, values.map { $0 * 3 }))
    let (quick, slow) = (needed.count(toSee: 5, level: 0.05) ?? 0, wide.count(toSee: 5, level: 0.05) ?? 0)
    #expect(slow > 5 * quick)
  }

  private func close(_ one: Double, _ other: Double) -> Bool { (one / other - 1).magnitude < 1e-8 }
}
