import Foundation
import Testing

/// The outside tests of AWS's own emulator (its test/integration, by name), of `lanes run`.
@Suite(.serialized, .timeLimit(.minutes(2))) struct EmulatorCasesTests {
  private static let python = """
    import json, os, sys, time
    calls = 0
    def handler(event, context):
        global calls
        calls += 1
        match event.get("tell"):
            case "variable": return os.environ[event["name"]]
            case "calls": return calls
            case "arn": return context.invoked_function_arn
            case "remaining": return context.get_remaining_time_in_millis()
            case "memory": return context.memory_limit_in_mb
            case "names": return [context.function_name, os.environ["AWS_LAMBDA_FUNCTION_NAME"]]
            case "custom": return context.client_context.custom
            case "large": return "x" * event["bytes"]
            case "error": raise Exception("Raised on purpose")
            case "sleep": time.sleep(60)
            case "order":
                print("first")
                print("second", file=sys.stderr)
                print("third", flush=True)
                return "told"
        return "not asked"
    """

  /// Asks it one thing after another.
  private func ask(
    _ words: String..., name: String = "app", questions: String...
  ) async throws -> [String] {
    let program = try await started(words)
    var answers: [String] = []
    for question in questions { answers.append(try await program.call(question, name: name).body) }
    try await program.end()
    return answers
  }

  private func started(_ words: [String]) async throws -> RunningProgram {
    try await RunningProgram.start(["app.py": Self.python], words: words + ["app.handler"])
  }

  @Test("env var with equal sign")
  func equalSign() async throws {
    let answers = try await ask(
      "--env", "SUM=4=4", "--env", "EMPTY=", questions: #"{"tell":"variable","name":"SUM"}"#,
      #"{"tell":"variable","name":"EMPTY"}"#)
    #expect(answers == ["\"4=4\"", "\"\""])
  }

  @Test("two invokes, and ten: one environment, one after another")
  func tenInvokes() async throws {
    let program = try await started([])
    for number in 1...10 { #expect(try await program.call(#"{"tell":"calls"}"#).body == "\(number)") }
    try await program.end()
  }

  @Test("lambda function arn exists, with a name of one's own too")
  func arn() async throws {
    #expect(
      try await ask("--name", "MyCoolName", name: "MyCoolName", questions: #"{"tell":"arn"}"#)
        == [#""arn:aws:lambda:us-east-1:012345678912:function:MyCoolName""#])
  }

  @Test("function name is overridden, whatever the caller calls it")
  func functionName() async throws {
    #expect(
      try await ask("--name", "MyCoolName", name: "function", questions: #"{"tell":"names"}"#)
        == [#"["MyCoolName", "MyCoolName"]"#])
  }

  @Test("timeout invoke, and the request after it")
  func timeout() async throws {
    let program = try await started(["--timeout", "1s"])
    let answer = try await program.call(#"{"tell":"sleep"}"#)
    #expect(answer.status == 200)
    #expect(answer["x-amz-function-error"] == "Unhandled")
    #expect(answer.body.contains("Task timed out after 1.00 seconds"))
    #expect(try await program.call(#"{"tell":"calls"}"#).body == "1")
    try await program.end()
  }

  @Test("exception returned: message, type and stack; the environment stays")
  func exception() async throws {
    let program = try await started([])
    let answer = try await program.call(#"{"tell":"error"}"#)
    #expect(answer["x-amz-function-error"] == "Unhandled")
    let told = try #require(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any])
    #expect(told["errorMessage"] as? String == "Raised on purpose")
    #expect(told["errorType"] as? String == "Exception")
    let stack = try #require(told["stackTrace"] as? [String])
    #expect(stack.count == 1)
    #expect(stack.first?.contains("in handler\n    case \"error\": raise Exception") == true)
    #expect(try await program.call(#"{"tell":"calls"}"#).body == "2")
    try await program.end()
  }

  @Test(
    "context get remaining time: in three seconds, ten, and by default",
    arguments: [(["--timeout", "3s"], 3_000), (["--timeout", "10s"], 10_000), ([], 3_000)])
  func remainingTime(_ words: [String], _ limit: Int) async throws {
    let program = try await started(words)
    let left = try #require(Int(try await program.call(#"{"tell":"remaining"}"#).body))
    #expect(left <= limit)
    // More than a shorter timeout would have left.
    #expect(left > limit - 1_500)
    try await program.end()
  }

  @Test("memory in the context and in the variable")
  func memory() async throws {
    #expect(
      try await ask(
        "--memory", "512MB", questions: #"{"tell":"memory"}"#,
        #"{"tell":"variable","name":"AWS_LAMBDA_FUNCTION_MEMORY_SIZE"}"#) == ["\"512\"", "\"512\""])
  }

  @Test("port override")
  func port() async throws {
    // A port that was free a moment ago.
    let free = try await started([])
    let port = String(free.address.split(separator: ":")[1])
    try await free.end()
    let program = try await started(["--port", port])
    #expect(program.address == "127.0.0.1:\(port)")
    #expect(try await program.call(#"{"tell":"calls"}"#).body == "1")
    try await program.end()
  }

  @Test("custom client context")
  func clientContext() async throws {
    let program = try await started([])
    let context = Data(#"{"custom":{"foo":"bar","baz":123}}"#.utf8).base64EncodedString()
    let answer = try await program.call(#"{"tell":"custom"}"#, ["X-Amz-Client-Context": context])
    #expect(answer.body == #"{"foo": "bar", "baz": 123}"#)
    try await program.end()
  }

  @Test("a large response is whole; one that is too large is told")
  func largeResponse() async throws {
    let program = try await started([])
    let most = 6 << 20
    let whole = try await program.call(#"{"tell":"large","bytes":\#(most - 2)}"#)
    #expect(whole.status == 200)
    #expect(whole.body.utf8.count == most)
    #expect(whole["x-amz-function-error"] == nil)
    let tooLarge = try await program.call(#"{"tell":"large","bytes":\#(most + 200)}"#)
    #expect(tooLarge["x-amz-function-error"] == "Unhandled")
    #expect(tooLarge.body.contains("Function.ResponseSizeTooLarge"))
    try await program.end()
  }

  @Test("what is printed comes in order, between START and END")
  func output() async throws {
    let program = try await started([])
    let answer = try await program.call(#"{"tell":"order"}"#, ["X-Amz-Log-Type": "Tail"])
    let field = answer["x-amz-log-result"] ?? ""
    let log = String(decoding: Data(base64Encoded: field) ?? Data(), as: UTF8.self)
    let words = log.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(words == ["START", "first", "second", "third", "END", "REPORT"])
    try await program.end()
  }
}
