import LambdaLifecycle
import ScenarioFiles
import Testing

/// [github.com/maxday/lambda-perf, 2026-08-22]
@Suite struct PresetTests {
  private func median(_ model: DurationModel) -> Double? {
    guard case .logNormal(let median, let p99) = model, p99 == median + median / 2 else { return nil }
    return Double(median) / 1_000_000
  }

  /// The handler's length at a memory, as the simulator takes it.
  private func handler(_ runtime: String, _ memory: Int32) throws -> Double {
    let function = try function("runtime: \(runtime), memory: \(memory) MB")
    return try #require(median(function.handler)) * function.cpu.factor(atMB: memory)
  }

  private func runtimeInit(_ runtime: String, _ memory: Int) throws -> Double? {
    median(try function("runtime: \(runtime), memory: \(memory) MB").runtimeInit)
  }

  @Test func everyPresetMakesAFunction() throws {
    #expect(RuntimePreset.all.count == 38)
    #expect(RuntimePreset.all.map(\.name) == RuntimePreset.all.map(\.name).sorted())
    for preset in RuntimePreset.all {
      for memory in [128, 1_024, 10_240] {
        let function = try function("runtime: \(preset.name), memory: \(memory) MB")
        #expect(median(function.runtimeInit) ?? 0 > 10)
        #expect(median(function.handler) ?? 0 > 1)
        #expect(function.functionInit == .fixed(0))
        #expect((0...1).contains(function.cpu.computing))
      }
    }
  }

  @Test func initLiesBetweenTheMeasuredPoints() throws {
    #expect(try runtimeInit("python3.13", 128) == 83.5)
    #expect(try runtimeInit("python3.13", 1_024) == 80.5)
    #expect(try runtimeInit("python3.13", 576) == 82)
    #expect(try runtimeInit("python3.13", 10_240) == 80.5)
    #expect(try runtimeInit("java8.al2", 128) == 282.9)
  }

  @Test(arguments: [
    ("python3.13", 3.9, 2.2), ("nodejs22.x", 15.4, 3.6), ("ruby3.4", 14.2, 2.9),
    // These fall more steeply than memory grows …
    ("dotnet8", 826.7, 83.6), ("java25", 251.2, 13.9),
    // … and this one rises.
    ("go.al2", 1.7, 1.8),
  ])
  func theHandlerGoesThroughBothPoints(_ runtime: String, _ small: Double, _ large: Double) throws {
    #expect(abs(try handler(runtime, 128) - small) < 0.005 * small)
    #expect(abs(try handler(runtime, 1_024) - large) < 0.005 * large)
    #expect((min(small, large)...max(small, large)).contains(try handler(runtime, 512)))
    #expect(try handler(runtime, 1_769) <= handler(runtime, 1_024) + 0.005)
    // More than one vCPU does not help.
    #expect(try handler(runtime, 10_240) == handler(runtime, 1_769))
  }

  @Test func noMoreThanAllIsComputing() throws {
    #expect(try function("runtime: java25").cpu.computing == 1)
    #expect(abs(try handler("java25", 1_769) - 13.9 * 1_024 / 1_769) < 0.01)
    #expect(try function("runtime: go.al2").cpu.computing == 0)
    #expect(try handler("go.al2", 1_769) == 1.8)
  }

  @Test func explicitDurationsWin() throws {
    let function = try function("runtime: nodejs22.x, runtimeInit: 1 s, handler: 2 s")
    #expect(function.runtimeInit == .fixed(.seconds(1)))
    #expect(function.handler == .fixed(.seconds(2)))
    // The preset's share of computing is its handler's alone.
    #expect(function.cpu.computing == 0)
    #expect(function.cpu.measuredAtMB == 1_769)
  }

  @Test func aPresetsHandlerHoldsAtTheMemoryThatIsGiven() throws {
    let function = try function("runtime: nodejs22.x, cpu: {computing: 50 %, measuredAt: 1024 MB}")
    #expect(median(function.handler) == 3.6)
    #expect(function.cpu.computing == 0.5)
  }
}
