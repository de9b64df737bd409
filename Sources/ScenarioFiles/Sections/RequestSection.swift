internal import LambdaLifecycle

extension Notation where Value == RequestDraft {
  /// A source of requests.
  /// - Parameter functions: the names of the scenario's functions in their order.
  static func requests(to functions: [String]) -> Notation {
    section(
      [
        Key("function", optional: \.function, .word(functions.enumerated().map { ($0.element, $0.offset) })),
        Key("at", optional: \.at, .moments),
        Key("every", optional: \.every, .distribution(typically: 1_000, "1 µs")),
        Key("poisson", optional: \.poisson, .gap),
        Key("burst", optional: \.burst, .count(1...10_000_000)),
        Key("ramp", optional: \.ramp, .ramp),
        Key("trace", optional: \.trace, .text(atMost: 4_096)),
        Key("from", optional: \.from, .duration),
        Key("until", optional: \.until, .duration),
        Key("over", optional: \.over, .duration),
        Key("invocation", \.invocation, .invocation),
        Key("retries", optional: \.retries, .retries),
        Key("kind", \.kind, .kind),
        Key("handler", optional: \.handler, .distribution),
      ], from: RequestDraft()
    ) { reader, node, draft in
      draft.check(&reader, node)
      // Each row of a trace may name its own.
      if draft.function == nil, draft.trace == nil, functions.count > 1 {
        reader.mistake(
          "found no function; expected \(Words.listed(functions, last: "or"))", at: node.place)
      }
    }
  }
}

/// A source of requests whose keys have been read one by one.
struct RequestDraft: Sendable {
  var function: Int?
  var at: [Nanoseconds]?
  var every: DurationModel?
  var poisson: Nanoseconds?
  var burst: Int?
  var ramp: Ramp?
  var trace: String?
  var from: Nanoseconds?
  var until: Nanoseconds?
  var over: Nanoseconds?
  var invocation = InvocationWord.synchronous
  var retries: RetryPolicy?
  var kind = RequestKind.normal
  var handler: DurationModel?

  struct Ramp: Sendable {
    var from = 0.0
    var to = 0.0
  }

  /// The traffic, without the requests of a trace.
  var traffic: Traffic {
    let begin = from ?? 0
    let end = until ?? .never
    let pattern: Traffic.Pattern =
      if let burst {
        .burst(count: burst, at: at?.first ?? 0, over: over ?? 0)
      } else if let ramp {
        .ramp(from: ramp.from, to: ramp.to, begin: begin, end: end)
      } else if let poisson {
        .gaps(.exponential(mean: poisson), from: begin, until: end)
      } else if case .fixed(let gap)? = every {
        .every(gap, from: begin, until: end)
      } else if let every {
        .gaps(every, from: begin, until: end)
      } else if trace != nil {
        .trace([])
      } else {
        .times((at ?? []).sorted())
      }
    var traffic = Traffic(pattern, function: function ?? 0)
    traffic.invocation = invocation.type(retries ?? RetryPolicy())
    traffic.kind = kind
    traffic.handler = handler
    return traffic
  }

  /// The patterns, each with the keys that go with it.
  private static let patterns: [(name: String, with: [String])] = [
    ("every", ["from", "until"]), ("poisson", ["from", "until"]), ("burst", ["at", "over"]),
    ("ramp", ["from", "until"]),
    ("trace", []), ("at", []),
  ]

  func check(_ reader: inout ScenarioReader, _ node: YAMLNode) {
    var found = Self.patterns.map(\.name).filter { node[$0] != nil }
    // A burst has a moment of its own.
    if burst != nil { found.removeAll { $0 == "at" } }
    guard found.count == 1, let pattern = Self.patterns.first(where: { $0.name == found[0] }) else {
      let what = found.isEmpty ? "no pattern" : found.joined(separator: " and ")
      reader.mistake(
        "found \(what); expected one of at, every, poisson, burst, ramp or trace", at: node.place)
      return
    }
    for key in ["at", "from", "until", "over"] where key != pattern.name && !pattern.with.contains(key) {
      guard let place = node[key]?.place else { continue }
      let others = pattern.with.isEmpty ? "no such key" : "\(Words.listed(pattern.with, last: "or")) at most"
      reader.mistake("found \(key), which does not go with \(pattern.name); expected \(others)", at: place)
    }
    if burst != nil, let at, at.count > 1, let place = node["at"]?.place {
      reader.mistake("found \(at.count) moments; expected one: a burst begins once", at: place)
    }
    if ramp != nil, until == nil {
      reader.mistake("found a ramp without until; expected its end", at: node.place)
    }
    if let until, until <= from ?? 0, let place = node["until"]?.place {
      reader.mistake("found an until that is not after from; expected it to be", at: place)
    }
    checkRetries(&reader, node)
  }

  private func checkRetries(_ reader: inout ScenarioReader, _ node: YAMLNode) {
    guard let retries, let place = node["retries"]?.place else { return }
    reader.descend("retries") { checkRetries(retries, &$0, at: place) }
  }

  private func checkRetries(_ retries: RetryPolicy, _ reader: inout ScenarioReader, at place: Place) {
    if invocation == .synchronous {
      reader.mistake(
        "found retries of a synchronous invocation; expected asynchronous or eventSource", at: place)
    }
    if invocation == .asynchronous, retries.maximumRetries > 2 {
      reader.mistake(
        "found maximumRetryAttempts \(retries.maximumRetries); expected 0 to 2 for asynchronous invocation",
        at: place)
    }
    if invocation == .asynchronous, retries.maximumAge > .seconds(6 * 3_600) {
      reader.mistake(
        "found a maximumEventAge over 6 h; expected 1 min to 6 h for asynchronous invocation", at: place)
    }
  }
}

extension Notation where Value == [Nanoseconds] {
  /// A moment or a list of them.
  fileprivate static var moments: Notation {
    let one = Notation<Nanoseconds>.duration
    let several = one.list(1...100_000)
    return Notation(expected: "\(one.expected), or a list of them") { reader, node in
      if case .list = node.content { return several.read(&reader, node) }
      return one.read(&reader, node).map { [$0] }
    }
  }
}

extension Notation where Value == RequestDraft.Ramp {
  fileprivate static var ramp: Notation {
    section(
      [
        Key("from", \.from, Notation<Rate>.rate.map(\.perSecond)),
        Key("to", \.to, Notation<Rate>.rate.map(\.perSecond)),
      ], from: RequestDraft.Ramp(), required: ["from", "to"]
    ) { reader, node, ramp in
      if ramp.from == 0, ramp.to == 0 {
        reader.mistake("found a ramp from nothing to nothing; expected a rate more than 0", at: node.place)
      }
    }
  }
}
