"""What emulator.py measures: local emulators of Lambda, their processes, and a caller."""

import fcntl
import glob
import os
import pathlib
import pty
import signal
import socket
import struct
import subprocess
import termios
import time


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def stat(pid):
    """The fields behind the name: state, parent, …; nothing for one that is gone."""
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return []


def descendants(pid):
    """It and all that come from it."""
    children = {}
    for name in filter(str.isdigit, os.listdir("/proc")):
        if fields := stat(name):
            children.setdefault(int(fields[1]), []).append(int(name))
    found = [pid]
    for each in found:
        found += children.get(each, [])
    return found


def of_program(pid):
    """Those of them that run its program: an emulator without the function's processes."""

    def program(pid):
        try:
            return os.readlink(f"/proc/{pid}/exe")
        except OSError:
            return None

    own = program(pid)
    return [each for each in descendants(pid) if program(each) == own]


def cpu(pids):
    """Seconds that they have run, to the nanosecond."""
    total = 0
    for pid in pids:
        for path in glob.glob(f"/proc/{pid}/task/*/schedstat"):
            total += int(pathlib.Path(path).read_text().split()[0])
    return total / 1e9


def ticks(pids):
    return sum(int(stat(pid)[11]) + int(stat(pid)[12]) for pid in pids)


def memory(pid, field):
    """A line of smaps_rollup, or the sum of those that begin so; in MB."""
    lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


class Emulator:
    """An emulator with a function behind it; in a terminal of 120×40 if asked for."""

    # The programs; whoever measures sets them.
    lanes = rie = None

    def __init__(self, name, runtime, lanes=(), terminal=False, variables=(), folder=None):
        self.port = free_port()
        environment = dict(os.environ, **dict(variables), TERM="xterm-256color")
        # awslambdaric works otherwise for some values of it.
        environment.pop("AWS_EXECUTION_ENV", None)
        if name == "RIE":
            words = [self.rie, "--runtime-interface-emulator-address", f"127.0.0.1:{self.port}",
                     "--runtime-api-address", f"127.0.0.1:{free_port()}"]
        else:
            # RIE neither isolates nor limits.
            words = [self.lanes, "run", "--port", str(self.port), "--no-aws", "--isolate", "none", "--no-limits"]
            words += lanes
            words += [] if terminal else ["--plain"]
            words += [f"--env={key}={value}" for key, value in variables] + ["--"]
        output, self.terminal = subprocess.DEVNULL, None
        if terminal:
            self.terminal, output = pty.openpty()
            fcntl.ioctl(output, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.process = subprocess.Popen(
            words + list(map(str, runtime)), stdin=output, stdout=output, stderr=output, env=environment,
            cwd=folder, start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(1, termios.TIOCSCTTY, 0)) if terminal else None)
        self.pid = self.process.pid
        if terminal:
            os.close(output)

    def connect(self):
        for _ in range(5_000):
            try:
                return Client(self.port)
            except OSError:
                time.sleep(0.002)
        raise SystemExit(f"emulator.py: nothing listens on {self.port}")

    def connect_all(self, count):
        return [self.connect() for _ in range(count)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """What RIE has started is in its process group; lanes ends its own."""
        for kind in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.pid, kind)
                self.process.wait(4)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass
        if self.terminal:
            os.close(self.terminal)


class Client:
    """One connection of a caller who sends a request when it has the answer to the one before."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.settimeout(30)

    REQUEST = (b"POST /2015-03-31/functions/function/invocations HTTP/1.1\r\nHost: localhost\r\n"
               b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")

    def send(self):
        self.socket.sendall(self.REQUEST)

    def receive(self):
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.read()
        head, body = data.split(b"\r\n\r\n", 1)
        head = head.lower()
        if not head.startswith(b"http/1.1 200") or b"x-amz-function-error" in head:
            raise SystemExit(f"emulator.py: {data.decode()}")
        if b"content-length:" in head:
            length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
            while len(body) < length:
                body += self.read()
        else:
            while not body.endswith(b"0\r\n\r\n"):
                body += self.read()

    def read(self):
        data = self.socket.recv(1 << 16)
        if not data:
            raise SystemExit("emulator.py: the emulator has closed the connection")
        return data

    def call(self):
        """Seconds that it takes."""
        begin = time.perf_counter()
        self.send()
        self.receive()
        return time.perf_counter() - begin


def all_at_once(clients):
    """A request of each, so that each needs an environment."""
    for client in clients:
        client.send()
    for client in clients:
        client.receive()
