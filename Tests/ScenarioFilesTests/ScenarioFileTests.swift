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
    #expect(file.scenario.account == AccountQuotas())
    #expect(file.scenario.prices == PriceTable())
  }

  @Test func theWhole() throws {
    let file = try read(
      """
      title: Two functions
      seed: 18446744073709551615
      until: 10 min
      account: {concurrency: 500, requestsPerConcurrency: 5, environmentsPer10s: 250}
      functions: {hello: {}}
      """)
    #expect(file.scenario.title == "Two functions")
    #expect(file.seed == .max)
    #expect(file.until == .seconds(600))
    #expect(file.scenario.account.concurrency == 500)
    #expect(file.scenario.account.requestsPerConcurrency == 5)
    #expect(file.scenario.account.environmentsPer10s == 250)
  }

  @Test func prices() throws {
    let prices = try read(
      """
      prices:
        date: 2027-01
        millionRequests: 0.30
        gbSecondX86: 0.1
        gbSecondArm: 0.2
        provisionedHeldX86: 0.3
        provisionedHeldArm: 0.4
        provisionedRunX86: 0.5
        provisionedRunArm: 0.6
      functions: {hello: {}}
      """
    ).scenario.prices
    var expected = PriceTable()
    expected.date = "2027-01"
    expected.requests = 0.30 / 1_000_000
    expected.gbSecondX86 = 0.1
    expected.gbSecondArm = 0.2
    expected.provisionedHeldX86 = 0.3
    expected.provisionedHeldArm = 0.4
    expected.provisionedRunX86 = 0.5
    expected.provisionedRunArm = 0.6
    #expect(prices == expected)
  }

  @Test func trafficWithoutAnEndIsKnown() throws {
    func isEndless(_ keys: String) throws -> Bool {
      try read("{functions: {hello: {}}, requests: [{\(keys)}]}").isEndless
    }
    #expect(try isEndless("every: 1 s"))
    for kept in ["provisionedConcurrency: 2", "initialization: lambda-managed-instances, memory: 2048 MB"] {
      #expect(try read("{functions: {hello: {\(kept)}}, requests: [{at: 1 s}]}").isEndless)
    }
    #expect(try isEndless("poisson: 1 per second"))
    #expect(try !isEndless("every: 1 s, until: 5 s"))
    #expect(try !isEndless("burst: 5"))
    #expect(try !isEndless("at: 5 s"))
  }

  @Test func severalMistakesAreToldAtOnceInTheOrderOfTheFile() {
    let text = mistakes(
      """
      requests:
        - {at: 1}
        - {function: helo, poisson: 2 per second}
      until: 10
      functions:
        hello:
          memory: 12 GB
          memmory: 1 MB
        other: {cpu: 5}
      sed: 7
      """, set: ["until=soon"], traces: [:])
    let places = text.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(
      places == [
        "two.yaml:2:10:", "two.yaml:3:16:", "two.yaml:7:13:", "two.yaml:8:5:", "two.yaml:9:16:",
        "two.yaml:10:1:",
        "--set",
      ], "\(text)")
  }
}
