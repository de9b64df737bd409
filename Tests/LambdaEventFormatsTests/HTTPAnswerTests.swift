import Testing

@testable import LambdaEventFormats

/// Format 2.0 of a function's answer (urls-invocation page).
@Suite struct HTTPAnswerTests {
  private func read(_ text: String) -> HTTPAnswer {
    Array(text.utf8).withUnsafeBytes { HTTPAnswer($0) }
  }

  @Test(
    "What says no status is the body itself", arguments: ["{\"body\": 1}", "\"hello\"", "no JSON", "", "[1]"])
  func value(_ text: String) {
    guard case .value = read(text) else { return #expect(Bool(false), "\(text)") }
  }

  @Test("Status, fields, cookies and body")
  func structured() {
    let text = """
      {"statusCode": "201", "headers": {"X-A": 1, "x-b": true, "Content-Type": "text/plain"},
       "cookies": ["a=1; Secure", "b=2"], "body": "a\\nb", "isBase64Encoded": true, "other": {"c": []}}
      """
    guard case .structured(let answer) = read(text) else { return #expect(Bool(false)) }
    #expect(answer.status == 201)
    #expect(
      answer.fields.map { "\($0.name): \($0.value)" } == ["X-A: 1", "x-b: true", "Content-Type: text/plain"])
    #expect(answer.cookies == ["a=1; Secure", "b=2"])
    #expect(answer.body == "a\nb")
    #expect(answer.isBase64)
  }

  @Test("Nothing stands for what is null")
  func nothing() {
    let text =
      #"{"statusCode": 204, "headers": null, "cookies": null, "body": null, "isBase64Encoded": null}"#
    guard case .structured(let answer) = read(text) else { return #expect(Bool(false)) }
    #expect(answer.status == 204)
    #expect(answer.body.isEmpty)
    #expect(!answer.isBase64)
  }

  @Test(
    "What means to be an answer and is none",
    arguments: [
      #""statusCode": 0"#, #""statusCode": "ok""#, #""statusCode": 100"#, #""statusCode": {}"#,
      #""statusCode": 200, "headers": "no""#, #""statusCode": 200, "headers": {"a": []}"#,
      #""statusCode": 200, "cookies": "a""#, #""statusCode": 200, "body": {}"#,
    ])
  func malformed(_ members: String) {
    guard case .malformed = read("{\(members)}") else { return #expect(Bool(false), "\(members)") }
  }
}
