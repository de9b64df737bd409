import LambdaLifecycle
import ScenarioFiles
import Testing

@Suite struct SavedScenarioTests {
  private static let text = """
    # A comment that stays.
    title: "Two, of them: one & other"
    seed: 3
    functions:
      one: {handler: {median: 120 ms, p99: 500 ms}, functionInit: 300 ms}
      other:
        handler: 80 ms # and this
        extensions:
          - {name: agent, register: 80 ms, ready: 40 ms, work: 20 ms, exit: 150 ms}
    actions:
      - {at: 1 s, request: {count: 2}}
      - {at: 4 s, memory: 256 MB}
    steps:
      - {text: Look., do: request}
    requests:
      - {at: 2 s, function: one}
    """

  /// Something of everything, at moments of the nanosecond.
  private static let commands: [(Timestamp, SimulationCommand)] = [
    (0, .request(.normal, count: 2, function: 0)),
    (123_456_789, .request(.slow, count: 3, every: 1_500_001, function: 1)),
    (1_000_000_000, .set(.memory, 1_024, function: 1)), (1_000_000_000, .set(.idleTimeout, 2_500_000)),
    (1_700_000_001, .crash(environment: 1)), (2_000_000_000, .set(.timeout, .seconds(5), function: 0)),
    (2_100_000_000, .set(.requestRate, 1_500)), (2_200_000_000, .set(.reservedConcurrency, 3, function: 0)),
    (2_300_000_000, .set(.reservedConcurrency, -1)), (2_400_000_000, .set(.accountConcurrency, 5)),
    (2_500_000_000, .set(.provisionedConcurrency, 1, function: 1)),
    (3_000_000_000, .shutDown(environment: 3)),
    (5_000_000_000, .shutDownAll), (5_000_000_000, .request(.initCrash, function: 1)),
    (6_000_000_000, .set(.requestRate, 0)),
  ]

  private func saved(_ text: String = text) throws -> (
    simulation: SimulationSession, log: EventLog, yaml: String
  ) {
    let file = try read(text)
    var log = EventLog()
    var simulation = SimulationSession(file.scenario, seed: 3, start: 1_000, into: &log)
    for (time, command) in Self.commands {
      simulation.advance(to: 1_000 + time, into: &log)
      simulation.perform(command, into: &log)
    }
    simulation.advance(to: 1_000 + .seconds(70), into: &log)
    let saved = SavedScenario(
      text: Array(text.utf8), seed: 3, length: simulation.now - 1_000, actions: simulation.actions)
    return (simulation, log, try saved.yaml { _ in throw NoTrace() })
  }

  @Test func replaysTheSameEvents() throws {
    let session = try saved()
    let file = try read(session.yaml)
    #expect(file.seed == 3)
    #expect(file.until == .seconds(70))
    #expect(file.lesson.steps.isEmpty)
    #expect(file.scenario.actions.count == Self.commands.count + 3)
    var log = EventLog()
    var simulator = Simulator(file.scenario, seed: file.seed ?? 0, start: 1_000, into: &log)
    simulator.advance(to: 1_000 + (file.until ?? 0), into: &log)
    #expect(log.events == session.log.events)
    #expect(log.events.count > 200)
  }

  @Test func keepsTheTextAsItIs() throws {
    let yaml = try saved().yaml
    for line in Self.text.split(separator: "\n") where !line.contains("steps") && !line.contains("text: Look")
    {
      if ["seed", "actions", "  - {at: 1 s", "  - {at: 4 s"].contains(where: { line.hasPrefix($0) }) {
        continue
      }
      #expect(yaml.contains(line + "\n"))
    }
    #expect(
      yaml.contains(
        "\n  - {at: 123.456789 ms, request: {kind: slow, count: 3, every: 1.500001 ms, function: \"other\"}}\n"
      ))
    #expect(yaml.contains("\n  - {at: 2.1 s, traffic: 1.5 per second}\n"))
    #expect(yaml.contains("\n  - {at: 2.3 s, reservedConcurrency: none}\n"))
  }

  @Test func savedAgainItStaysOne() throws {
    let yaml = try saved().yaml
    let file = try read(yaml)
    let again = SavedScenario(text: Array(yaml.utf8), seed: 4, length: .seconds(80), actions: [])
    let second = try read(try again.yaml { _ in throw NoTrace() })
    #expect(second.scenario == file.scenario)
    #expect(second.seed == 4)
  }

  @Test func inBracesItIsRefused() {
    #expect(throws: SavedScenario.Problem.self) { try saved("{functions: {one: {}, other: {}}}") }
  }

  @Test func aTraceHasToBeFound() throws {
    let text = "functions: {one: {}}\nrequests: [{trace: traffic.csv}]\n"
    let saved = SavedScenario(text: Array(text.utf8), seed: 1, length: 1, actions: [])
    #expect(throws: SavedScenario.Problem.self) { try saved.yaml { _ in throw NoTrace() } }
    let yaml = try saved.yaml { _ in Array("at\n0\n".utf8) }
    #expect(yaml.contains("trace: traffic.csv"))
  }
}
