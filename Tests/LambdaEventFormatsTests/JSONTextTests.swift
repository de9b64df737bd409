import Foundation
import LambdaEventFormats
import Testing

@Suite struct JSONTextTests {
  private func isValid(_ text: String) -> Bool { Array(text.utf8).withUnsafeBytes { JSONText.isValid($0) } }

  @Test(arguments: [
    "{}", "[]", " null ", "\"a\"", "-0.5e3", "12", #"{"a": [1, {"b": "]}"}], "c": null}"#, "[[],{},[{}]]",
    #"{"a":{"b":{}},"c":[true,false]}"#, "\n{\t\"x\" :1\r}\n",
    String(repeating: "[", count: 500) + String(repeating: "]", count: 500),
  ])
  func valid(text: String) { #expect(isValid(text)) }

  @Test(arguments: [
    "", " ", "{", "}", "[1", "[1}", #"{"a": b}"#, #"{"a" 1}"#, #"{"a":}"#, #"{a: 1}"#, #"{"a":1,}"#, "[1,]",
    "[,1]",
    "[1 2]", "{} {}", "1,", "nul", "01", "\"a", "'a'", #"{"a":1 "b":2}"#, #"{"a":[1,2}"#, #"{1:2}"#, "[1]]",
    #"{"a",1}"#,
  ])
  func invalid(text: String) { #expect(!isValid(text)) }

  /// A text changed by a character or two is judged as Foundation judges it.
  @Test(arguments: 0..<20)
  func likeFoundation(seed: Int) throws {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func draw(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
    let begin = Array(#"{"a": [1, -2.5, "x", {"b": null}], "c": {"d": [true, false, []]}, "e": "y"}"#.utf8)
    let characters = Array(#"{}[],:"19.-e ta"#.utf8)
    for _ in 0..<500 {
      var text = begin
      for _ in 0...draw(2) {
        let place = draw(text.count)
        if draw(2) == 0 { text.remove(at: place) } else { text[place] = characters[draw(characters.count)] }
      }
      // Foundation takes a comma before a closing bracket.
      if try #/,\s*[\]}]/#.firstMatch(in: String(decoding: text, as: UTF8.self)) != nil { continue }
      let expected =
        (try? JSONSerialization.jsonObject(with: Data(text), options: [.fragmentsAllowed])) != nil
      let found = text.withUnsafeBytes { JSONText.isValid($0) }
      #expect(found == expected, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test func members() {
    let text = Array(#"{"errorType": "A\"B", "other": 1, "errorMessage": 2, "errorType2": "x"}"#.utf8)
    let found = text.withUnsafeBytes { JSONText($0, keys: ["errorType", "errorMessage"]).members }
    #expect(found == ["errorType": "A\"B"])
    #expect(Array("[1]".utf8).withUnsafeBytes { JSONText($0, keys: ["a"]).members }.isEmpty)
  }
}
