import ScenarioFiles
import Testing

/// The messages where the text is no YAML, or YAML that the format does not have.
@Suite struct SyntaxTests {
  @Test(arguments: [
    ("", "two.yaml: found nothing; expected a scenario, at least a function: functions: {hello: {}}"),
    (
      "# later\n\n",
      "two.yaml: found nothing; expected a scenario, at least a function: functions: {hello: {}}"
    ),
    ("---\n", "two.yaml: found nothing; expected a scenario, at least a function: functions: {hello: {}}"),
    ("null", "two.yaml: found nothing; expected a scenario, at least a function: functions: {hello: {}}"),
    ("title: a: b", "two.yaml:1:9: not valid YAML: mapping values are not allowed in this context"),
    ("functions: {hello: {}", "two.yaml:2:1: not valid YAML: did not find expected ',' or '}'"),
    ("functions:\n\thello: {}", "two.yaml:2:1: not valid YAML: found character that cannot start any token"),
    ("title: \"open", "two.yaml:1:13: not valid YAML: found unexpected end of stream"),
    ("title: a\u{1}b", "two.yaml:1:9: not valid YAML: control characters are not allowed"),
    ("title: a\r\nseed: \u{0}", "two.yaml:2:7: not valid YAML: control characters are not allowed"),
    ("title: \"\\uD800\"", "two.yaml:1:11: not valid YAML: found invalid Unicode character escape code"),
    ("seed: 1\nseed: 2\ntitle: a\n", "two.yaml:1:1: found more than once: \"seed\"; expected each key once"),
    (
      "functions:\n  a: {}\n  b: {memory: 128 MB, memory: 256 MB}\n",
      "two.yaml:3:7: found more than once: \"memory\"; expected each key once"
    ),
    ("title: a\n---\ntitle: b\n", "two.yaml:2:1: found a second document; expected one"),
    (
      "title: !!binary aGVsbG8=",
      "two.yaml:1:8: found the tag \"tag:yaml.org,2002:binary\"; expected none: the format has no tags"
    ),
    ("title: !secret a", "two.yaml:1:8: found the tag \"!secret\"; expected none: the format has no tags"),
    ("? [a, b]\n: c", "two.yaml:1:3: found a list or a mapping as a key; expected a word"),
    ("title: *other", "two.yaml:1:8: not valid YAML: found undefined alias"),
    (
      "functions: {hello: {create: {<<: {mean: 1 s}}}}",
      "two.yaml:1:30: functions.hello.create: found the unknown key \"<<\"; expected from, to, mean, median, p99, values"
    ),
  ])
  func messages(_ yaml: String, _ message: String) {
    #expect(mistakes(yaml) == message)
  }

  /// Aliases inside of keys would take the parser forever, wherever the anchors stand.
  @Test(arguments: [
    "&a b", "title: &a b", "title:\n  &a b", "[&a b]", "[1,&a b]", "[1, &a b]", "{a: &a b}", "{&a a: b}",
    "- &a b",
    "? &a b", "!!str &a b", "!<tag:yaml.org,2002:str> &a b", "--- &a b", "\"a\": &a b",
    "{\"a\":&a b}",
    "a: 1\u{85}b: &a c", "a: 1\u{85}&a b: c", "a: 1\u{2028}&a b: c", "a: 1\r&a b: c", "\u{FEFF}&a b",
    "title: &\u{E9} b",
  ])
  func anchors(_ yaml: String) {
    let text = mistakes(yaml)
    #expect(text.contains("found an anchor or text that begins with &"), "\(text)")
  }

  @Test(arguments: [
    "title: R & D", "title: R &D", "title: AT&T", "title: a&b # see &c", "title: \"a &amp; b\"",
    "title: '& c'",
  ])
  func textWithAnAmpersandIsNoAnchor(_ yaml: String) {
    #expect(mistakes("\(yaml)\nfunctions: {hello: {}}") == "")
  }

  @Test func whatTheFileSaysCannotReachTheTerminal() {
    let text = mistakes(#"{"\e[2J\u0007": 1, title: "\e]0;x\a", functions: {"\u202Ehello": {}}}"#)
    #expect(
      text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x202E }, "\(text)")
    #expect(text.contains(#"found the unknown key "\u{1B}[2J\u{7}""#))
  }

  @Test func bytesThatAreNoText() {
    #expect(throws: ScenarioMistakes.self) {
      try ScenarioFile.read([0x74, 0xFF, 0xFE], name: "two.yaml", trace: { _ in [] })
    }
    do {
      _ = try ScenarioFile.read([0x74, 0xFF, 0xFE], name: "two.yaml", trace: { _ in [] })
    } catch {
      #expect(
        error.description == "two.yaml: found bytes that are no UTF-8 text; expected a scenario in YAML")
    }
  }
}
