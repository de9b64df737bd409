import LambdaLifecycle
import Testing

@Suite("Lengths between edges")
struct QuantileCountTests {
  @Test("few are counted exactly, many to the histogram's precision", arguments: [500, 50_000])
  func counts(total: Int) {
    var lengths = Quantiles()
    // Evenly over a second.
    for index in 0..<total {
      lengths.record(.seconds(1) / Int64(total) * Int64((index * 7_919) % total))
    }
    let edges: [Nanoseconds] = [0, .milliseconds(100), .milliseconds(500), .seconds(1), .seconds(10)]
    let found = lengths.counts(between: edges)
    for (count, share) in zip(found, [0.1, 0.4, 0.5, 0]) {
      #expect(abs(Double(count) - share * Double(total)) <= Double(total) / 500)
    }
    #expect(found.reduce(0, +) == total)
  }

  @Test("a length on an edge belongs to the stretch that begins there; none is nothing")
  func edges() {
    var lengths = Quantiles()
    lengths.record(.milliseconds(10))
    #expect(lengths.counts(between: [0, .milliseconds(10), .milliseconds(20)]) == [0, 1])
    #expect(Quantiles().counts(between: [0, .milliseconds(10)]) == [0])
    #expect(lengths.counts(between: []) == [])
  }

  @Test("a quantile is exact to 0.1 % and not below the true one, from a microsecond to a day")
  func quantiles() throws {
    var all: [Nanoseconds] = []
    var lengths = Quantiles()
    for number in 0..<20_000 {
      let magnitude = DurationModel.exponential(mean: .milliseconds(40)).sample(
        draw(seed: 3, .handler, UInt64(number)))
      all.append(number % 100 == 0 ? .seconds(86_400) &- magnitude : magnitude &+ 1_000)
    }
    for length in all { lengths.record(length) }
    all.sort()
    #expect(lengths.value(atPercent: 0) == all.first)
    #expect(lengths.value(atPercent: 100) == all.last)
    for percent in [1.0, 25, 50, 90, 99, 99.9] {
      let exact = all[Int((percent / 100 * Double(all.count)).rounded(.up)) - 1]
      let found = try #require(lengths.value(atPercent: percent))
      #expect(found >= exact / 1_000 * 1_000)
      #expect(found - exact <= exact / 1_000 + 1_000)
    }
  }
}
