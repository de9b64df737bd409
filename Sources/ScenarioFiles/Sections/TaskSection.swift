internal import LambdaLifecycle

extension Notation where Value == LessonTask {
  /// The task of a step for the learner: a key's word, alone or with the details of its command.
  static func task(functions: [String]) -> Notation {
    let words = Words.listed(LessonTask.Kind.allCases.map(\.rawValue), last: "or")
    let expected = "\(words), alone or with details such as {request: {kind: crash}}"
    return Notation(expected: expected) { reader, node in
      var word: String?
      if case .scalar(let text) = node.content { word = text }
      if case .mapping(let entries) = node.content, entries.count == 1 { word = entries[0].key }
      guard let word, let key = LessonTask.Kind(rawValue: word) else {
        reader.mistake(found: node, expected: expected)
        return nil
      }
      return commands(of: key, node, functions, &reader).map { LessonTask(key, $0) }
    }
  }

  private static func commands(
    of key: LessonTask.Kind, _ node: YAMLNode, _ functions: [String], _ reader: inout ScenarioReader
  ) -> [SimulationCommand]? {
    let details = node[key.rawValue]
    let all = functions.indices
    switch (key, details) {
    case (.request, nil): return all.map { .request(.normal, function: $0) }
    case (.burst, nil): return all.map { .request(.normal, count: 5, function: $0) }
    case (.shutDown, nil): return [.shutDown(environment: 1)]
    case (.crash, nil): return [.crash(environment: 1)]
    case (.shutDownAll, _): return [.shutDownAll]
    case (.idleTimeout, nil), (.traffic, nil), (.options, nil):
      reader.mistake("found \(key.rawValue) alone; expected its value too", at: node.place)
      return nil
    case (.burst, let details?):
      return reader.descend(key.rawValue) { reader in
        Notation<SentRequests>.sentRequests(to: functions, count: 5).read(&reader, details)?.commands(
          of: nil, among: functions.count)
      }
    case (.options, let details?):
      return reader.descend(key.rawValue) {
        Notation<[SimulationCommand]>.commands(to: functions).read(&$0, details)
      }
    case (.request, _), (.shutDown, _), (.crash, _), (.idleTimeout, _), (.traffic, _):
      return Notation<[SimulationCommand]>.commands(to: functions).read(&reader, node)
    }
  }
}
