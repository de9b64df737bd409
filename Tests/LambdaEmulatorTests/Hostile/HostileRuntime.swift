import LambdaEmulator
import LambdaLifecycle

/// A runtime that does the forbidden things that its events and its arguments name.
enum HostileRuntime {
  static let python = """
    import http.client, json, os, signal, socket, sys, time
    host = os.environ["AWS_LAMBDA_RUNTIME_API"]
    here = os.path.dirname(os.path.realpath(__file__))
    line = http.client.HTTPConnection(host)
    root = "/2018-06-01/runtime/"
    def ask(method, path, body=None, fields={}):
        line.request(method, root + path, body, fields)
        answer = line.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    def next(): return ask("GET", "invocation/next")
    def respond(id, body): return ask("POST", f"invocation/{id}/response", body)
    def raw(text):
        peer = socket.create_connection(host.split(":"))
        peer.sendall(text if isinstance(text, bytes) else text.encode())
        return peer
    def head(id, length): return (f"POST {root}invocation/{id}/response HTTP/1.1\\r\\nHost: {host}\\r\\n"
        f"Content-Length: {length}\\r\\n\\r\\n")
    def chunks(id): return (f"POST {root}invocation/{id}/response HTTP/1.1\\r\\nHost: {host}\\r\\nTransfer-Encoding: chunked\\r\\n"
        "Content-Type: text/plain\\r\\nLambda-Runtime-Function-Response-Mode: streaming\\r\\n\\r\\n")
    def to_end(peer, part=b""):
        try:
            while part: peer.sendall(part)
            while peer.recv(65536): pass
        except OSError: pass
    def fork():
        if os.fork() == 0:
            os.setsid()
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            os.fork()
            while True: signal.pause()
    kept = []
    def garbage(id): to_end(raw("hello, runtime\\r\\n\\r\\n"))
    def binary(id): to_end(raw(os.urandom(100000)))
    def half(id): kept.append(raw(head(id, 100) + "abc"))
    def half_and_close(id): raw(head(id, 100) + "abc").close()
    def headers(id): to_end(raw("GET / HTTP/1.1\\r\\n"), b"A: " + b"b" * 1000 + b"\\r\\n")
    def one_header(id): to_end(raw("GET / HTTP/1.1\\r\\nA: "), b"b" * 10000)
    def unknown(id): respond("00000000-0000-0000-0000-000000000000", "1")
    def nonsense(id): respond("%00%ff", "1")
    def next_again(id): next()
    def error_first(id): ask("POST", f"invocation/{id}/error", '{"errorMessage":"m","errorType":"Mine"}')
    def init_error(id): ask("POST", "init/error", "{}")
    def answer_first(id): respond(id, '"first"')
    def huge(id):
        peer = raw(head(id, 100 << 20))
        for _ in range(100): peer.sendall(b"x" * (1 << 20))
        peer.recv(1000)
    def huge_stream(id):
        peer = raw(chunks(id))
        for _ in range(100): peer.sendall(b"100000\\r\\n" + b"x" * (1 << 20) + b"\\r\\n")
        peer.sendall(b"0\\r\\n\\r\\n")
        peer.recv(1000)
    def slow_stream(id):
        peer = raw(chunks(id) + "5\\r\\nbegun\\r\\n")
        while not os.path.exists(here + "/other"): time.sleep(0.001)
        peer.sendall(b"0\\r\\n\\r\\n")
        peer.recv(1000)
    def never(id):
        while True: signal.pause()
    def exits(id): os._exit(7)
    def half_and_exit(id):
        raw(head(id, 100) + "abc")
        os._exit(7)
    def forks_and_exits(id):
        fork()
        os._exit(7)
    def deaf(id): signal.signal(signal.SIGTERM, signal.SIG_IGN)
    def many(id):
        for _ in range(1000):
            try: kept.append(raw("GET "))
            except OSError: pass
        for peer in kept: peer.close()
    def flood(id):
        for _ in range(1000): respond("none", "1")
    # Where it dies in its first life, and how.
    point, way = (sys.argv + ["", ""])[1:3]
    def die():
        if way == "fork": fork()
        if way == "kill": os.kill(os.getpid(), signal.SIGKILL)
        os._exit(3)
    if os.path.exists(here + "/lived"): point = ""
    elif point: open(here + "/lived", "w").close()
    def reach(name):
        if name == point: die()
    reach("start")
    if point == "early": respond("0", "1")
    if point == "connected":
        socket.create_connection(host.split(":"))
        die()
    get = f"GET {root}invocation/next HTTP/1.1\\r\\nHost: {host}\\r\\n"
    if point == "half of Next":
        raw(get)
        die()
    if point == "Next":
        raw(get + "\\r\\n")
        die()
    while True:
        event = next()
        id = event[2]["Lambda-Runtime-Aws-Request-Id"]
        reach("event")
        if point == "head":
            raw(head(id, 8))
            die()
        if point == "half of a body":
            raw(head(id, 8) + '"fi')
            die()
        if point == "half of a stream":
            raw(chunks(id) + '2\\r\\n"f\\r\\n')
            die()
        if point == "body":
            raw(head(id, 6) + '"fine"')
            die()
        act = json.loads(event[1]).get("do")
        if not act: open(here + "/other", "w").close()
        if act: globals()[act](id)
        respond(id, '"fine"')
        reach("answer")
        if point == "Next again":
            raw(get + "\\r\\n")
            die()
    """

  /// Starts a function of it.
  static func start(
    _ words: String..., change: (inout EmulatorSettings) -> Void = { _ in }
  ) async throws -> RunningFunction {
    try await RunningFunction.start(runtime: python) {
      $0.launch.command += words
      // The test is not of how fast this machine is.
      $0.function.timeout = .seconds(25)
      change(&$0)
    }
  }
}
