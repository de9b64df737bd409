import LambdaLifecycle
import ScenarioFiles
import Testing

@Suite struct ActionTests {
  private func actions(_ text: String) throws -> [ScenarioAction] {
    try read("{functions: {one: {}, two: {}}, actions: [\(text)]}").scenario.actions
  }

  private func commands(_ text: String) throws -> [SimulationCommand] {
    try actions("{at: 1 s, \(text)}").map(\.command)
  }

  @Test func everyCommand() throws {
    #expect(
      try commands("request: {}") == [.request(.normal, function: 0), .request(.normal, function: 1)])
    #expect(
      try commands("request: {kind: crash, count: 3, every: 1 s, function: two}")
        == [.request(.crash, count: 3, every: .seconds(1), function: 1)])
    #expect(
      try commands("function: two, request: {kind: slow}") == [.request(.slow, function: 1)])
    #expect(
      try commands("request: {functions: [two, one]}")
        == [.request(.normal, function: 1), .request(.normal, function: 0)])
    #expect(try commands("idleTimeout: 2 s") == [.set(.idleTimeout, .seconds(2))])
    #expect(try commands("memory: 1024 MB, function: one") == [.set(.memory, 1_024, function: 0)])
    #expect(try commands("timeout: 5 s") == [.set(.timeout, .seconds(5))])
    #expect(try commands("reservedConcurrency: none") == [.set(.reservedConcurrency, -1)])
    #expect(try commands("reservedConcurrency: 0") == [.set(.reservedConcurrency, 0)])
    #expect(try commands("accountConcurrency: 10, function: two") == [.set(.accountConcurrency, 10)])
    #expect(try commands("provisionedConcurrency: 2") == [.set(.provisionedConcurrency, 2)])
    #expect(try commands("traffic: 0.5 per second") == [.set(.requestRate, 500)])
    #expect(try commands("traffic: 30 per minute") == [.set(.requestRate, 500)])
    #expect(try commands("traffic: 0") == [.set(.requestRate, 0)])
    #expect(try commands("shutDown: 2") == [.shutDown(environment: 2)])
    #expect(try commands("shutDownAll: true") == [.shutDownAll])
    #expect(try commands("crash: 1") == [.crash(environment: 1)])
  }

  @Test func inOrderOfTime() throws {
    let found = try actions("{at: 2 s, crash: 1}, {at: 1 s, crash: 2}, {at: 1 s, crash: 3, memory: 128 MB}")
    #expect(
      found == [
        ScenarioAction(at: .seconds(1), .crash(environment: 2)),
        ScenarioAction(at: .seconds(1), .set(.memory, 128)),
        ScenarioAction(at: .seconds(1), .crash(environment: 3)),
        ScenarioAction(at: .seconds(2), .crash(environment: 1)),
      ])
  }

  @Test func mistakes() {
    func found(_ text: String) -> String {
      ScenarioFilesTests.mistakes("{functions: {one: {}}, actions: [\(text)]}")
    }
    #expect(found("{crash: 1}").contains("found no at; expected this key"))
    #expect(found("{at: 1 s}").contains("found nothing to do; expected one of request, idleTimeout, memory"))
    #expect(found("{at: 1 s, shutDownAll: false}").contains("found nothing to do"))
    #expect(
      found("{at: 1 s, crash: 0}").contains("expected the running number of an environment, 1 for the first"))
    #expect(
      found("{at: 1 s, memory: 64 MB}").contains("actions[0].memory: found \"64 MB\"; expected 128 MB to"))
    #expect(found("{at: 1 s, traffic: 5}").contains("found \"5\" without a unit; expected 0, or a rate"))
    #expect(found("{at: 1 s, traffic: 1 per hour}").contains("0.001 per second to 1,000 per second"))
    #expect(
      found("{at: 1 s, request: {function: one, functions: [one]}}").contains("found function and functions"))
    #expect(
      found("{at: 1 s, request: {function: two}}").contains("actions[0].request.function: found \"two\""))
    #expect(found("{at: 1 s, crashes: 1}").contains("did you mean crash?"))
  }

  @Test func needsAnEnd() throws {
    func isEndless(_ actions: String) throws -> Bool {
      try read("{functions: {one: {}, two: {}}, actions: [\(actions)]}").isEndless
    }
    #expect(try isEndless("{at: 1 s, traffic: 1 per second}"))
    #expect(try isEndless("{at: 1 s, traffic: 1 per second}, {at: 2 s, traffic: 0, function: one}"))
    #expect(try !isEndless("{at: 1 s, traffic: 1 per second}, {at: 2 s, traffic: 0}"))
    #expect(try isEndless("{at: 1 s, provisionedConcurrency: 1}"))
    #expect(try !isEndless("{at: 1 s, crash: 1}"))
  }
}
