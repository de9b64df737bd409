import TestSupport
import Testing

@testable import LambdaEmulator

@Suite(.enabled(if: Shell.current.program("node") != nil, "no node in PATH"))
struct NodeClientTests {
  let driver: RuntimeDriver

  init() throws { driver = try RuntimeDriver() }

  private func run(
    _ code: String, in file: String = "app.mjs", _ bodies: [String] = ["{}"]
  ) async throws -> RuntimeDriver.Transcript {
    try driver.write(file, code)
    return try await driver.run("app.handler", bodies)
  }

  @Test("Several requests on one connection, each with its trace; what is printed comes before the answer")
  func serves() async throws {
    let transcript = try await run(
      """
      process.stdout.write("init\\n");
      export const handler = async (event, context) => {
        process.stdout.write(`got ${event.n}\\n`);
        return [event.n, context.awsRequestId, process.env._X_AMZN_TRACE_ID, "é😀"];
      };
      """, [#"{"n":1}"#, #"{"n":2}"#, #"{"n":3}"#])
    #expect(transcript.inTime)
    #expect(transcript.status == nil)
    #expect(transcript.connections == 1)
    #expect(transcript.calls.map(\.path) == (1...3).map { "invocation/request-\($0)/response" })
    #expect(
      transcript.calls.map(\.body) == (1...3).map { #"[\#($0),"request-\#($0)","Root=1-\#($0)","é😀"]"# })
    #expect(
      transcript.calls.map(\.output) == [
        "init\ngot 1\n", "init\ngot 1\ngot 2\n", "init\ngot 1\ngot 2\ngot 3\n",
      ])
  }

  @Test("The context tells the function, the log and the client")
  func context() async throws {
    try driver.write(
      "app.cjs",
      """
      exports.handler = async (event, c) => [c.functionName, c.functionVersion, c.invokedFunctionArn, c.memoryLimitInMB,
        c.logGroupName, c.logStreamName, c.getRemainingTimeInMillis() > 1e9, c.clientContext.custom.a,
        c.identity.cognitoIdentityId];
      """)
    let transcript = try await driver.run(
      "app.handler",
      [
        .init(
          body: "null",
          headers: [
            "Lambda-Runtime-Client-Context": #"{"custom":{"a":1}}"#,
            "Lambda-Runtime-Cognito-Identity": #"{"cognitoIdentityId":"i"}"#,
          ])
      ])
    #expect(
      transcript.calls.map(\.body) == [
        #"["hello","$LATEST","arn:aws:lambda:us-east-1:012345678912:function:hello","128","/aws/lambda/hello","stream","#
          + #"true,1,"i"]"#
      ])
  }

  @Test(
    "All styles of answering",
    arguments: [
      ("exports.handler = (event, context, callback) => setTimeout(callback, 1, null, 1)", "1"),
      // A callback's answer waits for the work that is left, unless that is not wanted.
      (
        "exports.handler = (e, c, done) => { const r = { n: 0 }; done(null, r); setTimeout(() => { r.n = 1 }, 20) }",
        #"{"n":1}"#
      ),
      (
        "exports.handler = (e, c, done) => { c.callbackWaitsForEmptyEventLoop = false; const r = { n: 0 }; "
          + "done(null, r); setTimeout(() => { r.n = 1 }, 20) }",
        #"{"n":0}"#
      ),
      ("exports.handler = (event, context) => context.succeed(2)", "2"),
      ("exports.handler = (event, context) => context.done(null, 3)", "3"),
      ("exports.handler = async () => {}", "null"),
      ("exports.handler = () => {}", "null"),
      ("exports.handler = () => new Promise(() => {})", "null"),
    ])
  func styles(code: String, answer: String) async throws {
    let transcript = try await run(code, in: "app.js", ["{}", "{}"])
    #expect(transcript.calls.map(\.body) == [answer, answer])
    #expect(transcript.status == nil)
  }

  @Test(
    "All styles of failing",
    arguments: [
      "exports.handler = (event, context, callback) => callback(new RangeError('bad é'))",
      "exports.handler = (event, context) => context.fail(new RangeError('bad é'))",
      "exports.handler = () => { throw new RangeError('bad é') }",
      "exports.handler = async () => { throw new RangeError('bad é') }",
    ])
  func fails(code: String) async throws {
    let transcript = try await run(code, in: "app.js", ["{}", "{}"])
    #expect(transcript.calls.map(\.path) == ["invocation/request-1/error", "invocation/request-2/error"])
    let call = try #require(transcript.calls.first)
    #expect(call.errorType == "RangeError")
    #expect(
      call.body.hasPrefix(#"{"errorType":"RangeError","errorMessage":"bad é","trace":["RangeError: bad é","#))
    #expect(call.body.contains("\(driver.launchedCode)/app.js:1:"))
    #expect(!call.body.contains("lanes_runtime.mjs"))
    #expect(call.output.contains("\trequest-1\tERROR\tInvoke Error\t{\"errorType\":\"RangeError\""))
  }

  @Test(
    "What keeps a handler from being found is told by Lambda's types, and the runtime ends",
    arguments: [
      (
        "app.js", "require('nothing-here')", "Runtime.ImportModuleError",
        "Error: Cannot find module 'nothing-here'"
      ),
      ("app.mjs", "import 'nothing-here'", "Runtime.ImportModuleError", "Cannot find package 'nothing-here'"),
      (
        "app.js", "exports.handler = (", "Runtime.UserCodeSyntaxError", "SyntaxError: Unexpected end of input"
      ),
      (
        "app.mjs", "export const handler = (", "Runtime.UserCodeSyntaxError",
        "SyntaxError: Unexpected end of input"
      ),
      (
        "app.mjs", "export const x = 1", "Runtime.HandlerNotFound", "app.handler is undefined or not exported"
      ),
      ("app.js", "exports.handler = 1", "Runtime.HandlerNotFound", "app.handler is not a function"),
      ("app.mjs", "throw new RangeError('at init')", "RangeError", "at init"),
    ])
  func initError(file: String, code: String, type: String, message: String) async throws {
    let transcript = try await run(code, in: file)
    #expect(transcript.calls.map(\.path) == ["init/error"])
    #expect(transcript.calls.map(\.errorType) == [type])
    let body = try #require(transcript.calls.first?.body)
    #expect(body.contains(message))
    #expect(!body.contains("lanes_runtime.mjs"))
    #expect(transcript.status == 1)
  }

  @Test("A result that is no JSON, and an event that is none")
  func marshalling() async throws {
    let transcript = try await run(
      "export const handler = async (event) => { const a = {}; a.a = a; return a }", ["1", "{"])
    #expect(transcript.calls.map(\.errorType) == ["Runtime.MarshalError", "Runtime.UnmarshalError"])
  }

  @Test(
    "What nobody catches fails the request and the process",
    arguments: [
      ("process.exit(3)", "", 3),
      ("setTimeout(() => { throw new RangeError('late') })", "RangeError", 129),
      ("Promise.reject(new RangeError('late'))", "Runtime.UnhandledPromiseRejection", 128),
    ])
  func dies(code: String, type: String, status: Int) async throws {
    let transcript = try await run(
      "export const handler = () => new Promise(() => { \(code); setInterval(() => {}, 1000) })")
    #expect(transcript.calls.map(\.errorType) == (type.isEmpty ? [] : [type]))
    #expect(transcript.calls.allSatisfy { $0.path == "invocation/request-1/error" })
    #expect(transcript.status == status)
  }

  @Test("A megabyte each way")
  func large() async throws {
    let body = "\"" + String(repeating: "x", count: 1 << 20) + "\""
    let transcript = try await run("export const handler = async (event) => event", [body, body])
    #expect(transcript.calls.map(\.body) == [body, body])
  }

  @Test("The console writes as in Lambda")
  func console() async throws {
    let transcript = try await run("export const handler = async () => { console.warn('careful', { a: 1 }) }")
    #expect(
      transcript.output.wholeMatch(
        of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\trequest-1\tWARN\tcareful { a: 1 }\n/) != nil)
  }

  @Test("A nested export, a folder, a package of ES modules")
  func nested() async throws {
    try driver.write("src/app.js", "export const api = { handler: async () => 'nested' }")
    try driver.write("src/package.json", #"{"type":"module"}"#)
    let transcript = try await driver.run("src/app.api.handler", ["{}"])
    #expect(transcript.calls.map(\.body) == [#""nested""#])
  }

  @Test("A response may be streamed, and fail on the way")
  func streams() async throws {
    let transcript = try await run(
      """
      export const handler = awslambda.streamifyResponse(async (event, stream, context) => {
        stream = awslambda.HttpResponseStream.from(stream, { statusCode: 200 });
        stream.write("one ");
        if (event.fails) throw new RangeError("midway");
        stream.write("two");
        stream.end();
      });
      """, ["{}", #"{"fails":true}"#, "{}"])
    #expect(transcript.calls.map(\.mode) == ["streaming", "streaming", "streaming"])
    #expect(transcript.connections == 1)
    #expect(transcript.calls[0].contentType == "application/vnd.awslambda.http-integration-response")
    let prelude = #"{"statusCode":200}"# + String(repeating: "\0", count: 8)
    #expect(transcript.calls.map(\.body) == ["\(prelude)one two", "\(prelude)one ", "\(prelude)one two"])
    #expect(transcript.calls.map(\.trailer) == ["", "RangeError", ""])
    #expect(transcript.calls[1].trailerBody.contains(#""errorMessage":"midway""#))
  }

  @Test("AWS's client is started with the handler that a wrapper has named", .needs(.node))
  func awsClient() async throws {
    let scratch = try Scratch()
    try RuntimeClient.write(into: scratch.path)
    let client = try scratch.write(
      Array("console.log(process.argv.slice(1).join(' '));".utf8), to: "index.mjs")
    let output = try await Peer.node.run(
      [scratch.file(RuntimeClient.awsNode), client, "app.handler"], ["_HANDLER": "wrapper.handler"])
    #expect(output == "\(client) wrapper.handler\n")
  }
}
