import Foundation
import LambdaLifecycle
import ScenarioFiles
import Testing

/// The files that come with the program.
@Suite struct DemoTests {
  private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized

  @Test func everyScenarioOfDemosIsRight() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appendingPathComponent("demos").path
    )
    .filter { $0.hasSuffix(".yaml") }
    #expect(names.count >= 9)
    for name in names {
      let bytes = try Data(contentsOf: Self.root.appendingPathComponent("demos/\(name)"))
      let file = try ScenarioFile.read(bytes, name: name) { throw NoTrace(name: $0) }
      // So that `lanes simulate` needs no options.
      #expect(file.until != nil && file.seed != nil, "\(name)")
      #expect(!file.scenario.traffic.isEmpty, "\(name)")
    }
  }

  /// The keys that the reader allows, as it lists them where one is unknown.
  private func keys(_ yaml: String) -> Set<String> {
    let list = mistakes(yaml).split(separator: "\n").first { $0.contains("unknown key") }?.split(
      separator: "expected ")
    return Set(list?.last?.split(separator: ", ").map(String.init) ?? [])
  }

  private static let sections = [
    ("", "Q: 1"), ("account", "account: {Q: 1}"), ("prices", "prices: {Q: 1}"),
    ("function", "functions: {f: {Q: 1}}"),
    ("extension", "functions: {f: {extensions: [{Q: 1}]}}"),
    ("provisionedConcurrency", "functions: {f: {provisionedConcurrency: {Q: 1}}}"),
    ("managedInstances", "functions: {f: {managedInstances: {Q: 1}}}"),
    ("code", "functions: {f: {code: {Q: 1}}}"),
    ("failures", "functions: {f: {failures: {Q: 1}}}"), ("cpu", "functions: {f: {cpu: {Q: 1}}}"),
    ("distribution", "functions: {f: {create: {Q: 1}}}"),
    ("requests", "{functions: {f: {}}, requests: [{Q: 1}]}"),
    ("ramp", "{functions: {f: {}}, requests: [{ramp: {Q: 1}}]}"),
    ("retries", "{functions: {f: {}}, requests: [{retries: {Q: 1}}]}"),
    ("step", "{functions: {f: {}}, steps: [{Q: 1}]}"),
    ("question", "{functions: {f: {}}, steps: [{ask: {Q: 1}}]}"),
    ("sourceLine", "functions: {f: {source: [{Q: 1}]}}"),
  ]

  /// The schema and the documentation have the reader's keys, no more and no fewer.
  @Test func schemaAndDocumentationHaveEveryKey() throws {
    let data = try Data(contentsOf: Self.root.appendingPathComponent("docs/scenario.schema.json"))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: Any])
    let page = String(
      decoding: try Data(contentsOf: Self.root.appendingPathComponent("docs/scenario-format.md")),
      as: UTF8.self)
    for (name, yaml) in Self.sections {
      let allowed = keys(yaml)
      #expect(allowed.count >= 2, "\(name)")
      let section: Any? =
        switch name {
        case "": schema
        case "ramp": ((definitions["requests"] as? [String: Any])?["properties"] as? [String: Any])?["ramp"]
        default: definitions[name]
        }
      #expect(Self.properties(of: section) == allowed, "\(name)")
      for key in allowed { #expect(page.contains("| `\(key)` |"), "\(name).\(key)") }
    }
  }

  /// The properties of a schema, also where they are those of one of its choices.
  private static func properties(of schema: Any?) -> Set<String> {
    guard let schema = schema as? [String: Any] else { return [] }
    let own = (schema["properties"] as? [String: Any]).map { Set($0.keys) } ?? []
    let choices = schema["oneOf"] as? [Any] ?? []
    return choices.reduce(own) { $0.union(properties(of: $1)) }
  }
}
