import TestSupport
import Testing

/// Clients that are not ours call a function of `lanes run`.
@Suite(.serialized, .timeLimit(.minutes(2))) struct CallingPeerTests {
  /// Waits, if the event says so, until the caller has made a file.
  private static let python = """
    import os, time
    here = os.path.dirname(os.path.abspath(__file__))
    def handler(event, context):
        print("handling")
        if "raise" in event: raise ValueError(event["raise"])
        if "wait" in event:
            open(os.path.join(here, "begun"), "w").close()
            while not os.path.exists(os.path.join(here, "go")): time.sleep(0.002)
        mine = context.client_context
        return {"event": event, "custom": mine.custom if mine else None}
    """

  /// The function writes into its folder, which would be read-only.
  private func start(_ words: String = "--freeze", _ value: String = "auto") async throws -> RunningProgram {
    try await RunningProgram.start(
      ["app.py": Self.python], "--isolate", "none", "--timeout", "20s", "--name", "app", words, value,
      "app.handler")
  }

  @Test(
    "boto3: answers, the log, the client context, a function's error, a dry run, a throttle", .needs(.python))
  func boto3() async throws {
    let program = try await start("--reserved-concurrency", "1")
    let script = try program.scratch.write(
      Array(
        """
        import base64, boto3, json, os, sys, threading, time
        from botocore.config import Config
        address, here = sys.argv[1:]
        client = boto3.client("lambda", endpoint_url=address, region_name="us-east-1", aws_access_key_id="a",
            aws_secret_access_key="b", config=Config(retries={"total_max_attempts": 1}))
        def invoke(event, **more):
            return client.invoke(FunctionName="app", Payload=json.dumps(event), **more)
        def tell(*words): print(*words, flush=True)
        context = base64.b64encode(b'{"custom": {"a": "b"}}').decode()
        answer = invoke({"n": 1}, LogType="Tail", ClientContext=context)
        tell(answer["StatusCode"], answer["ExecutedVersion"], json.load(answer["Payload"]))
        log = base64.b64decode(answer["LogResult"]).decode().splitlines()
        tell([line.split(" ")[0] for line in log])
        answer = invoke({"raise": "no"})
        told = json.load(answer["Payload"])
        tell(answer["StatusCode"], answer["FunctionError"], told["errorType"], told["errorMessage"])
        tell(invoke({}, InvocationType="DryRun")["StatusCode"])
        other = threading.Thread(target=lambda: invoke({"wait": True}))
        other.start()
        while not os.path.exists(os.path.join(here, "begun")): time.sleep(0.002)
        try: tell("not refused", invoke({}))
        except client.exceptions.TooManyRequestsException as error:
            tell(error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Reason"])
        open(os.path.join(here, "go"), "w").close()
        other.join()
        tell(invoke({})["StatusCode"])
        """.utf8), to: "caller.py")
    let output = try await Peer.python.run([script, "http://\(program.address)", program.scratch.path])
    #expect(
      output.split(separator: "\n") == [
        "200 $LATEST {'event': {'n': 1}, 'custom': {'a': 'b'}}", "['START', 'handling', 'END', 'REPORT']",
        "200 Unhandled ValueError no", "204", "429 ReservedFunctionConcurrentInvocationLimitExceeded", "200",
      ])
    try await program.end()
  }

  @Test("The AWS CLI", .needs(.aws))
  func awsCLI() async throws {
    let program = try await start()
    let out = program.scratch.file("out.json")
    let keys = ["AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "us-east-1"]
    func invoke(_ event: String) async throws -> String {
      try await Peer.aws.run(
        [
          "lambda", "invoke", "--endpoint-url", "http://\(program.address)", "--function-name", "app",
          "--output", "text", "--payload", event, "--query", "[StatusCode,FunctionError]", out,
        ], keys)
    }
    #expect(try await invoke(#"{"n":2}"#) == "200\tNone\n")
    #expect(try program.scratch.text("out.json") == #"{"event": {"n": 2}, "custom": null}"#)
    #expect(try await invoke(#"{"raise":"no"}"#) == "200\tUnhandled\n")
    #expect(try program.scratch.text("out.json").contains(#""errorType": "ValueError""#))
    try await program.end()
  }

  @Test("curl", .needs(.curl))
  func curl() async throws {
    let program = try await start()
    let url = "http://\(program.address)/2015-03-31/functions/app/invocations"
    #expect(
      try await Peer.curl.run(["-sS", "-d", #"{"n":3}"#, url]) == #"{"event": {"n": 3}, "custom": null}"#)
    let told = try await Peer.curl.run(["-sS", "-o", "/dev/null", "-w", "%{http_code}", "-d", "no JSON", url])
    #expect(told == "400")
    try await program.end()
  }
}
