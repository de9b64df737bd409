import ScenarioFiles
import Testing

/// A text that nobody writes by accident must end in a message, not in a trap or a wait.
@Suite struct HostileTests {
  private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

  private static let texts: [(name: String, text: String)] = [
    ("lists in lists", times(500_000, "[")),
    ("mappings in mappings", times(500_000, "{")),
    ("keys in mappings", times(100_000, "{a: ")),
    ("mappings as keys", times(100_000, "{? ")),
    ("lists as keys", times(490, "{[") + times(490, "]: 1}")),
    ("items in items", times(200_000, "- ")),
    ("keys in keys", times(200_000, "? ")),
    ("nesting up to the limit", times(990, "[") + times(990, "]")),
    ("nesting over the limit", times(2_000, "[") + times(2_000, "]")),
    ("indentation", (0..<980).map { times($0, " ") + "a:\n" }.joined()),
    ("more indentation", (0..<1_300).map { times($0, " ") + "a:\n" }.joined()),
    ("an open quote", "title: '" + times(500_000, "x")),
    ("tabs", times(500_000, "\t")),
    ("aliases", times(200_000, "*a ")),
    ("tags", times(200_000, "!a ")),
    ("directives", times(50_000, "%TAG ! a\n")),
    ("documents", times(100_000, "---\n")),
    ("a long number", "until: " + times(500_000, "9")),
    ("a long fraction", "until: 0." + times(500_000, "0") + "1 s"),
    ("digits of other scripts", "until: \u{0665} s"),
    ("the same key", times(20_000, "a: 1\n")),
    ("unknown keys", (0..<20_000).map { "k\($0): 1\n" }.joined()),
    ("long unknown keys", (0..<100).map { "\(times(5_000, "k"))\($0): 1\n" }.joined()),
    ("functions", "functions:\n" + (0..<20_000).map { " k\($0):\n" }.joined()),
    ("wrong moments", "functions: {a: {}}\nrequests: [{at: [" + times(50_000, "1,") + "]}]"),
    ("too many moments", "functions: {a: {}}\nrequests: [{at: [" + times(100_001, "1 s,") + "]}]"),
    ("empty requests", "functions: {a: {}}\nrequests: [" + times(20_000, "{},") + "]"),
    ("more than a mebibyte", "title: " + times(1 << 20, "x")),
  ]

  @Test(arguments: texts.indices) func endsInMistakes(_ index: Int) {
    let (name, text) = Self.texts[index]
    let found = mistakes(text)
    #expect(!found.isEmpty, "\(name)")
    #expect(found.split(separator: "\n").count <= 51, "\(name)")
  }

  /// Each anchor stands for ten of the one before: as a key, the parser would compare 10^20 values.
  @Test func aBillionLaughs() {
    var text = "a0: &a0 lol\n"
    for level in 1...20 {
      text +=
        "a\(level): &a\(level) [" + (0..<10).map { _ in "*a\(level - 1)" }.joined(separator: ", ") + "]\n"
    }
    #expect(mistakes(text + "? *a20\n: 1\n").contains("found an anchor"))
    #expect(mistakes("functions: {hello: {}}", set: ["title=\(text)"]).contains("found an anchor"))
  }

  /// Arithmetic at its limits.
  @Test(arguments: [
    "until: 99999999999999999999 h", "until: 0.99999999999999999999 ns", "until: 876001 h",
    "seed: 99999999999999999999",
    "seed: 999999999999999999999999999999999999999", "functions: {f: {create: 9223372036854775807 ns}}",
    "functions: {f: {reservedConcurrency: 9223372036854775808}}", "functions: {f: {memory: 4294967424 MB}}",
    "functions: {f: {code: {package: 99999999999999999999 MB}}}",
    "functions: {f: {failures: {crash: 9999999999 %}}}",
    "{functions: {f: {}}, requests: [{poisson: 99999999999999999999 per second}]}",
    "{functions: {f: {}}, requests: [{poisson: 0.00000000000000000001 per hour}]}",
    "{functions: {f: {}}, requests: [{burst: 99999999999999999999}]}",
  ])
  func numbersThatAreTooLarge(_ yaml: String) {
    #expect(mistakes(yaml).contains("; expected "), "\(mistakes(yaml))")
  }

  @Test func tracesOfNonsense() {
    let yaml = "{functions: {one: {}}, requests: [{trace: t.csv}]}"
    for csv in [
      Self.times(500_000, ","), Self.times(500_000, "\""), "at\n" + Self.times(500_000, ","),
      "at\n" + Self.times(500_000, "\n") + "\"", "at\n1\"2\n", "at\n\"1\"2\n",
      "at\n" + Self.times(500_000, "9"),
      "at\n0." + Self.times(500_000, "x"), "\u{FEFF}", "\u{0}", Self.times(100_000, "x,"),
    ] {
      let found = mistakes(yaml, traces: ["t.csv": csv])
      #expect(found.contains("t.csv:"), "\(csv.prefix(20))")
      #expect(found.split(separator: "\n").count <= 21, "\(csv.prefix(20))")
    }
    #expect(mistakes(yaml, traces: ["t.csv": "at\n1." + Self.times(500_000, "9")]) == "")
  }
}
