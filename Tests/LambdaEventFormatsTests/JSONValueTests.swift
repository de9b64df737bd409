import LambdaLifecycle
import Testing

@testable import LambdaEventFormats

@Suite struct JSONValueTests {
  private func value(_ text: String) -> JSONValue? { Array(text.utf8).withUnsafeBytes { JSONValue($0) } }

  @Test(
    "Each kind of value",
    arguments: [
      ("null", JSONValue.null), ("true", .bool(true)), ("false", .bool(false)), ("0", .number("0")),
      ("-1.50e+3", .number("-1.50e+3")),
      ("123456789012345678901234567890", .number("123456789012345678901234567890")),
      (#""a\n\u00e4""#, .text("a\nä")), (#""""#, .text("")), ("[]", .array([])), ("{}", .object([:])),
      (
        #"[1, [null], {"a": "b"}]"#,
        .array([.number("1"), .array([.null]), .object(["a": .text("b")])])
      ),
      (
        " \t\r\n{ \"a\" : [ ] , \"b\" : { \"c\" : false } } \n",
        .object(["a": .array([]), "b": .object(["c": .bool(false)])])
      ),
      (#"{"\u0061": 1}"#, .object(["a": .number("1")])),
    ])
  func kinds(text: String, expected: JSONValue) {
    #expect(value(text) == expected)
  }

  @Test("Of a key that stands twice the last counts")
  func twice() {
    #expect(value(#"{"a": 1, "b": 2, "a": 3}"#) == .object(["a": .number("3"), "b": .number("2")]))
  }

  @Test(
    "What is no JSON, or has something behind it",
    arguments: [
      "", " ", "nul", "tru", "nonsense", "'a'", "01", "1.", ".5", "+1", "-", "1e", "[1,]", "[1 2]", "[", "]",
      "{",
      #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", #"{1:1}"#, #""open"#, "\"a\nb\"", #""\x""#, "1 2",
      "{} {}",
      "null,", "\u{FEFF}{}",
    ])
  func wrong(text: String) {
    #expect(value(text) == nil)
  }

  @Test("Nesting has an end, which is no crash", arguments: [("[", "]"), (#"{"a":"#, "}")])
  func nesting(open: String, close: String) {
    func nested(_ depth: Int) -> JSONValue? {
      value(
        String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth))
    }
    #expect(nested(JSONScanner.maximumDepth - 1) != nil)
    #expect(nested(JSONScanner.maximumDepth + 1) == nil)
    #expect(nested(100_000) == nil)
  }

  @Test("What a value is asked for, it has or has not")
  func members() throws {
    let object = try #require(
      value(
        #"{"text": "a", "number": 12, "half": 1.5, "huge": 99999999999999999999, "list": [1], "no": null}"#))
    #expect(object["text"]?.string == "a")
    #expect(object["text"]?.integer == nil)
    #expect(object["number"]?.integer == 12)
    #expect(object["number"]?.string == nil)
    #expect(object["half"]?.integer == nil)
    #expect(object["huge"]?.integer == nil)
    #expect(object["list"]?.elements == [.number("1")])
    #expect(object["list"]?["a"] == nil)
    #expect(object["text"]?.elements == nil)
    #expect(object["no"] == .null)
    #expect(object["nothing"] == nil)
    #expect(object.elements == nil)
  }
}
