#!/usr/bin/env python3
"""live.py LANES: measures the program itself, in a terminal (pty) that this script reads.

How long after its arrival an event is on the screen while 100,000 events a second come in, and how long a key takes
while a pipe brings as much as is taken, a gigabyte in all. One line each: what, the figures, the budget.
"""

import fcntl
import os
import pty
import random
import select
import signal
import string
import struct
import subprocess
import sys
import termios
import threading
import time

ORIGIN = b'{"format":"lambda-lanes-recording","version":1,"origin":"%s","source":"native"}\n'


class Watch:
    """`lanes watch -` in a terminal of 120 columns and 50 rows, fed through a pipe."""

    def __init__(self, program):
        self.terminal, inner = pty.openpty()
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 120, 0, 0))
        self.input, write = os.pipe()
        environment = dict(os.environ, TERM="vt100", LANG="C.UTF-8")
        # The pipe is standard input; keys come from the terminal that the process has.
        self.process = subprocess.Popen(
            [program, "watch", "-"], stdin=self.input, stdout=inner, stderr=inner, env=environment,
            preexec_fn=lambda: (os.setsid(), fcntl.ioctl(1, termios.TIOCSCTTY, 0)))
        os.close(inner)
        os.close(self.input)
        self.input = write
        self.seen = b""

    def read(self, seconds):
        """What the program writes within that time, or nothing."""
        if select.select([self.terminal], [], [], seconds)[0]:
            try:
                self.seen = (self.seen + os.read(self.terminal, 1 << 16))[-1 << 17 :]
                return True
            except OSError:
                pass
        return False

    def wait(self, text, since, seconds=10):
        """Seconds from `since` until that text was written."""
        while time.monotonic() - since < seconds:
            if text in self.seen:
                return time.monotonic() - since
            self.read(0.002)
        raise SystemExit(f"live.py: {text} was not on the screen within {seconds} s; seen: {self.seen[-2000:]}")

    def quit(self):
        """Seconds that the program takes to end."""
        begin = time.monotonic()
        os.write(self.terminal, b"q")
        while self.process.poll() is None:
            if time.monotonic() - begin > 10:
                self.process.send_signal(signal.SIGKILL)
                raise SystemExit("live.py: q did not end lanes within 10 s")
            self.read(0.001)
        return time.monotonic() - begin


def header():
    now = time.time()
    text = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(now)) + f".{int(now % 1 * 1e6):06}Z"
    return ORIGIN % text.encode()


def requests(first, count, begin, step):
    """Lines of invocations one after another: two events each."""
    lines = []
    for number in range(first, first + count):
        at = begin + (number - first) * step
        name = b'"environment":"load","function":"f","requestId":"00000000-0000-4000-8000-%012x","phase":"invoke"}\n' % number
        lines.append(b'{"time":%.6f,"event":"phaseBegan",' % at + name)
        lines.append(b'{"time":%.6f,"event":"phaseEnded",' % (at + step / 2) + name)
    return b"".join(lines)


def latency(program, seconds=8, rate=100_000):
    """Seconds from writing the line of a new environment until its name is on the screen."""
    per_tick = rate // 1_000
    ticks = [requests(k * per_tick // 2, per_tick // 2, k / 1_000, 2 / rate) for k in range(seconds * 1_000)]
    watch = Watch(program)
    os.write(watch.input, header() + ticks[0])
    watch.wait(b"load", time.monotonic())
    found, behind = [], 0.0
    begin = time.monotonic()
    lag = []

    def produce():
        for k, tick in enumerate(ticks[1:], 1):
            wait = begin + k / 1_000 - time.monotonic()
            if wait > 0:
                time.sleep(wait)
            else:
                lag.append(-wait)
            os.write(watch.input, tick)

    producer = threading.Thread(target=produce)
    producer.start()
    draw = random.Random(1)
    for _ in range(seconds * 3):
        # Names that share nothing, so that each is written whole.
        name = "".join(draw.sample(string.ascii_letters, 8)).encode()
        until = time.monotonic() + 0.2 + draw.random() / 10
        while time.monotonic() < until:
            watch.read(0.01)
        if not producer.is_alive():
            break
        line = b'{"time":%.6f,"event":"environmentCreated","environment":"%s","function":"f"}\n'
        since = time.monotonic()
        os.write(watch.input, line % (since - begin, name))
        found.append(watch.wait(name, since))
    producer.join()
    watch.quit()
    return sorted(found), max(lag, default=0)


def keys(program, amount=1 << 30):
    """Seconds until a key shows, and until q ends the program, while the pipe brings as much as is taken."""
    watch = Watch(program)
    os.write(watch.input, header())
    state = {"bytes": 0, "stop": False}

    def produce():
        number = 0
        while state["bytes"] < amount and not state["stop"]:
            block = requests(number, 4_000, number / 50_000, 1 / 50_000)
            number += 4_000
            try:
                state["bytes"] += os.write(watch.input, block)
            except BrokenPipeError:
                return

    producer = threading.Thread(target=produce)
    producer.start()
    watch.wait(b"load", time.monotonic())
    found = []
    begin = time.monotonic()
    while producer.is_alive() and state["bytes"] < amount * 0.97:
        until = time.monotonic() + 0.1
        while time.monotonic() < until:
            watch.read(0.01)
        watch.seen = b""
        since = time.monotonic()
        os.write(watch.terminal, b"?")
        found.append(watch.wait(b"what the next request does", since))
        os.write(watch.terminal, b"\x1b")
    carried, took = state["bytes"], time.monotonic() - begin
    state["stop"] = False
    end = watch.quit()
    state["stop"] = True
    producer.join()
    return sorted(found), end, carried, took


def main():
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    program = sys.argv[1]

    def ms(seconds):
        return f"{seconds * 1e3:.0f} ms"

    found, lag = latency(program)
    print(
        f"event to screen, 100,000 events/s: median {ms(found[len(found) // 2])}, worst {ms(found[-1])} of"
        f" {len(found)} (the producer was at most {ms(lag)} late)   budget 33 ms")
    found, end, carried, took = keys(program)
    print(
        f"key to screen, {carried / 2**20:.0f} MiB in {took:.1f} s: median {ms(found[len(found) // 2])}, worst"
        f" {ms(found[-1])} of {len(found)}; quit within {ms(end)}   budget 50 ms")


main()
