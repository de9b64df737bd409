import Foundation
import TestSupport
import Testing

/// Layers as people use them: an extension that collects, a wrapper that puts a handler of its own in front, packages.
@Suite(.serialized, .timeLimit(.minutes(3))) struct LayerTests {
  /// Built as OpenTelemetry's is: the wrapper names another handler, which calls the function's and reports
  /// to the collector, an extension that listens on a port of its own and ends with the reports it has got.
  private static let layer: [String: String] = [
    "tracing-wrapper": """
    #!/bin/sh
    export ORIG_HANDLER="$_HANDLER"
    export _HANDLER="tracing.wrapper.handler"
    exec "$@"
    """,
    "python/tracing/__init__.py": "",
    "python/tracing/wrapper.py": """
    import importlib, json, os, urllib.request
    module, name = os.environ["ORIG_HANDLER"].rsplit(".", 1)
    original = getattr(importlib.import_module(module), name)
    def handler(event, context):
        result = original(event, context)
        span = {"request": context.aws_request_id, "event": event}
        urllib.request.urlopen("http://sandbox.localdomain:4318/", json.dumps(span).encode()).read()
        return {"traced": result}
    """,
    "extensions/collector": """
    #!/usr/bin/env python3
    import http.server, json, os, sys, threading, urllib.request
    api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2020-01-01/extension/"
    class Collector(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            span = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            print("span", span["request"], span["event"], flush=True)
            self.send_response(200)
            self.end_headers()
        def log_message(self, *words): pass
    server = http.server.ThreadingHTTPServer(("sandbox.localdomain", 4318), Collector)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    def call(path, body=None, **fields):
        headers = {key.replace("_", "-"): value for key, value in fields.items()}
        return urllib.request.urlopen(urllib.request.Request(api + path, body, headers))
    answer = call("register", b'{"events":["INVOKE","SHUTDOWN"]}', Lambda_Extension_Name="collector")
    me = answer.headers["Lambda-Extension-Identifier"]
    while True:
        event = json.load(call("event/next", Lambda_Extension_Identifier=me))
        if event["eventType"] == "SHUTDOWN":
            print("flushed", flush=True)
            sys.exit(0)
    """,
  ]

  private static func write(_ files: [String: String], to folder: String) throws {
    for (name, text) in files {
      let path = "\(folder)/\(name)"
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
      try Data((text + "\n").utf8).write(to: URL(fileURLWithPath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
  }

  private static func start(_ app: String) async throws -> RunningProgram {
    let layer = try Scratch()
    try write(Self.layer, to: layer.path)
    let program = try await RunningProgram.start(
      ["app.py": app],
      words: [
        "--isolate", "bwrap", "--layer", layer.path, "--env", "AWS_LAMBDA_EXEC_WRAPPER=/opt/tracing-wrapper",
        "app.handler",
      ])
    // Its files are read at the start.
    withExtendedLifetime(layer) {}
    return program
  }

  private static let app = "def handler(event, context): return event"

  @Test("A wrapper's handler is called in the function's place, and its extension collects", .needsBubblewrap)
  func wrapped() async throws {
    let program = try await Self.start(Self.app)
    let answer = try await program.call(#"{"a": 1}"#)
    #expect(answer.body == #"{"traced": {"a": 1}}"#)
    try await program.end()
    let output = try program.scratch.text(".output")
    let id = try #require(answer["x-amzn-requestid"])
    #expect(output.contains("extension output: span \(id) {'a': 1}"))
    #expect(output.contains("extension output: flushed"))
    #expect(output.contains("extension collector: Exited"))
  }

  @Test(
    "An isolated function finds its layers in /opt, and nothing of where they come from", .needsBubblewrap)
  func places() async throws {
    let layer = try Scratch()
    try Self.write(["python/one.py": "X = 'one'"], to: layer.path)
    let program = try await RunningProgram.start(
      [
        "app.py": """
        import one, os, sys
        def handler(event, context):
            foreign = [path for path in sys.path if "lanes-run-" in path]
            return [one.__file__, foreign, os.environ["PYTHONPATH"], os.listdir("/tmp")]
        """
      ], "--isolate", "bwrap", "--layer", layer.path, "app.handler")
    let body = try await program.call().body
    #expect(body.hasPrefix(#"["/opt/python/one.py", [], "/opt/python"#))
    #expect(body.hasSuffix(", []]"))
    try await program.end()
  }

  @Test("What a function writes into a layer is not the user's, isolated or not")
  func layersStay() async throws {
    let layer = try Scratch()
    try Self.write(["python/one.py": "X = 'one'"], to: layer.path)
    let program = try await RunningProgram.start(
      [
        "app.py": """
        import one
        def handler(event, context): return open(one.__file__, "a").write("# changed")
        """
      ], "--isolate", "none", "--layer", layer.path, "app.handler")
    #expect(try await program.call().body == "9")
    try await program.end()
    #expect(try layer.text("python/one.py") == "X = 'one'\n")
  }

  @Test("The same with AWS's own client for Python", .needsBubblewrap, .needs(.python))
  func wrappedForAWS() async throws {
    let python = try #require(Peer.python.path)
    let layer = try Scratch()
    try Self.write(Self.layer, to: layer.path)
    let program = try await RunningProgram.start(
      ["app.py": Self.app],
      shell: [
        "VIRTUAL_ENV": URL(fileURLWithPath: python).deletingLastPathComponent().deletingLastPathComponent()
          .path
      ],
      words: [
        "--isolate", "bwrap", "--layer", layer.path, "--env", "AWS_LAMBDA_EXEC_WRAPPER=/opt/tracing-wrapper",
        "app.handler",
      ])
    #expect(try program.notes().contains("awslambdaric"))
    #expect(try await program.call(#"{"a": 1}"#).body == #"{"traced": {"a": 1}}"#)
    try await program.end()
  }

  @Test("Extensions of three environments listen on one port, each in its own place", .needsBubblewrap)
  func onePort() async throws {
    let program = try await Self.start(
      """
      import os, time
      def handler(event, context):
          print("begun", flush=True)
          while not os.path.exists("go"): time.sleep(0.002)
          return event
      """)
    let bodies = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 1...3 { group.addTask { try await program.call("\(number)").body } }
      try await waiting {
        try eventually("three requests are at work") {
          (try? program.scratch.text(".output").components(separatedBy: "output: begun").count) == 4
        }
      }
      try program.scratch.write([], to: "go")
      return try await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(bodies == [#"{"traced": 1}"#, #"{"traced": 2}"#, #"{"traced": 3}"#])
    try await program.end()
    let output = try program.scratch.text(".output")
    for number in 1...3 { #expect(output.contains(" \(number)  ")) }
    #expect(output.contains("env-3"))
    #expect(output.components(separatedBy: "extension output: flushed").count == 4)
    #expect(!output.contains("already in use"))
  }

  @Test(
    "A layer's packages are found, the last layer's over the first's; a function without isolation finds them too"
  )
  func packages() async throws {
    let first = try Scratch()
    let second = try Scratch()
    try Self.write(["python/one.py": "X = 'one'", "python/both.py": "X = 'first'"], to: first.path)
    try Self.write(["python/both.py": "X = 'second'", "bin/tool": "#!/bin/sh\necho tool"], to: second.path)
    let program = try await RunningProgram.start(
      [
        "app.py": """
        import both, one, subprocess
        def handler(event, context):
            return [one.X, both.X, subprocess.run(["tool"], capture_output=True, text=True).stdout]
        """
      ], "--isolate", "none", "--layer", first.path, "--layer", second.path, "app.handler")
    #expect(try await program.call().body == #"["one", "second", "tool\n"]"#)
    try await program.end()
  }
}
