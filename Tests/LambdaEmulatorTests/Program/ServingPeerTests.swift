import Testing

/// Runtimes that are not ours serve requests of `lanes run`.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ServingPeerTests {
  @Test("AWS's runtime interface client for Python", .needs(.python))
  func awslambdaric() async throws {
    let python = try #require(Peer.python.path)
    let environment = python.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
    let program = try await RunningProgram.start(
      [
        "app.py": """
        import sys
        def handler(event, context):
            if event == "raise": raise ValueError("not today")
            return [event, "awslambdaric" in sys.modules, context.function_name, "é"]
        """
      ], shell: ["VIRTUAL_ENV": environment], "--name", "hello", "app.handler")
    #expect(try program.notes().contains("awslambdaric"))
    #expect(try await program.call("1").body == #"[1, true, "hello", "\u00e9"]"#)
    let failed = try await program.call("\"raise\"")
    #expect(failed["x-amz-function-error"] == "Unhandled")
    #expect(failed.body.contains(#""errorType": "ValueError""#))
    #expect(try await program.call("2").body == #"[2, true, "hello", "\u00e9"]"#)
    try await program.end()
  }

  @Test("Node.js", .needs(.node))
  func node() async throws {
    let program = try await RunningProgram.start(
      [
        "app.mjs": """
        export const handler = async (event, context) => {
          if (event === "throw") throw new TypeError("not today");
          return [event, context.functionName, context.getRemainingTimeInMillis() > 0];
        };
        """
      ], "--name", "hello", "app.handler")
    #expect(try program.notes().contains("node "))
    #expect(try await program.call("1").body == #"[1,"hello",true]"#)
    let failed = try await program.call("\"throw\"")
    #expect(failed["x-amz-function-error"] == "Unhandled")
    #expect(failed.body.contains(#""errorType":"TypeError""#))
    #expect(try await program.call("2").body == #"[2,"hello",true]"#)
    try await program.end()
  }

  @Test("A shell script with curl", .needs(.curl))
  func shell() async throws {
    let program = try await RunningProgram.start(
      [
        "bootstrap.sh": """
        calls="http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime/invocation"
        number=0
        while true; do
          event="$(curl -sS -D head "$calls/next")" || exit 1
          id="$(grep -i '^lambda-runtime-aws-request-id:' head | tr -d '[:space:]' | cut -d: -f2)"
          number=$((number + 1))
          if [ "$event" = '"fail"' ]; then
            curl -sS -o answer -H 'Lambda-Runtime-Function-Error-Type: Shell.Mine' \\
              -d '{"errorType":"Shell.Mine","errorMessage":"no"}' "$calls/$id/error"
          else
            curl -sS -o answer -d "[$number,$event]" "$calls/$id/response"
          fi
        done
        """
        // It writes into its folder, which would be read-only.
      ], "--isolate", "none", "--", "/bin/sh", "bootstrap.sh")
    #expect(try await program.call("\"a\"").body == #"[1,"a"]"#)
    let failed = try await program.call("\"fail\"")
    #expect(failed["x-amz-function-error"] == "Unhandled")
    #expect(failed.body == #"{"errorType":"Shell.Mine","errorMessage":"no"}"#)
    #expect(try await program.call("\"b\"").body == #"[3,"b"]"#)
    try await program.end()
  }
}
