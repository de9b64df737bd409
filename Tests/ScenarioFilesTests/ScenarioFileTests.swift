import LambdaLifecycle
import ScenarioFiles
import Testing

@Suite struct ScenarioFileTests {
  @Test func aFunctionAloneIsAScenario() throws {
    let file = try read("functions: {hello: {}}")
    #expect(file.seed == nil)
    #expect(file.until == nil)
    #expect(file.scenario.functions.map(\.name) == ["hello"])
    #expect(file.scenario.traffic.isEmpty)
    #expect(!file.isEndless)
  }
}
