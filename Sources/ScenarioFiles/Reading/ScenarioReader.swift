/// The state of reading a scenario at any point: the place in it, and the mistakes so far.
struct ScenarioReader {
  /// The file's, for messages.
  let name: String
  /// The bytes of a trace, by the name that the scenario gives.
  let trace: (String) throws -> [UInt8]
  private(set) var mistakes = ScenarioMistakes()
  private var path: [String] = []

  init(name: String, trace: @escaping (String) throws -> [UInt8]) {
    self.name = name
    self.trace = trace
  }

  /// Goes one step down: the key of a mapping or, as `[2]`, the place in a list.
  mutating func descend<Result>(_ step: String, _ body: (inout ScenarioReader) -> Result) -> Result {
    path.append(step)
    defer { path.removeLast() }
    return body(&self)
  }

  /// Reports a mistake in the value that is being read.
  mutating func mistake(_ problem: @autoclosure () -> String, at place: Place) {
    guard mistakes.hasRoom else { return mistakes.addOther() }
    let path = self.path.reduce(into: "") { text, step in
      if !text.isEmpty, !step.hasPrefix("[") { text += "." }
      text += Printable.line(step)
    }
    mistakes.add(problem(), path: path, at: place, in: name)
  }

  mutating func mistake(found node: YAMLNode, expected: String) {
    mistake("found \(node.found); expected \(expected)", at: node.place)
  }
}
