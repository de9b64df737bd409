import Glibc
import LambdaLifecycle
import Testing

@Suite("Draws")
struct DrawTests {
  private static let points: [Double] =
    (0..<2_000).map { unitInterval(draw(seed: 7, .handler, $0)) }
    + [1e-300, 1e-16, 0.5, 0.999_999_999, 1, 1.5, 2, 1_000, 1e18, 1e300, .leastNormalMagnitude]

  @Test("portableLog agrees with the C library within 1e-14")
  func log() {
    for x in Self.points {
      let expected = Glibc.log(x)
      #expect(abs(portableLog(x) - expected) <= 1e-14 * max(abs(expected), 1e-2), "\(x)")
    }
  }

  @Test("portableExp agrees with the C library within 1e-14")
  func exp() {
    for x in Self.points.prefix(2_000).map({ ($0 - 0.5) * 80 }) + [0, 1, -1, 699, -699] {
      let expected = Glibc.exp(x)
      #expect(abs(portableExp(x) - expected) <= 1e-14 * expected, "\(x)")
    }
  }

  @Test("normalQuantile: symmetric, rising, and right at well-known places")
  func quantile() {
    let known: [(Double, Double)] = [
      (0.5, 0), (0.841344746068543, 1), (0.977249868051821, 2), (0.99, 2.3263478740408408),
      (0.001, -3.090232306167813), (0.01, -2.3263478740408408),
    ]
    for (p, z) in known { #expect(abs(normalQuantile(p) - z) < 1e-7, "\(p)") }
    var last = -Double.infinity
    for step in 1..<1_000 {
      let p = Double(step) / 1_000
      #expect(normalQuantile(p) > last)
      #expect(abs(normalQuantile(p) + normalQuantile(1 - p)) < 1e-8)
      last = normalQuantile(p)
    }
  }

  @Test("a draw depends on seed, stream and number alone, and is the same on every machine")
  func golden() {
    #expect(draw(seed: 1, .handler, 1) == 2_136_003_357_415_565_544)
    #expect(draw(seed: 1, .handler, 2) == 3_123_423_782_547_585_788)
    #expect(draw(seed: 1, .arrival, 1) == 2_465_029_493_094_181_333)
    #expect(draw(seed: 2, .handler, 1) == 14_657_837_433_789_675_318)
    let bits = draw(seed: 42, .functionInit, 3)
    #expect(DurationModel.uniform(.milliseconds(10), .milliseconds(20)).sample(bits) == 17_463_712)
    #expect(DurationModel.exponential(mean: .seconds(1)).sample(bits) == 292_532_103)
    #expect(DurationModel.logNormal(median: .milliseconds(80), p99: .milliseconds(400)).sample(bits) == 126_569_188)
  }

  @Test("models keep what they promise: mean, median, 99th percentile, bounds")
  func models() {
    func samples(_ model: DurationModel) -> [Nanoseconds] {
      (0..<20_000).map { model.sample(draw(seed: 3, .runtimeInit, $0)) }.sorted()
    }
    let uniform = samples(.uniform(100, 200))
    #expect(uniform.allSatisfy { (100..<200).contains($0) })
    let exponential = samples(.exponential(mean: 1_000_000))
    #expect(abs(exponential.reduce(0, +) / 20_000 - 1_000_000) < 20_000)
    let logNormal = samples(.logNormal(median: 1_000_000, p99: 4_000_000))
    #expect(abs(logNormal[10_000] - 1_000_000) < 20_000)
    #expect(abs(logNormal[19_800] - 4_000_000) < 200_000)
  }

  @Test(
    "a model without sense gives a length nevertheless: never negative, never a trap",
    arguments: [
      .fixed(-1), .fixed(.max), .uniform(20, 10), .uniform(-20, -10), .uniform(.min, .max),
      .exponential(mean: -5), .exponential(mean: .max), .logNormal(median: 0, p99: 0),
      .logNormal(median: 0, p99: 10), .logNormal(median: 10, p99: 0), .logNormal(median: 1, p99: .max),
      .logNormal(median: -1, p99: -1),
    ] as [DurationModel])
  func nonsense(_ model: DurationModel) {
    for k in 0..<1_000 as Range<UInt64> {
      let length = model.sample(draw(seed: 9, .create, k))
      #expect(length >= 0)
      #expect(length <= .seconds(100 * 365 * 86_400))
    }
  }
}
