import Foundation
import TestSupport
import Testing

extension TerminalTests {
  /// A log group, read by the real AWS CLI from moto's CloudWatch Logs on the loopback.
  @Suite struct LogGroup {
    private static let name = "/aws/lambda/hello"

    private static let account = [
      "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-central-1",
      "AWS_EC2_METADATA_DISABLED": "true",
    ]

    @Test(.needs(.aws, .moto)) func eachEventIsToldOnce() async throws {
      let scratch = try Scratch()
      let port = try Loopback.freePorts(1)[0]
      let aws = try Peer.aws.required()
      let stream = "2026/11/24/[$LATEST]374cd7798d2a4e36a494a23d658b9741"
      // The first answer is the server's readiness: until then the script tries again.
      try scratch.write(
        """
        PATH="$(dirname '\(aws)'):$PATH"
        '\(try Peer.moto.required())' -H 127.0.0.1 -p \(port) >moto.log 2>&1 &
        trap "kill $!" EXIT
        logs() { aws logs "$@" --endpoint-url http://127.0.0.1:\(port) >>aws.log 2>&1; }
        until logs create-log-group --log-group-name \(Self.name); do :; done
        logs create-log-stream --log-group-name \(Self.name) --log-stream-name '\(stream)'
        put() {
          now=$(date +%s%3N)
          logs put-log-events --log-group-name \(Self.name) --log-stream-name '\(stream)' --log-events \
            "timestamp=$now,message=START RequestId: $1 Version: 1" "timestamp=$((now + 5)),message=END RequestId: $1" \
            "timestamp=$((now + 5)),message='REPORT RequestId: $1\tDuration: 5.00 ms\tBilled Duration: 5 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB\t'"
        }
        put 74a70628-be18-44d8-a1f8-c34c8260a632
        (until [ -e second ]; do :; done; put 84a70628-be18-44d8-a1f8-c34c8260a632
         until [ -e third ]; do :; done; put 94a70628-be18-44d8-a1f8-c34c8260a632) &
        "$LANES" watch --log-group \(Self.name) --endpoint-url http://127.0.0.1:\(port); echo "status=$?"
        """.utf8, to: "run.sh")
      try await TmuxSession.with(
        columns: 120, rows: 40, environment: Self.account, directory: scratch.path
      ) { tmux in
        try await tmux.type("bash run.sh")
        try await tmux.wait(for: "requests 1 ", "hello")
        try scratch.write([], to: "second")
        // Asked for twice by then: the first one was in both answers.
        try await tmux.wait(for: "requests 2 ")
        // Asked again, and not shown a third time.
        try scratch.write([], to: "third")
        try await tmux.wait(for: "requests 3 ")
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }

    /// An `aws` that says this and fails.
    private static func with(
      _ stderr: String, _ body: (TmuxSession) async throws -> Void
    ) async throws {
      let scratch = try Scratch()
      let aws = try scratch.write("#!/bin/sh\necho '\(stderr)' >&2\nexit 254\n".utf8, to: "aws")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: aws)
      try await TmuxSession.with(columns: 120, rows: 40, directory: scratch.path) { tmux in
        try await tmux.type(
          "PATH='\(scratch.path)':$PATH $LANES watch --log-group \(name); echo \"status=$?\"")
        try await body(tmux)
        try await tmux.send("q")
        try await tmux.wait(for: "status=0")
      }
    }

    @Test(arguments: [
      (
        "An error occurred (ThrottlingException) when calling FilterLogEvents: Rate exceeded",
        "throttled by AWS"
      ),
      ("Could not connect to the endpoint URL: \"http://127.0.0.1:9/\"", "no network"),
    ])
    func whatMayPassIsTriedAgain(stderr: String, obstacle: String) async throws {
      try await Self.with(stderr) { tmux in
        try await tmux.wait(for: "\(Self.name): \(obstacle), next try in")
      }
    }

    @Test(arguments: [
      "Unable to locate credentials. You can configure credentials by running \"aws configure\".",
      "An error occurred (ResourceNotFoundException): The specified log group does not exist.",
    ])
    func whatStaysIsToldInTheWordsOfAWS(stderr: String) async throws {
      try await Self.with(stderr) { tmux in try await tmux.wait(for: String(stderr.prefix(60))) }
    }

    @Test func withoutAWSItNamesWhatToInstall() async throws {
      let ending = try await run(
        "/usr/bin/env", ["PATH=/nowhere", Peer.lanes.required(), "watch", "--log-group", "x"])
      #expect(ending.status == 1)
      #expect(ending.errors.contains("there is no program aws in PATH. Install it"))
    }
  }
}
