internal import LambdaLifecycle

extension Notation where Value == ScenarioDraft {
  /// The whole file.
  static var scenario: Notation {
    section(
      ScenarioDraft.keys, from: ScenarioDraft(), required: ["functions"],
      finish: { reader, node, draft in draft.checkConcurrency(&reader, node) })
  }
}

/// A scenario file as it is being read.
struct ScenarioDraft: Sendable {
  var scenario = Scenario()
  var seed: UInt64?
  var until: Nanoseconds?
  /// A line for the menu of lessons.
  var about = ""

  static let keys: [Key<ScenarioDraft>] = [
    Key("title", \.scenario.title, .text(atMost: 200)),
    Key("about", \.about, .text(atMost: 120)),
    Key("seed", optional: \.seed, .seed),
    Key("until", optional: \.until, .positiveDuration),
    Key("account", \.scenario.account, .account),
    Key("prices", \.scenario.prices, .prices),
    Key("functions", \.scenario.functions, .functions),
    // Read apart, after the functions, whose names they need.
    Key("requests") { _, _, _ in },
    Key("actions") { _, _, _ in },
    Key("steps") { _, _, _ in },
  ]

  /// Checks the sum of reserved and provisioned concurrency, which comes out of the account's.
  func checkConcurrency(_ reader: inout ScenarioReader, _ node: YAMLNode) {
    let most = scenario.account.concurrency
    let reserved = scenario.functions.reduce(0) { $0 + ($1.reservedConcurrency ?? 0) }
    let place = node["functions"]?.place ?? node.place
    reader.descend("functions") { reader in
      if reserved > 0, reserved > most - 100 {
        reader.mistake(
          "found \(Digits.grouped(Int64(reserved))) of reservedConcurrency in all; expected at most"
            + " \(Digits.grouped(Int64(max(0, most - 100)))): 100 of the account's \(Digits.grouped(Int64(most))) must"
            + " stay unreserved", at: place)
      }
      let unreserved = scenario.functions.filter { $0.reservedConcurrency == nil }
      let provisioned = unreserved.reduce(0) { $0 + ($1.provisioned?.environments ?? 0) }
      if provisioned > most - reserved {
        reader.mistake(
          "found \(Digits.grouped(Int64(provisioned))) of provisionedConcurrency in functions without"
            + " reservedConcurrency; expected at most the account's unreserved concurrency,"
            + " \(Digits.grouped(Int64(max(0, most - reserved))))", at: place)
      }
    }
  }
}

extension Notation where Value == [FunctionScenario] {
  /// A mapping from names to functions.
  fileprivate static var functions: Notation {
    let expected = "a mapping from the functions' names to their settings, such as hello: {memory: 512 MB}"
    return Notation(expected: expected) { reader, node in
      guard case .mapping(let entries) = node.content else {
        reader.mistake(found: node, expected: expected)
        return nil
      }
      guard !entries.isEmpty else {
        reader.mistake("found no function; expected \(expected)", at: node.place)
        return nil
      }
      guard entries.count <= 1_000 else {
        reader.mistake("found \(entries.count) functions; expected at most 1,000", at: node.place)
        return nil
      }
      return entries.compactMap { entry in
        guard isFunctionName(entry.key) else {
          reader.mistake(
            "found the function name \(Printable.quoted(entry.key)); expected 1 to 64 letters, digits, - and _",
            at: entry.place)
          return nil
        }
        var node = entry.value
        // `hello:` alone is a function with all defaults.
        if node.content == .nothing { node.content = .mapping([]) }
        var function = reader.descend(entry.key) {
          Notation<FunctionDraft>.function.read(&$0, node)?.function
        }
        function?.name = entry.key
        return function
      }
    }
  }

  /// AWS's rule for names (CreateFunction).
  private static func isFunctionName(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

extension Notation where Value == AccountQuotas {
  fileprivate static var account: Notation {
    section(
      [
        Key("concurrency", \.concurrency, .count(1...1_000_000)),
        Key("requestsPerConcurrency", \.requestsPerConcurrency, .count(1...1_000_000)),
        Key("environmentsPer10s", \.environmentsPer10s, .count(1...1_000_000)),
      ], from: AccountQuotas())
  }
}

extension Notation where Value == PriceTable {
  /// A change of a price needs a date.
  fileprivate static var prices: Notation {
    section(
      [
        Key("date", \.date, .text(atMost: 40)),
        Key("millionRequests", \.requests, Notation<Double>.dollars.map { $0 / 1_000_000 }),
        Key("gbSecondX86", \.gbSecondX86, .dollars),
        Key("gbSecondArm", \.gbSecondArm, .dollars),
        Key("provisionedHeldX86", \.provisionedHeldX86, .dollars),
        Key("provisionedHeldArm", \.provisionedHeldArm, .dollars),
        Key("provisionedRunX86", \.provisionedRunX86, .dollars),
        Key("provisionedRunArm", \.provisionedRunArm, .dollars),
      ], from: PriceTable(), required: ["date"])
  }
}
