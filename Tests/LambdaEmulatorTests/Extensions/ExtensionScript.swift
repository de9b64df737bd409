import LambdaEmulator
import TestSupport

/// Extensions of tests, in Python: the code that all of them share is here.
enum ExtensionScript {
  /// `call` prints the answer that it gets, and gives the headers and the body back. A function may have it,
  /// too, for internal ones.
  static let common = """
    #!/usr/bin/env python3
    import json, os, signal, sys, threading, time, urllib.error, urllib.request
    base = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"]
    name = os.path.basename(__file__)
    here = os.path.dirname(os.path.realpath(__file__))
    ident = {}
    def say(*words): print(name, *words, flush=True)
    def call(path, body=None, method="POST", quiet=False, **headers):
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        request = urllib.request.Request(base + path, data=data, method=method)
        for key, value in headers.items(): request.add_header(key.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request) as answer: status, headers, text = answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as problem:
            status, headers, text = problem.code, problem.headers, problem.read()
        kind = json.loads(text).get("errorType", "") if status >= 400 else ""
        if not quiet: say(path.split("/", 2)[2], status, kind)
        return headers, text
    def register(*events, quiet=True, **headers):
        headers.setdefault("Lambda_Extension_Name", name)
        fields, text = call("/2020-01-01/extension/register", {"events": events}, quiet=quiet, **headers)
        if fields.get("Lambda-Extension-Identifier"):
            ident["Lambda_Extension_Identifier"] = fields["Lambda-Extension-Identifier"]
        return text
    def next(quiet=True):
        fields, text = call("/2020-01-01/extension/event/next", None, "GET", quiet=quiet, **ident)
        return json.loads(text)
    def fail(what, kind="Extension.Mine", quiet=True, message=None):
        body = {} if message is None else {"errorMessage": message, "errorType": kind, "stackTrace": []}
        call("/2020-01-01/extension/" + what + "/error", body, quiet=quiet, Lambda_Extension_Function_Error_Type=kind, **ident)
    def told(file): return os.path.exists(os.path.join(here, file))
    def await_file(file):
        while not told(file): time.sleep(0.002)
    def loop(then=lambda event: None):
        while True:
            event = next()
            say(event["eventType"], event.get("requestId", event.get("shutdownReason", "")))
            then(event)
            if event["eventType"] == "SHUTDOWN": sys.exit(0)

    """

  /// Writes an extension.
  /// - Parameters:
  ///   - name: of its file.
  ///   - text: its own code, behind the shared one.
  ///   - scratch: the folder that it lies in, beside the function.
  static func write(_ name: String, _ text: String, in scratch: Scratch) throws -> ExtensionProgram {
    let path = try scratch.write(Array((common + text + "\n").utf8), to: name)
    try scratch.makeExecutable(name)
    return ExtensionProgram(name: name, path: path)
  }

  /// Registers for both events and is content.
  static let plain = "register(\"INVOKE\", \"SHUTDOWN\")\nloop()"
}

extension RunningFunction {
  /// Starts a function with extensions.
  /// - Parameters:
  ///   - python: the text of `app.py`.
  ///   - extensions: their names and texts.
  static func start(
    _ python: String, extensions: [(name: String, text: String)],
    _ change: (inout EmulatorSettings) -> Void = { _ in }
  ) async throws -> RunningFunction {
    let scratch = try Scratch()
    let programs = try extensions.map { try ExtensionScript.write($0.name, $0.text, in: scratch) }
    return try await start(python, in: scratch) {
      $0.extensions = programs
      change(&$0)
    }
  }
}
