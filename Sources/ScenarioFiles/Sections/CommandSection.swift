internal import LambdaLifecycle

extension Notation where Value == [SimulationCommand] {
  /// Commands to a simulation: `{request: {kind: crash}}`, `{memory: 1024 MB, function: hello}`.
  /// - Parameter functions: the names of the scenario's functions in their order.
  static func commands(to functions: [String]) -> Notation {
    Notation<CommandDraft>.commandDraft(to: functions, at: false).map(\.commands)
  }
}

extension Notation where Value == CommandDraft {
  /// - Parameter at: true to expect the moment at which it is done.
  fileprivate static func commandDraft(to functions: [String], at: Bool) -> Notation {
    let moment: [Key<CommandDraft>] = at ? [Key("at", \.at, .duration)] : []
    return section(
      moment + keys(functions), from: CommandDraft(functions: functions.count), required: at ? ["at"] : []
    ) { reader, node, draft in
      guard draft.commands.isEmpty else { return }
      reader.mistake(
        "found nothing to do; expected one of \(Words.listed(deeds, last: "or"))", at: node.place)
    }
  }

  private static var deeds: [String] { keys([]).map(\.name).filter { $0 != "function" } }

  private static func keys(_ functions: [String]) -> [Key<CommandDraft>] {
    [
      Key("function", optional: \.function, .functionPlace(functions)),
      Key("request", optional: \.request, .sentRequests(to: functions)),
      setting("idleTimeout", .idleTimeout, .duration),
      setting("memory", .memory, Notation<Int32>.memory(128...10_240).map(Int64.init)),
      setting(
        "timeout", .timeout,
        .duration(.seconds(1) ... .seconds(900), "whole seconds from 1 s to 900 s", multipleOf: .seconds(1))),
      setting("reservedConcurrency", .reservedConcurrency, .countOrNone),
      setting("accountConcurrency", .accountConcurrency, Notation<Int>.count(1...1_000_000).map(Int64.init)),
      setting(
        "provisionedConcurrency", .provisionedConcurrency, Notation<Int>.count(0...1_000_000).map(Int64.init)),
      setting("traffic", .requestRate, .requestRate),
      Key("shutDown", optional: \.shutDown, .environment),
      Key("shutDownAll", \.shutsAllDown, .flag),
      Key("crash", optional: \.crash, .environment),
    ]
  }

  private static func setting(
    _ name: String, _ setting: Setting, _ notation: Notation<Int64>
  ) -> Key<CommandDraft> {
    Key(name) { reader, node, draft in
      if let value = notation.read(&reader, node) { draft.settings.append((setting, value)) }
    }
  }
}

/// Commands to a simulation, whose keys are read one by one.
struct CommandDraft: Sendable {
  /// The number of functions.
  var functions: Int
  var at: Nanoseconds = 0
  var function: Int?
  var request: SentRequests?
  var settings: [(Setting, Int64)] = []
  var shutDown: UInt32?
  var shutsAllDown = false
  var crash: UInt32?

  init(functions: Int) { self.functions = functions }

  var commands: [SimulationCommand] {
    var commands: [SimulationCommand] = []
    for (setting, value) in settings {
      commands.append(.set(setting, value, function: setting == .accountConcurrency ? nil : function))
    }
    if let crash { commands.append(.crash(environment: crash)) }
    if let shutDown { commands.append(.shutDown(environment: shutDown)) }
    if shutsAllDown { commands.append(.shutDownAll) }
    if let request { commands += request.commands(of: function, among: functions) }
    return commands
  }
}

/// Requests that are sent by hand. Without functions they go to all.
struct SentRequests: Sendable {
  var kind = RequestKind.normal
  var count = 1
  var every: Nanoseconds = 0
  var functions: [Int]?

  /// - Parameters:
  ///   - function: the function to which they go where they name none; nil for all.
  ///   - count: the number of functions.
  func commands(of function: Int?, among count: Int) -> [SimulationCommand] {
    (functions ?? function.map { [$0] } ?? Array(0..<count)).map {
      .request(kind, count: self.count, every: every, function: $0)
    }
  }
}

extension Notation where Value == SentRequests {
  /// `{kind: crash, count: 3, every: 1 s, functions: [one, other]}`.
  static func sentRequests(to functions: [String], count: Int = 1) -> Notation {
    let function = Notation<Int>.functionPlace(functions)
    return section(
      [
        Key("kind", \.kind, .kind),
        Key("count", \.count, .count(1...10_000)),
        Key("every", \.every, .duration),
        Key("function", optional: \.functions, function.map { [$0] }),
        Key("functions", optional: \.functions, function.list(1...1_000)),
      ], from: SentRequests(count: count)
    ) { reader, node, _ in
      guard node["function"] != nil, let place = node["functions"]?.place else { return }
      reader.mistake("found function and functions; expected one of them", at: place)
    }
  }
}

extension Notation where Value == UInt32 {
  /// The running number of an environment.
  static var environment: Notation {
    let expected = "the running number of an environment, 1 for the first"
    return Notation(expected) { text in
      DecimalNumber(text)?.whole.flatMap(UInt32.init(exactly:)).flatMap { $0 > 0 ? $0 : nil }
    }
  }
}

extension Notation where Value == Int64 {
  /// A number of environments, or none at all, which is not 0.
  static var countOrNone: Notation {
    Notation("a whole number, 0 to 1,000,000, or none") { text in
      if text == "none" { return -1 }
      return DecimalNumber(text)?.whole.flatMap { $0 <= 1_000_000 ? $0 : nil }
    }
  }

  /// Steady traffic, in requests in 1,000 seconds.
  static var requestRate: Notation {
    Notation("0, or a rate such as 5 per second, 0.001 per second to 1,000 per second", unit: true) { text in
      if text == "0" { return 0 }
      guard let rate = Rate(text), rate.perSecond <= 1_000 else { return nil }
      let inThousand = Int64((rate.perSecond * 1_000).rounded())
      return inThousand > 0 || rate.perSecond == 0 ? inThousand : nil
    }
  }
}

extension Notation where Value == [ScenarioAction] {
  /// The actions of a scenario by itself: those of one moment in the order of the file.
  static func actions(to functions: [String]) -> Notation {
    Notation<CommandDraft>.commandDraft(to: functions, at: true).list(0...10_000).map { drafts in
      let inOrder = drafts.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
      return inOrder.flatMap { draft in
        draft.element.commands.map { ScenarioAction(at: draft.element.at, $0) }
      }
    }
  }
}
