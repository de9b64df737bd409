import Foundation
import LambdaEmulator
import LambdaLifecycle
import TestSupport
import Testing

/// `/lambda-url/NAME`: any request of HTTP is an event, and the function's answer one of HTTP.
@Suite(.serialized, .timeLimit(.minutes(2))) struct FunctionURLTests {
  /// Answers with the answer in the request's body, or with the event.
  private static let python = """
    import base64, json, os, time
    def handler(event, context):
        name = event["rawPath"][1:]
        if name == "event": return event
        if name == "raise": raise ValueError("no")
        if name == "sleep": time.sleep(1000)
        if name == "text": return "hello"
        if name == "bytes":
            return {"statusCode": 200, "body": base64.b64encode(bytes(range(256))).decode(),
                "isBase64Encoded": True, "headers": {"Content-Type": "image/png"}}
        return json.loads(event["body"])
    """

  private struct Answer {
    var status = ""
    var fields: [String] = []
    var body = Data()
    var text: String { String(decoding: body, as: UTF8.self) }
  }

  private func curl(
    _ function: RunningFunction, _ path: String, _ words: String...
  ) async throws -> Answer {
    let (head, body) = (function.scratch.file("head"), function.scratch.file("body"))
    _ = try await Peer.curl.run(
      ["-sS", "-D", head, "-o", body] + words + ["http://\(function.emulator.address)/lambda-url/\(path)"])
    let lines = try function.scratch.text("head").split(whereSeparator: \.isNewline)
    return Answer(
      status: lines.first.map { $0.split(separator: " ")[1...].joined(separator: " ") } ?? "",
      fields: lines.dropFirst().map(String.init), body: FileManager.default.contents(atPath: body) ?? Data())
  }

  private func event(_ answer: Answer) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: answer.body) as? [String: Any])
  }

  @Test("What a function gets", .needs(.curl))
  func request() async throws {
    let function = try await RunningFunction.start(Self.python)
    let answer = try await curl(
      function, "app/event?a=1&b=x%20y&a=2&c", "-X", "PUT", "-H", "X-Mine: one", "-H", "x-mine: two", "-H",
      "Cookie: k=v; l=w", "-A", "me", "-H", "Content-Type: text/plain", "-d", "text")
    #expect(answer.status == "200 OK")
    #expect(answer.fields.contains("Content-Type: application/json"))
    let event = try event(answer)
    #expect(event["version"] as? String == "2.0")
    #expect(event["routeKey"] as? String == "$default")
    #expect(event["rawPath"] as? String == "/event")
    #expect(event["rawQueryString"] as? String == "a=1&b=x%20y&a=2&c")
    #expect(event["cookies"] as? [String] == ["k=v", "l=w"])
    let parameters = event["queryStringParameters"] as? [String: String]
    #expect(parameters == ["a": "1,2", "b": "x y", "c": ""])
    let fields = try #require(event["headers"] as? [String: String])
    #expect(fields["x-mine"] == "one,two")
    #expect(fields["cookie"] == nil)
    #expect(fields["x-forwarded-for"] == "127.0.0.1")
    #expect(event["body"] as? String == "text")
    #expect(event["isBase64Encoded"] as? Bool == false)
    let context = try #require(event["requestContext"] as? [String: Any])
    #expect(context["accountId"] as? String == "anonymous")
    #expect(context["domainName"] as? String == function.emulator.address)
    #expect(context["stage"] as? String == "$default")
    let http = try #require(context["http"] as? [String: String])
    #expect(
      http == [
        "method": "PUT", "path": "/event", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "me",
      ])
    let id = try #require(context["requestId"] as? String)
    #expect(answer.fields.contains("X-Amzn-RequestId: \(id)"))
    let time = try #require(context["time"] as? String)
    #expect(try /[0-3]\d\/[A-Z][a-z]{2}\/20\d\d:\d\d:\d\d:\d\d \+0000/.wholeMatch(in: time) != nil)
    try await function.end()
    #expect(function.created == 1)
  }

  @Test("A path and a body that are not there, a body of bytes", .needs(.curl))
  func bodies() async throws {
    let function = try await RunningFunction.start(
      "def handler(event, context): return {key: event.get(key) for key in ('rawPath', 'body', 'isBase64Encoded')}"
    )
    #expect(
      try await curl(function, "app").text == #"{"rawPath": "/", "body": null, "isBase64Encoded": false}"#)
    try function.scratch.write([0, 255, 10], to: "bytes")
    let bytes = function.scratch.file("bytes")
    let answer = try await curl(
      function, "app/b", "--data-binary", "@\(bytes)", "-H", "Content-Type: application/octet-stream")
    #expect(answer.text == #"{"rawPath": "/b", "body": "AP8K", "isBase64Encoded": true}"#)
    try await function.end()
  }

  @Test("Status, fields, cookies and bytes of an answer; a value that is none", .needs(.curl))
  func answers() async throws {
    let function = try await RunningFunction.start(Self.python)
    let told =
      #"{"statusCode":201,"headers":{"X-A":"b","Content-Length":"9"},"cookies":["a=1","b=2"],"body":"x"}"#
    let answer = try await curl(function, "app", "-H", "Content-Type: application/json", "-d", told)
    #expect(answer.status == "201 Created")
    #expect(answer.text == "x")
    for field in ["X-A: b", "Set-Cookie: a=1", "Set-Cookie: b=2", "Content-Length: 1"] {
      #expect(answer.fields.contains(field), "\(answer.fields)")
    }
    let bytes = try await curl(function, "app/bytes")
    #expect(bytes.fields.contains("Content-Type: image/png"))
    #expect(bytes.body == Data(UInt8.min...UInt8.max))
    let none = try await curl(
      function, "app", "-H", "Content-Type: application/json", "-d", #"{"statusCode":204,"body":"x"}"#)
    #expect(none.status == "204 No Content")
    #expect(none.body.isEmpty)
    #expect(try await curl(function, "app/text").text == #""hello""#)
    for bad in [
      #"{"statusCode":"no"}"#, #"{"statusCode":200,"headers":{"a b":"c"}}"#,
      #"{"statusCode":200,"headers":{"a":"b\r\nc: d"}}"#,
      #"{"statusCode":200,"body":"%","isBase64Encoded":true}"#,
    ] {
      let answer = try await curl(function, "app", "-H", "Content-Type: application/json", "-d", bad)
      #expect(answer.status == "502 Bad Gateway", "\(bad)")
      #expect(answer.text == "Internal Server Error")
    }
    try await function.end()
  }

  @Test("A function's error, its timeout and a throttle", .needs(.curl))
  func failures() async throws {
    let function = try await RunningFunction.start(Self.python) { $0.function.timeout = .seconds(1) }
    #expect(try await curl(function, "app/raise").status == "502 Bad Gateway")
    let late = try await curl(function, "app/sleep")
    #expect(late.status == "502 Bad Gateway")
    #expect(late.text == "Internal Server Error")
    try await function.end()
    let none = try await RunningFunction.start(Self.python) { $0.function.reservedConcurrency = 0 }
    #expect(try await curl(none, "app").status == "429 Too Many Requests")
    #expect(try await curl(none, "").status == "404 Not Found")
    try await none.end()
  }

  @Test("A browser's own page and a typed address are taken, pages of others are not", .needs(.curl))
  func browsers() async throws {
    let function = try await RunningFunction.start(Self.python)
    let own = "http://\(function.emulator.address)"
    func status(_ fields: String...) async throws -> String {
      let words = fields.flatMap { ["-H", $0] }
      let told = try await Peer.curl.run(
        ["-sS", "-o", "/dev/null", "-w", "%{http_code}"] + words + ["\(own)/lambda-url/app/text"])
      return told
    }
    #expect(try await status("Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate") == "200")
    #expect(try await status("Sec-Fetch-Site: same-origin", "Origin: \(own)") == "200")
    #expect(try await status("Sec-Fetch-Site: cross-site") == "403")
    #expect(try await status("Origin: https://evil.example") == "403")
    #expect(try await status("Host: evil.example") == "403")
    try await function.end()
  }
}
