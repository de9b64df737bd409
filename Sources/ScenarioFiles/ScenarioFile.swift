package import LambdaLifecycle

/// A scenario and the settings of its run, read from YAML text (docs/scenario-format.md).
package struct ScenarioFile: Equatable, Sendable {
  package var scenario: Scenario
  /// The seed of the random draws; nil where the file does not say.
  package var seed: UInt64?
  /// The length of the simulation; nil where the file does not say.
  package var until: Nanoseconds?
  /// The lesson that is taught on it; without steps it is a free stage.
  package var lesson = Lesson(title: "")

  /// Nothing ends it by itself: traffic without end, or environments that Lambda keeps and replaces for ever. A run
  /// needs an end then.
  package var isEndless: Bool {
    let keepsEnvironments = scenario.functions.contains {
      $0.initializationType == .managedInstances || $0.provisioned != nil
    }
    return keepsEnvironments || hasEndlessActions
      || scenario.traffic.contains { traffic in
        switch traffic.pattern {
        case .every(_, _, let until), .gaps(_, _, let until): until == .never
        case .times, .burst, .ramp, .trace: false
        }
      }
  }

  /// Steady traffic or provisioned concurrency that an action begins and none ends.
  private var hasEndlessActions: Bool {
    scenario.functions.indices.contains { place in
      [Setting.requestRate, .provisionedConcurrency].contains { setting in
        let values = scenario.actions.compactMap { action -> Int64? in
          guard case .set(setting, let value, let function) = action.command else { return nil }
          return function == nil || function == place ? value : nil
        }
        return values.last ?? 0 > 0
      }
    }
  }

  /// Reads a scenario.
  /// - Parameters:
  ///   - name: the file's, for messages.
  ///   - overrides: values that replace those of the file, in this order.
  ///   - trace: returns the bytes of a CSV file by the name that the scenario gives, which is relative to the
  ///     scenario's own place; its error becomes part of a message.
  /// - Throws: all mistakes, at once.
  package static func read(
    _ bytes: some Sequence<UInt8>, name: String, overrides: [Override] = [],
    trace: @escaping (String) throws -> [UInt8]
  ) throws(ScenarioMistakes) -> ScenarioFile {
    var root = try document(bytes, name: name)
    var reader = ScenarioReader(name: name, trace: trace)
    for override in overrides { override.apply(to: &root, &reader) }
    let draft = Notation<ScenarioDraft>.scenario.read(&reader, root)
    var file = draft.map { ScenarioFile(scenario: $0.scenario, seed: $0.seed, until: $0.until) }
    let functions = root["functions"].map(\.keys) ?? []
    file?.lesson.title = draft?.scenario.title ?? ""
    file?.lesson.about = draft?.about ?? ""
    // The mistakes of requests and steps are reported even where a function has some.
    if let steps = root["steps"] {
      let notation = Notation<LessonStep>.step(functions: functions).list(1...100)
      let read = reader.descend("steps") { notation.read(&$0, steps) }
      file?.lesson.steps = read ?? []
    }
    if let requests = root["requests"] {
      let traffic = reader.descend("requests") { Self.traffic(&$0, requests, functions: functions) }
      file?.scenario.traffic = traffic
    }
    if let node = root["actions"] {
      let notation = Notation<[ScenarioAction]>.actions(to: functions)
      file?.scenario.actions = reader.descend("actions") { notation.read(&$0, node) } ?? []
    }
    guard let file, reader.mistakes.isEmpty else { throw reader.mistakes }
    return file
  }

  private static func document(
    _ bytes: some Sequence<UInt8>, name: String
  ) throws(ScenarioMistakes) -> YAMLNode {
    let root = try YAMLDocument.root(bytes, name: name, expected: "a scenario in YAML")
    guard let root, root.content != .nothing else {
      throw ScenarioMistakes(
        "found nothing; expected a scenario, at least a function: functions: {hello: {}}", at: .file, in: name
      )
    }
    return root
  }

  private static func traffic(
    _ reader: inout ScenarioReader, _ node: YAMLNode, functions: [String]
  ) -> [Traffic] {
    guard case .list(let items) = node.content, items.count <= 10_000 else {
      reader.mistake(found: node, expected: "a list of at most 10,000 sources of requests")
      return []
    }
    var traffic: [Traffic] = []
    let notation = Notation<RequestDraft>.requests(to: functions)
    for (index, item) in items.enumerated() {
      reader.descend("[\(index)]") { reader in
        guard let draft = notation.read(&reader, item) else { return }
        var requests = draft.traffic
        if let trace = draft.trace {
          let file = TraceFile(
            name: trace, functions: functions, function: draft.function ?? (functions.count == 1 ? 0 : nil))
          requests.pattern = .trace(file.requests(&reader, at: item["trace"]?.place ?? item.place))
        }
        traffic.append(requests)
      }
    }
    return traffic
  }
}
