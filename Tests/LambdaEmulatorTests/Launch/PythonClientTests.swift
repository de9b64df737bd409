import Foundation
import Testing

@testable import LambdaEmulator

@Suite struct PythonClientTests {
  let driver: RuntimeDriver

  init() throws { driver = try RuntimeDriver() }

  private func run(_ code: String, _ bodies: [String] = ["{}"]) async throws -> RuntimeDriver.Transcript {
    try driver.write("app.py", code)
    return try await driver.run("app.handler", bodies)
  }

  @Test("Several requests on one connection, each with its trace; what is printed comes before the answer")
  func serves() async throws {
    let transcript = try await run(
      """
      import os
      print("init")
      def handler(event, context):
          print("got", event["n"], end="")
          return [event["n"], context.aws_request_id, os.environ["_X_AMZN_TRACE_ID"], "é😀"]
      """, [#"{"n":1}"#, #"{"n":2}"#, #"{"n":3}"#])
    #expect(transcript.inTime)
    #expect(transcript.status == nil)
    #expect(transcript.connections == 1)
    #expect(transcript.calls.map(\.path) == (1...3).map { "invocation/request-\($0)/response" })
    #expect(
      transcript.calls.map { $0.body.replacing(#"\u00e9\ud83d\ude00"#, with: "é😀") }
        == (1...3).map { #"[\#($0), "request-\#($0)", "Root=1-\#($0)", "é😀"]"# })
    #expect(transcript.calls.map(\.output) == ["init\ngot 1", "init\ngot 1got 2", "init\ngot 1got 2got 3"])
  }

  @Test("The context tells the function, the log and the client")
  func context() async throws {
    try driver.write(
      "app.py",
      """
      def handler(event, context):
          c = context
          return [c.function_name, c.function_version, c.invoked_function_arn, c.memory_limit_in_mb, c.log_group_name,
              c.log_stream_name, c.get_remaining_time_in_millis() > 1e9, c.client_context.custom["a"],
              c.client_context.client.app_title, c.identity.cognito_identity_id]
      """)
    let transcript = try await driver.run(
      "app.handler",
      [
        .init(
          body: "null",
          headers: [
            "Lambda-Runtime-Client-Context": #"{"custom":{"a":1},"client":{"app_title":"t"}}"#,
            "Lambda-Runtime-Cognito-Identity": #"{"cognitoIdentityId":"i"}"#,
          ])
      ])
    #expect(
      transcript.calls.map(\.body) == [
        #"["hello", "$LATEST", "arn:aws:lambda:us-east-1:012345678912:function:hello", "128", "/aws/lambda/hello", "#
          + #""stream", true, 1, "t", "i"]"#
      ])
  }

  @Test("An exception is the answer, without our frames, and in the log as Lambda prints it")
  func exception() async throws {
    let transcript = try await run(
      "def handler(event, context):\n    raise ValueError('bad é')\n", ["{}", "{}"])
    #expect(transcript.status == nil)
    #expect(transcript.calls.map(\.path) == ["invocation/request-1/error", "invocation/request-2/error"])
    #expect(transcript.calls[0].errorType == "ValueError")
    let app = "\(driver.launchedCode)/app.py"
    let trace = #"  File \"\#(app)\", line 2, in handler\n    raise ValueError('bad é')\n"#
    #expect(
      transcript.calls[0].body.replacing("\\u00e9", with: "é")
        == #"{"errorMessage": "bad é", "errorType": "ValueError", "requestId": "request-1", "stackTrace": ["\#(trace)"]}"#
    )
    #expect(
      transcript.calls[0].output == """
        [ERROR] ValueError: bad é
        Traceback (most recent call last):
          File "\(app)", line 2, in handler
            raise ValueError('bad é')

        """)
  }

  @Test(
    "What keeps a handler from being found is told by Lambda's types, and the runtime ends",
    arguments: [
      (
        "import nothing_here", "Runtime.ImportModuleError",
        "Unable to import module 'app': No module named 'nothing_here'"
      ),
      (
        "def handler(:", "Runtime.UserCodeSyntaxError",
        "Syntax error in module 'app': invalid syntax (app.py, line 1)"
      ),
      ("x = 1", "Runtime.HandlerNotFound", "Handler 'handler' missing on module 'app'"),
      ("raise KeyError('k')", "KeyError", "'k'"),
    ])
  func initError(code: String, type: String, message: String) async throws {
    let transcript = try await run(code)
    #expect(transcript.calls.map(\.path) == ["init/error"])
    #expect(transcript.calls.map(\.errorType) == [type])
    let body = try #require(transcript.calls.first?.body)
    #expect(body.hasPrefix(#"{"errorMessage": "\#(message)", "errorType": "\#(type)", "requestId": """#))
    #expect(!body.contains("lanes_runtime.py"))
    #expect(transcript.output.hasPrefix("[ERROR] \(type): \(message)\nTraceback"))
    #expect(transcript.status == 1)
  }

  @Test("A result that is no JSON, and an event that is none")
  func marshalling() async throws {
    let transcript = try await run(
      """
      from decimal import Decimal
      def handler(event, context): return [{1}, Decimal("1.5"), b"as it is"][event]
      """, ["0", "1", "2", "{"])
    #expect(transcript.calls.map(\.errorType) == ["Runtime.MarshalError", "", "", "Runtime.UnmarshalError"])
    #expect(
      transcript.calls[0].body.contains(
        #""Unable to marshal response: Object of type set is not JSON serializable""#))
    #expect(transcript.calls[1].body == "1.5")
    #expect(transcript.calls[2].body == "as it is")
    #expect(transcript.calls[2].contentType == "application/unknown")
  }

  @Test("An exit in the handler is the process's own", arguments: [0, 3])
  func exits(status: Int) async throws {
    let transcript = try await run("import sys\ndef handler(event, context): sys.exit(\(status))")
    #expect(transcript.calls.isEmpty)
    #expect(transcript.status == status)
  }

  @Test("A megabyte each way")
  func large() async throws {
    let body = "\"" + String(repeating: "x", count: 1 << 20) + "\""
    let transcript = try await run("def handler(event, context): return event", [body, body])
    #expect(transcript.calls.map(\.body) == [body, body])
  }

  @Test("Loggers write as in Lambda")
  func logging() async throws {
    let transcript = try await run(
      "import logging\ndef handler(event, context): logging.warning('careful')")
    #expect(
      transcript.output.wholeMatch(
        of: /\[WARNING\]\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\trequest-1\tcareful\n/)
        != nil)
  }

  @Test("A package and a folder", arguments: ["pkg.mod.handler", "pkg/mod.handler"])
  func package(handler: String) async throws {
    try driver.write("pkg/__init__.py", "print('package')")
    try driver.write("pkg/mod.py", "from . import __name__ as name\ndef handler(event, context): return name")
    let transcript = try await driver.run(handler, ["{}"])
    #expect(transcript.calls.map(\.body) == [#""pkg""#])
  }
}

extension RuntimeDriver {
  /// The function's folder without links, as processes are given it.
  var launchedCode: String { Files.absolute(code, from: "/") ?? code }
}
