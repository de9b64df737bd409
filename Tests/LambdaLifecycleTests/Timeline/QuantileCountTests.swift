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
}
