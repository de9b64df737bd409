import Foundation
import TestSupport
import Testing

/// `lanes summary` of log groups that the real AWS CLI reads from moto's CloudWatch Logs on the loopback.
@Suite struct LogGroupSummaryTests {
  @Test(.needs(.aws, .moto)) func allLogGroupsOfANameAreRead() async throws {
    let scratch = try Scratch()
    let port = try Loopback.freePorts(1)[0]
    let aws = try Peer.aws.required()
    let script = """
      PATH="$(dirname '\(aws)'):$PATH"
      '\(try Peer.moto.required())' -H 127.0.0.1 -p \(port) >moto.log 2>&1 &
      trap "kill $!" EXIT
      url=http://127.0.0.1:\(port)
      logs() { aws logs "$@" --endpoint-url $url >>aws.log 2>&1; }
      # The first answer is the server's readiness: until then it is tried again.
      until logs create-log-group --log-group-name /aws/lambda/quick; do :; done
      logs create-log-group --log-group-name /aws/lambda/slow
      logs create-log-group --log-group-name /aws/lambda/idle
      logs create-log-group --log-group-name /elsewhere
      now=$(($(date +%s%3N) - 60000))
      put() {
        name=/aws/lambda/$1
        logs create-log-stream --log-group-name $name --log-stream-name "$2"
        logs put-log-events --log-group-name $name --log-stream-name "$2" --log-events \\
          "timestamp=$now,message='INIT_START Runtime Version: python:3.12.v1\tRuntime Version ARN: arn:x'" \\
          "timestamp=$((now + $3)),message=START RequestId: $4 Version: 1" \\
          "timestamp=$((now + $3 + 50)),message=END RequestId: $4" \\
          "timestamp=$((now + $3 + 50)),message='REPORT RequestId: $4\tDuration: 50.00 ms\tBilled Duration: 5 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\tInit Duration: $3.00 ms\t'"
      }
      put quick '2026/11/24/[$LATEST]374cd7798d2a4e36a494a23d658b9741' 100 74a70628-be18-44d8-a1f8-c34c8260a632
      put slow '2026/11/24/[$LATEST]474cd7798d2a4e36a494a23d658b9741' 900 84a70628-be18-44d8-a1f8-c34c8260a632
      lanes=\(try Peer.lanes.required())
      $lanes summary --log-group '/aws/lambda/*' --endpoint-url $url --json; echo "status=$?"
      $lanes summary --log-group '/aws/other/*' --endpoint-url $url; echo "status=$?"
      $lanes summary --log-group /aws/lambda/nothing --endpoint-url $url; echo "status=$?"
      $lanes summary --log-group '/aws/lambda/*' --endpoint-url $url --insights; echo "status=$?"
      """
    let ending = try await run(
      "/bin/bash", ["-c", script],
      environment: [
        "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_EC2_METADATA_DISABLED": "true",
      ], directory: scratch.path)
    let document = try JSONSerialization.jsonObject(with: Data(ending.lines[0].utf8)) as? [String: Any]
    let functions = try #require(document?["functions"] as? [[String: Any]])
    #expect(functions.map { $0["name"] as? String } == ["slow", "quick", "idle"])
    #expect(functions.map { $0["coldStarts"] as? Int } == [1, 1, 0])
    #expect(functions.map { $0["lostToInitSeconds"] as? Double } == [0.9, 0.1, 0])
    #expect(ending.lines.dropFirst() == ["status=0", "status=1", "status=1", "status=1"])
    #expect(ending.errors.contains("/aws/other/*: no log group has such a name"))
    #expect(ending.errors.contains("/aws/lambda/nothing: An error occurred (ResourceNotFoundException)"))
    // moto answers queries with the lines themselves.
    #expect(ending.errors.contains("expected a count of requests for each log group"))
  }
}

extension TerminalTests {
  /// A long reading shows in a terminal that it goes on.
  @Suite struct ProgressLines {
    @Test func aReadingShowsHowFarItIsAndLeavesNothing() async throws {
      let aws = try StubAWS(
        cases: """
          filter-log-events) case "$*" in *heavy*) until [ -e heavy.json ]; do :; done; cat heavy.json ;;
            *) cat quick.json ;; esac ;;
          """)
      try aws.answer("describe-log-groups", AccountLog.groups)
      try aws.answer("quick", try AccountLog.events(of: "quick"))
      try await TmuxSession.with(columns: 140, rows: 60, environment: ["PATH": aws.path]) { tmux in
        try await tmux.type("$LANES summary --log-group '/aws/lambda/*' | head -4; echo \"status=$?\"")
        try await tmux.wait(for: "reading  2 of 3 log groups")
        try aws.answer("heavy", try AccountLog.events(of: "heavy"))
        let screen = try await tmux.wait(for: "status=0", "heavy", "idle")
        #expect(!screen.contains("reading  "))
      }
    }
  }
}
