"""Speaks AWS Lambda's Runtime API for a Python function where awslambdaric is not installed.

It does what awslambdaric does for one request after another: its handler lookup, its error types, the text of its log.
Python 3.9 and later. Not here: JSON log format, SnapStart hooks, the X-Ray error cause.
"""

import http.client
import importlib
import json
import logging
import os
import sys
import time
import traceback

API = "/2018-06-01/runtime"


class Fault(Exception):
    """An error of Lambda's own types, not one of the function's exceptions."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind, self.trace = kind, list(trace)


class Identity:
    def __init__(self, given):
        self.cognito_identity_id = given.get("cognitoIdentityId")
        self.cognito_identity_pool_id = given.get("cognitoIdentityPoolId")


class Client:
    def __init__(self, given):
        names = ("installation_id", "app_title", "app_version_name", "app_version_code", "app_package_name")
        for name in names:
            setattr(self, name, given.get(name))


class ClientContext:
    def __init__(self, given):
        self.custom, self.env = given.get("custom"), given.get("env")
        self.client = Client(given["client"]) if given.get("client") else None


class Context:
    """What a handler gets as its second argument."""

    def __init__(self, headers):
        self.aws_request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        self.invoked_function_arn = headers.get("Lambda-Runtime-Invoked-Function-Arn")
        self.tenant_id = headers.get("Lambda-Runtime-Aws-Tenant-Id")
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = os.environ.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = os.environ.get("AWS_LAMBDA_LOG_STREAM_NAME")
        given = from_header(headers, "Lambda-Runtime-Client-Context", "Client Context")
        self.client_context = ClientContext(given) if given else None
        self.identity = Identity(from_header(headers, "Lambda-Runtime-Cognito-Identity", "Cognito Identity") or {})
        self._deadline = int(headers.get("Lambda-Runtime-Deadline-Ms") or 0)

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        sys.stdout.write(str(message))


class LogHandler(logging.Handler):
    """What the root logger has in Lambda: lines with the request they belong to."""

    request = ""

    def emit(self, record):
        record.aws_request_id = LogHandler.request
        sys.stdout.write(self.format(record))


def from_header(headers, name, title):
    if not headers.get(name):
        return None
    try:
        return json.loads(headers[name])
    except ValueError as error:
        raise Fault("Runtime.LambdaContextUnmarshalError", f"Unable to parse {title} JSON: {error}") from None


def find_handler(handler):
    module, dot, function = handler.rpartition(".")
    if not dot:
        problem = "not enough values to unpack (expected 2, got 1)"
        raise Fault("Runtime.MalformedHandlerName", f"Bad handler '{handler}': {problem}")
    if module.split(".")[0] in sys.builtin_module_names:
        problem = f"Cannot use built-in module {module} as a handler module"
        raise Fault("Runtime.BuiltInModuleConflict", problem)
    try:
        found = importlib.import_module(module.replace("/", "."))
    except ImportError as error:
        raise Fault("Runtime.ImportModuleError", f"Unable to import module '{module}': {error}") from None
    except SyntaxError as error:
        place = f'  File "{error.filename}" Line {error.lineno}\n    {error.text}'
        raise Fault("Runtime.UserCodeSyntaxError", f"Syntax error in module '{module}': {error}", [place]) from None
    if not hasattr(found, function):
        raise Fault("Runtime.HandlerNotFound", f"Handler '{function}' missing on module '{module}'")
    return getattr(found, function)


def describe(error, request):
    """The error as the caller gets it. The first frames are ours and the importer's: nobody looks for them there."""
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        frames = traceback.extract_tb(error.__traceback__)
        while frames and (frames[0].filename == __file__ or "importlib" in frames[0].filename):
            del frames[0]
        kind, trace = type(error).__name__, traceback.format_list(frames)
    return {"errorMessage": str(error), "errorType": kind, "requestId": request, "stackTrace": trace}


def print_error(error):
    text = f"[ERROR] {error['errorType']}"
    if error["errorMessage"]:
        text += f": {error['errorMessage']}"
    print(text + "\nTraceback (most recent call last):\n" + "".join(error["stackTrace"]).rstrip())


def decimal(value):
    """Tables of DynamoDB give decimals; awslambdaric answers with a number."""
    if type(value).__name__ == "Decimal":
        return float(value)
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


class Runtime:
    """One connection, kept open: what arrives on it belongs to this process."""

    def __init__(self, address):
        # Next waits for as long as nobody asks anything.
        self.connection = http.client.HTTPConnection(address, timeout=None)

    def call(self, method, path, body=None, headers={}):
        # Printed lines should be there before the answer that the caller waits for.
        sys.stdout.flush()
        sys.stderr.flush()
        self.connection.request(method, API + path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status // 100 != 2:
            sys.exit(f"lanes_runtime: {method} {API + path}: status {answer.status}: {content.decode(errors='replace')}")
        return answer, content

    def report(self, path, error):
        print_error(error)
        headers = {"Content-Type": "application/json", "Lambda-Runtime-Function-Error-Type": error["errorType"]}
        self.call("POST", path, json.dumps(error).encode(), headers)

    def serve(self, handler):
        while True:
            answer, content = self.call("GET", "/invocation/next")
            request = LogHandler.request = answer.headers["Lambda-Runtime-Aws-Request-Id"]
            os.environ["_X_AMZN_TRACE_ID"] = answer.headers.get("Lambda-Runtime-Trace-Id") or ""
            try:
                result, kind = self.result(handler, answer.headers, content)
            except Exception as error:
                self.report(f"/invocation/{request}/error", describe(error, request))
            else:
                self.call("POST", f"/invocation/{request}/response", result, {"Content-Type": kind})

    def result(self, handler, headers, content):
        context = Context(headers)
        try:
            event = json.loads(content)
        except ValueError as error:
            raise Fault("Runtime.UnmarshalError", f"Unable to unmarshal input: {error}") from None
        result = handler(event, context)
        if isinstance(result, bytes):
            return result, "application/unknown"
        try:
            # From Python 3.12 on Lambda sends other letters as they are.
            text = json.dumps(result, default=decimal, ensure_ascii=sys.version_info < (3, 12))
            return text.encode(), "application/json"
        except Exception as error:
            raise Fault("Runtime.MarshalError", f"Unable to marshal response: {error}") from None


def main():
    # Our folder is no place to import from; the function's is.
    sys.path[0] = os.environ.get("LAMBDA_TASK_ROOT") or os.getcwd()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    log = LogHandler()
    log.setFormatter(logging.Formatter(
        "[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s\n", "%Y-%m-%dT%H:%M:%S"))
    log.formatter.converter = time.gmtime
    logging.getLogger().addHandler(log)
    runtime = Runtime(os.environ["AWS_LAMBDA_RUNTIME_API"])
    try:
        handler = find_handler(os.environ["_HANDLER"])
    except Exception as error:
        runtime.report("/init/error", describe(error, ""))
        sys.exit(1)
    runtime.serve(handler)


if __name__ == "__main__":
    main()
