import LambdaLifecycle
import ScenarioFiles
import Testing

/// There is no such trace.
struct NoTrace: Error, CustomStringConvertible {
  var name = ""
  var description: String { "no such file" }
}

/// Reads YAML text as the file `two.yaml`, with these traces.
func read(
  _ yaml: String, set: [String] = [], traces: [String: String] = [:]
) throws(ScenarioMistakes) -> ScenarioFile {
  try ScenarioFile.read(yaml.utf8, name: "two.yaml", overrides: set.map { Override($0) }) { name in
    guard let text = traces[name] else { throw NoTrace() }
    return Array(text.utf8)
  }
}

/// The messages about a text that is wrong; empty if it is right.
func mistakes(_ yaml: String, set: [String] = [], traces: [String: String] = [:]) -> String {
  do {
    _ = try read(yaml, set: set, traces: traces)
    return ""
  } catch {
    return error.description
  }
}

/// The one function of a scenario, from its settings in flow style.
func function(_ settings: String) throws(ScenarioMistakes) -> FunctionScenario {
  try read("functions: {hello: {\(settings)}}").scenario.function
}

/// The only source of requests of a scenario, from its keys in flow style.
func traffic(_ keys: String) throws(ScenarioMistakes) -> Traffic {
  try read("{functions: {hello: {}}, requests: [{\(keys)}]}").scenario.traffic[0]
}
