"""A Runtime API for one runtime: hands it the requests of a plan and writes down everything it does.

runtime_api.py PLAN TRANSCRIPT: JSON {"command", "environment", "directory", "requests": [{"body", "headers"}]} from one file, what
it did as JSON into the other. It ends when the runtime asks for more than there is, or has ended.
"""

import base64
import http.server
import json
import os
import subprocess
import sys
import threading

plan = json.load(open(sys.argv[1]))
requests = list(enumerate(plan["requests"], 1))
calls, output, connections = [], [], []
over = threading.Event()
read_end, write_end = os.pipe()
os.set_blocking(read_end, False)


def printed():
    """What the runtime has written by now."""
    while True:
        try:
            part = os.read(read_end, 65536)
        except BlockingIOError:
            break
        if not part:
            break
        output.append(part)
    return b"".join(output).decode()


class API(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        connections.append(self)
        self.number = len(connections)

    def log_message(self, *words):
        pass

    def answer(self, status, body, headers={}):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if not requests:
            over.set()
            threading.Event().wait()
        number, request = requests.pop(0)
        headers = {
            "Content-Type": "application/json",
            "Lambda-Runtime-Aws-Request-Id": f"request-{number}",
            "Lambda-Runtime-Deadline-Ms": "32503680000000",
            "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:012345678912:function:hello",
            "Lambda-Runtime-Trace-Id": f"Root=1-{number}",
        }
        self.answer(200, request["body"].encode(), headers | request.get("headers", {}))

    def chunks(self):
        """The body and the trailers of a chunked request."""
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        trailers = {}
        while line := self.rfile.readline().strip():
            name, value = line.decode().split(": ", 1)
            trailers[name.lower()] = value
        return body, trailers

    def do_POST(self):
        shown = printed()
        trailers = {}
        if self.headers.get("Transfer-Encoding") == "chunked":
            body, trailers = self.chunks()
        else:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        error_body = trailers.get("lambda-runtime-function-error-body")
        calls.append({
            "path": self.path.removeprefix("/2018-06-01/runtime/"), "body": body.decode(), "output": shown,
            "connection": self.number, "errorType": self.headers.get("Lambda-Runtime-Function-Error-Type") or "",
            "mode": self.headers.get("Lambda-Runtime-Function-Response-Mode") or "",
            "contentType": self.headers.get("Content-Type") or "",
            "trailer": trailers.get("lambda-runtime-function-error-type") or "",
            "trailerBody": base64.b64decode(error_body).decode() if error_body else "",
        })
        self.answer(202, b'{"status":"OK"}\n')


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), API)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
environment = plan["environment"] | {"AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{server.server_address[1]}"}
runtime = subprocess.Popen(
    plan["command"], env=environment, cwd=plan["directory"], stdin=subprocess.DEVNULL, stdout=write_end, stderr=write_end)
ended = []


def wait():
    ended.append(runtime.wait())
    over.set()


threading.Thread(target=wait, daemon=True).start()
in_time = over.wait(30)
status = ended[0] if ended else None
if status is None:
    runtime.kill()
    runtime.wait()
with open(sys.argv[2], "w") as file:
    json.dump({"calls": calls, "output": printed(), "status": status, "inTime": in_time,
               "connections": len(connections)}, file)
os._exit(0)
