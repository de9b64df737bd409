internal import LambdaLifecycle

extension Notation where Value == LessonTask {
  /// What a step asks the learner to do: a word, or a word with its details.
  static func task(functions: [String]) -> Notation {
    let words = LessonTask.Key.allCases.map(\.rawValue)
    let expected =
      "\(Words.listed(words, last: "or")), alone or with details such as {request: {kind: crash}}"
    return Notation(expected: expected) { reader, node in
      var entry: (key: String, value: YAMLNode?)?
      switch node.content {
      case .scalar(let word): entry = (word, nil)
      case .mapping(let entries) where entries.count == 1: entry = (entries[0].key, entries[0].value)
      default: break
      }
      guard let entry, let key = LessonTask.Key(rawValue: entry.key) else {
        reader.mistake(found: node, expected: expected)
        return nil
      }
      return reader.descend(entry.key) { commands(of: key, entry.value, node, functions, &$0) }.map {
        LessonTask(key, $0)
      }
    }
  }

  private static func commands(
    of key: LessonTask.Key, _ value: YAMLNode?, _ node: YAMLNode, _ functions: [String],
    _ reader: inout ScenarioReader
  ) -> [SimulationCommand]? {
    func needed(_ what: String, _ reader: inout ScenarioReader) -> [SimulationCommand]? {
      reader.mistake("found \(key.rawValue) alone; expected \(what)", at: node.place)
      return nil
    }
    switch key {
    case .request, .burst:
      let start = RequestTask(count: key == .burst ? 5 : 1)
      guard let value else { return start.commands(functions.count) }
      return Notation<RequestTask>.requestTask(from: start, functions).read(&reader, value)?.commands(
        functions.count)
    case .shutDownAll: return [.shutDownAll]
    case .shutDown, .crash:
      let number = value.map { Notation<Int>.count(1...10_000).read(&reader, $0) } ?? 1
      return number.map {
        key == .crash ? [.crash(environment: UInt32($0))] : [.shutDown(environment: UInt32($0))]
      }
    case .idleTimeout:
      guard let value else { return needed("a duration, such as {idleTimeout: 2 s}", &reader) }
      return Notation<Nanoseconds>.duration.read(&reader, value).map { [.set(.idleTimeout, $0)] }
    case .traffic:
      guard let value else { return needed("a rate, such as {traffic: 5 per second}", &reader) }
      return Notation<Rate>.rate.read(&reader, value).map {
        [.set(.requestRate, Int64(($0.perSecond * 1_000).rounded()))]
      }
    case .options:
      guard let value else { return needed("a setting, such as {options: {memory: 1024 MB}}", &reader) }
      return Notation<OptionsTask>.optionsTask(functions).read(&reader, value)?.commands
    }
  }
}

/// Requests of a task whose keys have been read one by one.
private struct RequestTask: Sendable {
  var kind = RequestKind.normal
  var count: Int
  var every: Nanoseconds = 0
  /// Empty for all.
  var functions: [Int] = []

  func commands(_ functionCount: Int) -> [SimulationCommand] {
    (functions.isEmpty ? Array(0..<functionCount) : functions).map {
      .request(kind, count: count, every: every, function: $0)
    }
  }
}

extension Notation where Value == RequestTask {
  fileprivate static func requestTask(from start: RequestTask, _ functions: [String]) -> Notation {
    section(
      [
        Key("kind", \.kind, .kind),
        Key("count", \.count, .count(1...1_000)),
        Key("every", \.every, .duration(0 ... .seconds(3_600), "at most 1 h")),
        Key("functions", \.functions, Notation<Int>.functionPlace(functions).list(1...1_000)),
      ], from: start)
  }
}

/// Changed settings of a task.
private struct OptionsTask: Sendable {
  var function: Int?
  var changes: [Setting: Int64] = [:]

  var commands: [SimulationCommand] {
    Setting.allCases.compactMap { setting in changes[setting].map { .set(setting, $0, function: function) } }
  }
}

extension Notation where Value == OptionsTask {
  fileprivate static func optionsTask(_ functions: [String]) -> Notation {
    func change(_ setting: Setting, _ notation: Notation<Int64>) -> Key<OptionsTask> {
      Key(setting.wireName) { reader, node, task in
        if let value = notation.read(&reader, node) { task.changes[setting] = value }
      }
    }
    let count = Notation<Int>.count(0...10_000).map { Int64($0) }
    return section(
      [
        Key("function", optional: \.function, .functionPlace(functions)),
        change(.memory, Notation<Int32>.memory(128...10_240).map { Int64($0) }),
        change(.timeout, .duration(.seconds(1) ... .seconds(900), "1 s to 900 s", multipleOf: .seconds(1))),
        change(.idleTimeout, .duration),
        change(.reservedConcurrency, count),
        change(.provisionedConcurrency, count),
        change(.accountConcurrency, count),
      ], from: OptionsTask())
  }
}
