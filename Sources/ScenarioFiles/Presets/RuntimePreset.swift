package import LambdaLifecycle

/// The times of a hello-world in a runtime, in milliseconds at 128 and at 1,024 MB.
///
/// Median Init Duration and mean handler duration of 10 cold starts each, arm64, zip package, measured on 2026-08-22 by
/// github.com/maxday/lambda-perf (Apache-2.0).
package struct RuntimePreset: Equatable, Sendable {
  /// AWS's identifier of the runtime; for an own runtime the language, on Amazon Linux 2 with `.al2` where both were
  /// measured.
  package let name: String
  let initAt128: Double
  let initAt1024: Double
  let handlerAt128: Double
  let handlerAt1024: Double

  private init(
    _ name: String, _ initAt128: Double, _ initAt1024: Double, _ handlerAt128: Double, _ handlerAt1024: Double
  ) {
    self.name = name
    self.initAt128 = initAt128
    self.initAt1024 = initAt1024
    self.handlerAt128 = handlerAt128
    self.handlerAt1024 = handlerAt1024
  }

  /// The preset of that name.
  package static func named(_ name: String) -> RuntimePreset? { all.first { $0.name == name } }

  /// The 99th percentile as a multiple of the median: not in the source, this simulation's choice.
  private static let spread = 1.5

  /// All of Init Duration, which the source does not divide: function init of a hello-world is next to nothing.
  package func runtimeInit(atMB memoryMB: Int32) -> DurationModel {
    let place = (Double(min(max(memoryMB, 128), 1_024)) - 128) / (1_024 - 128)
    return Self.model(initAt128 + place * (initAt1024 - initAt128))
  }

  /// The handler's at that memory, multiplied by `factor`.
  package func handler(atMB memoryMB: Int32, times factor: Double = 1) -> DurationModel {
    Self.model(handlerMilliseconds(memoryMB) * factor)
  }

  /// The share of the handler's time at that memory that is computing.
  package func computingShare(atMB memoryMB: Int32) -> Double {
    min(1, max(0, computing / Double(min(memoryMB, 1_769))) / handlerMilliseconds(memoryMB))
  }

  /// Waiting + `computing` / memory: the curve through both points. Above the second one no more than all can be
  /// computing, and more than one vCPU does not help.
  private func handlerMilliseconds(_ memoryMB: Int32) -> Double {
    let memory = Double(min(memoryMB, 1_769))
    let steepest = handlerAt1024 * 1_024
    let computing = memory > 1_024 ? min(max(0, computing), steepest) : computing
    return handlerAt1024 + computing * (1 / memory - 1 / 1_024)
  }

  private var computing: Double { (handlerAt128 - handlerAt1024) / (1 / 128.0 - 1 / 1_024.0) }

  private static func model(_ milliseconds: Double) -> DurationModel {
    // Whole microseconds: the source has no more.
    let median = Nanoseconds((milliseconds * 1_000).rounded()) * 1_000
    return .logNormal(median: median, p99: Nanoseconds((Double(median) * spread).rounded()))
  }

  /// Sorted by name, as messages list them.
  package static let all: [RuntimePreset] = [
    RuntimePreset("bun", 290.4, 305.6, 164.8, 10.8),
    RuntimePreset("cpp", 51.0, 49.4, 1.3, 1.3),
    RuntimePreset("cpp.al2", 21.7, 15.2, 1.4, 1.4),
    RuntimePreset("dotnet10", 202.7, 247.7, 846.6, 89.7),
    RuntimePreset("dotnet10-aot", 62.6, 62.1, 3.5, 2.1),
    RuntimePreset("dotnet7-aot.al2", 153.8, 146.0, 357.0, 34.1),
    RuntimePreset("dotnet8", 295.6, 298.8, 826.7, 83.6),
    RuntimePreset("dotnet8-aot", 78.0, 76.5, 18.7, 3.0),
    RuntimePreset("dotnet9-aot", 76.4, 75.8, 10.1, 2.1),
    RuntimePreset("go", 42.4, 44.1, 1.7, 1.6),
    RuntimePreset("go.al2", 42.5, 42.4, 1.7, 1.8),
    RuntimePreset("graalvm-java17.al2", 120.3, 123.7, 109.1, 10.8),
    RuntimePreset("graalvm-java21", 123.6, 115.7, 130.2, 11.3),
    RuntimePreset("graalvm-java23", 136.6, 135.2, 87.8, 9.1),
    RuntimePreset("java11", 315.2, 293.3, 14.2, 3.1),
    RuntimePreset("java17", 225.0, 222.1, 9.6, 2.9),
    RuntimePreset("java21", 259.2, 247.9, 100.4, 6.4),
    RuntimePreset("java25", 202.8, 199.8, 251.2, 13.9),
    RuntimePreset("java8.al2", 282.9, 430.5, 66.1, 3.9),
    RuntimePreset("llrt", 61.9, 63.9, 1.6, 1.5),
    RuntimePreset("nodejs20.x", 128.1, 132.0, 12.3, 3.7),
    RuntimePreset("nodejs22.x", 130.0, 131.8, 15.4, 3.6),
    RuntimePreset("nodejs24.x", 121.3, 127.2, 14.1, 3.3),
    RuntimePreset("python3.10", 71.2, 74.4, 1.5, 1.5),
    RuntimePreset("python3.11", 75.4, 66.8, 1.6, 1.4),
    RuntimePreset("python3.12", 67.0, 82.5, 2.1, 2.0),
    RuntimePreset("python3.13", 83.5, 80.5, 3.9, 2.2),
    RuntimePreset("python3.14", 101.8, 101.7, 3.1, 2.0),
    RuntimePreset("python3.9", 76.0, 74.7, 1.6, 1.5),
    RuntimePreset("ruby3.2", 227.0, 263.8, 10.7, 3.1),
    RuntimePreset("ruby3.3", 252.3, 262.1, 13.1, 2.7),
    RuntimePreset("ruby3.4", 192.6, 247.0, 14.2, 2.9),
    RuntimePreset("rust", 13.1, 13.9, 1.4, 1.3),
    RuntimePreset("rust.al2", 14.6, 14.5, 1.4, 1.5),
    RuntimePreset("shell", 41.8, 41.2, 280.7, 28.5),
    RuntimePreset("shell.al2", 53.9, 49.0, 226.3, 28.5),
    RuntimePreset("swift.al2", 108.3, 104.7, 68.5, 6.3),
    RuntimePreset("swift5.8.al2", 105.1, 107.0, 1.6, 1.5),
  ]
}
