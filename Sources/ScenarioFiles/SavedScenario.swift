package import LambdaLifecycle

/// A scenario that replays a session: the text it came from, the seed, and the
/// user's commands, as its `actions`.
package struct SavedScenario: Sendable {
  /// The scenario's own text, YAML.
  package var text: [UInt8]
  package var seed: UInt64
  /// The length of the session.
  package var length: Nanoseconds
  /// The commands given by hand, in order, counted from the beginning.
  package var actions: [ScenarioAction]

  package init(text: [UInt8], seed: UInt64, length: Nanoseconds, actions: [ScenarioAction]) {
    self.text = text
    self.seed = seed
    self.length = length
    self.actions = actions
  }

  /// The reason why a session cannot be saved as a scenario.
  package struct Problem: Error, CustomStringConvertible {
    package var description: String
  }

  /// The YAML text. It is read back and compared, so that the text certainly replays the session.
  /// - Parameter trace: as for `ScenarioFile.read`.
  /// - Throws: `Problem` where the text read back differs from the session.
  package func yaml(trace: @escaping (String) throws -> [UInt8]) throws(Problem) -> String {
    do {
      let original = try ScenarioFile.read(text, name: "the scenario", trace: trace)
      let text = try self.yaml(around: original)
      var expected = original
      expected.seed = seed
      expected.until = until
      expected.lesson.steps = []
      expected.scenario.actions = inOrder(original.scenario.actions + actions)
      let found = try ScenarioFile.read(text.utf8, name: "the saved scenario", trace: trace)
      guard found == expected else {
        throw Problem(
          description: "the saved scenario would not replay this session; save a recording instead")
      }
      return text
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(description: "\(error)")
    }
  }

  /// At least a nanosecond.
  private var until: Nanoseconds { max(1, length) }

  /// Actions of the scenario come before commands given at the same moment.
  private func inOrder(_ actions: [ScenarioAction]) -> [ScenarioAction] {
    actions.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  private func yaml(around original: ScenarioFile) throws -> String {
    var text = try ownLines().joined(separator: "\n")
    if !text.hasSuffix("\n") { text += "\n" }
    text += "\n# A session, saved by lanes: these actions do again what was done in it.\n"
    text += "seed: \(seed)\nuntil: \(Self.length(until))\n"
    let actions = inOrder(original.scenario.actions + actions)
    if !actions.isEmpty { text += "actions:\n" }
    for action in actions {
      text +=
        "  - {at: \(Self.length(action.at)), \(Self.words(action.command, original.scenario.functions))}\n"
    }
    return text
  }

  /// The lines of the scenario without the keys that are written anew, and without the steps of a lesson, which would
  /// lead through a session that is over.
  private func ownLines() throws -> [Substring] {
    let text = String(decoding: text, as: UTF8.self)
    let root = try YAMLDocument.node(text) { .line($0, column: $1) }
    guard case .mapping(let entries)? = root?.content else { return [] }
    let keys = try entries.map { entry -> (key: String, line: Int) in
      guard case .line(let line, column: 1) = entry.place else {
        throw Problem(description: "a scenario in braces cannot be continued; save a recording instead")
      }
      return (entry.key, line)
    }
    // "\r\n" is one character, which would not be found.
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    for (place, key) in keys.enumerated().reversed()
    where ["seed", "until", "actions", "steps"].contains(key.key) {
      let end = place + 1 < keys.count ? keys[place + 1].line - 1 : lines.count
      guard key.line <= end, end <= lines.count else {
        throw Problem(
          description: "a scenario with such line breaks cannot be continued; save a recording instead")
      }
      lines.removeSubrange((key.line - 1)..<end)
    }
    return lines
  }

  /// The keys of one action, see `CommandSection`.
  private static func words(_ command: SimulationCommand, _ functions: [FunctionScenario]) -> String {
    switch command {
    case .request(let kind, let count, let gap, let function):
      var parts = ["kind: \(word(kind))"]
      if count != 1 { parts.append("count: \(count)") }
      if gap > 0 { parts.append("every: \(length(gap))") }
      parts.append("function: \"\(functions[function].name)\"")
      return "request: {\(parts.joined(separator: ", "))}"
    case .set(let setting, let value, let function):
      let target = function.map { ", function: \"\(functions[$0].name)\"" } ?? ""
      return "\(word(setting)): \(text(setting, value))\(target)"
    case .shutDown(let environment): return "shutDown: \(environment)"
    case .shutDownAll: return "shutDownAll: true"
    case .crash(let environment): return "crash: \(environment)"
    }
  }

  private static func word(_ kind: RequestKind) -> String {
    Notation<RequestKind>.kindWords.first { $0.1 == kind }?.0 ?? "normal"
  }

  private static func word(_ setting: Setting) -> String {
    setting == .requestRate ? "traffic" : setting.wireName
  }

  private static func text(_ setting: Setting, _ value: Int64) -> String {
    switch setting {
    case .idleTimeout, .timeout: length(value)
    case .memory: "\(value) MB"
    case .reservedConcurrency: value < 0 ? "none" : "\(value)"
    case .accountConcurrency, .provisionedConcurrency: "\(value)"
    case .requestRate: "\(decimal(value, places: 3)) per second"
    }
  }

  /// Exact, in the largest unit that is not longer.
  private static func length(_ length: Nanoseconds) -> String {
    switch length {
    case 0: "0 s"
    case ..<1_000: "\(length) ns"
    case ..<1_000_000: "\(decimal(length, places: 3)) µs"
    case ..<1_000_000_000: "\(decimal(length, places: 6)) ms"
    default: "\(decimal(length, places: 9)) s"
    }
  }

  /// A number of units of 10^-`places`, without zeros at its end.
  private static func decimal(_ value: Int64, places: Int) -> String {
    let unit = (0..<places).reduce(Int64(1)) { unit, _ in unit * 10 }
    let (whole, rest) = value.quotientAndRemainder(dividingBy: unit)
    guard rest > 0 else { return "\(whole)" }
    var digits = String(rest)
    digits = String(repeating: "0", count: places - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(whole).\(digits)"
  }
}
