#!/usr/bin/env python3
"""emulator.py LANES RIE PYTHON [--rounds N] [--requests N] [PART...]: `lanes run` beside AWS's emulator (RIE).

PYTHON is an interpreter that has awslambdaric. Parts: thin python many cold screen memory kill; all unless said.
What is compared is measured in rounds that take turns, as other work may run on the machine; figures are medians
of the rounds. One line each: what, the figures, the budget, and MISSED where it is.
"""

import argparse
import os
import pathlib
import select
import signal
import socket
import statistics
import subprocess
import tempfile
import threading
import time

from emulators import Emulator, all_at_once, cpu, descendants, memory, of_program, stat, ticks

PEERS = pathlib.Path(__file__).resolve().parent / "peers"
HANDLER = """import os, time
def handler(event, context): return {"ok": True}
if "STAMP" in os.environ: open(os.environ["STAMP"], "w").write(str(time.monotonic_ns()))
"""
NAMES = ("RIE", "lanes")


def median(values):
    return statistics.median(values)


def report(what, figures, budgets):
    """figures: texts or (text, value, limit): at most a limit, at least where it is below 0."""
    texts, missed = [], False
    for figure in figures:
        if isinstance(figure, tuple):
            text, value, limit = figure
            fits = value <= limit if limit >= 0 else value >= -limit
            missed |= not fits
            texts.append(text if fits else f"{text} (!)")
        else:
            texts.append(figure)
    print(f"{what}: {', '.join(texts)}   budget {budgets}{'   MISSED' if missed else ''}", flush=True)


def in_rounds(measure):
    """Medians of what it finds for each emulator: a dictionary for each."""
    rounds = {name: [] for name in NAMES}
    for _ in range(o.rounds):
        for name in NAMES:
            rounds[name].append(measure(name))
    return [{key: median(each[key] for each in rounds[name]) for key in rounds[name][0]} for name in NAMES]


def sequential(name, runtime, folder):
    """One caller, one request after another."""
    with Emulator(name, runtime, folder=folder) as emulator:
        client = emulator.connect()
        for _ in range(100):
            client.call()
        own = of_program(emulator.pid)
        spent, begin = cpu(own), time.perf_counter()
        lengths = sorted(client.call() for _ in range(o.requests))
        seconds, spent = time.perf_counter() - begin, cpu(own) - spent
        return dict(p50=lengths[len(lengths) // 2], p99=lengths[len(lengths) * 99 // 100],
                    rate=len(lengths) / seconds, cpu=spent / len(lengths))


def compare(what, runtime, folder, p50, p99, rate, cpu):
    rie, lanes = in_rounds(lambda name: sequential(name, runtime, folder))

    def ratio(key, form, limit):
        value = lanes[key] / rie[key]
        return f"{form(lanes[key])} of {form(rie[key])} = {value:.2f}", value, limit

    def us(seconds):
        return f"{seconds * 1e6:.0f} µs"

    figures = [("p50", us, p50), ("p99", us, p99), ("rate", lambda x: f"{x:.0f}/s", -rate), ("cpu", us, cpu)]
    figures = [ratio(*figure) for figure in figures]
    named = [(f"{name} {text}", *rest) for name, (text, *rest) in zip(("p50", "p99", "requests", "CPU"), figures)]
    report(what, named, f"of RIE ≤ {p50}, ≤ {p99}, ≥ {rate}, ≤ {cpu}")


def thin_runtime(scratch):
    compare("thin runtime", [scratch / "thin"], scratch, 0.6, 0.4, 1.7, 0.5)


def python_runtime(scratch):
    compare("awslambdaric", python(), scratch, 0.65, 0.4, 1.6, 0.5)


def python():
    return [o.python, "-m", "awslambdaric", "app.handler"]


def many(scratch, environments=16, seconds=3):
    """As many callers as environments; RIE has one."""

    def measure(name):
        count = environments if name == "lanes" else 1
        with Emulator(name, [scratch / "thin", 20], ["--max-environments", str(count)]) as emulator:
            clients = emulator.connect_all(count)
            all_at_once(clients)
            until, done = time.perf_counter() + seconds, [0] * count

            def work(place):
                while time.perf_counter() < until:
                    clients[place].call()
                    done[place] += 1

            threads = [threading.Thread(target=work, args=(place,)) for place in range(count)]
            begin = time.perf_counter()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return dict(rate=sum(done) / (time.perf_counter() - begin))

    rie, lanes = in_rounds(measure)
    ratio = lanes["rate"] / rie["rate"]
    report(f"{environments} environments, handler of 20 ms",
           [(f"{lanes['rate']:.0f}/s of {rie['rate']:.1f}/s = {ratio:.1f}", ratio, -15)], "of RIE ≥ 15")


def cold(scratch):
    """From the request to the runtime's first Next, beside the runtime alone: from its start to the same moment."""
    stamp = scratch / "stamp"

    def since(begin):
        for _ in range(5_000):
            if stamp.exists() and (text := stamp.read_text().strip()):
                stamp.unlink()
                return (int(text) - begin) / 1e6
            time.sleep(0.002)
        raise SystemExit("emulator.py: the runtime has not asked for an event")

    def alone(runtime):
        with socket.create_server(("127.0.0.1", 0)) as api:
            address = f"127.0.0.1:{api.getsockname()[1]}"
            environment = dict(os.environ, STAMP=str(stamp), AWS_LAMBDA_RUNTIME_API=address)
            begin = time.monotonic_ns()
            process = subprocess.Popen(list(map(str, runtime)), env=environment, cwd=scratch)
            try:
                return since(begin)
            finally:
                process.kill()
                process.wait()

    def in_lanes(runtime):
        with Emulator("lanes", runtime, variables=[("STAMP", str(stamp))], folder=scratch) as emulator:
            client = emulator.connect()
            begin = time.monotonic_ns()
            client.call()
            return since(begin)

    def in_bubblewrap(runtime):
        """A file of its own is nothing that anybody else can see: the whole call, without what a warm one takes."""
        with Emulator("lanes", runtime, ["--isolate", "bwrap"], folder=scratch) as emulator:
            client = emulator.connect()
            begin = time.monotonic_ns()
            client.call()
            cold = time.monotonic_ns() - begin
            warm = median([client.call() for _ in range(20)])
            return cold / 1e6 - warm * 1e3

    for what, runtime in (("thin runtime", [scratch / "thin"]), ("awslambdaric", python())):
        rounds = [(alone(runtime), in_lanes(runtime), in_bubblewrap(runtime)) for _ in range(max(o.rounds, 9))]
        own, bare, isolated = (median(each) for each in zip(*rounds))
        report(f"cold start, {what}",
               [f"its own {own:.1f} ms", f"request to Next {bare:.1f} ms", (f"{bare - own:.1f} ms more", bare - own, 10),
                f"in bubblewrap {isolated:.1f} ms",
                (f"{isolated - own:.1f} ms more", isolated - own, 10)], "10 ms")


def screen(scratch, environments=8, seconds=4):
    """Frozen environments on a screen, nobody asks for anything."""
    with Emulator("lanes", [scratch / "thin", 50], terminal=True) as emulator:
        clients = emulator.connect_all(environments)
        all_at_once(clients)
        for client in clients:
            client.socket.close()

        def read(seconds):
            bytes, until = 0, time.monotonic() + seconds
            while (left := until - time.monotonic()) > 0:
                if select.select([emulator.terminal], [], [], left)[0]:
                    bytes += len(os.read(emulator.terminal, 1 << 16))
            return bytes

        # A picture whose clock goes on becomes slow after ten seconds without an event.
        read(12)
        own = of_program(emulator.pid)
        before, spent = ticks(own), cpu(own)
        bytes = read(seconds)
        used, spent = ticks(own) - before, cpu(own) - spent
        report(f"{environments} frozen environments on a screen, {seconds} s, {len(own) - 1} supervisors",
               [(f"{used} ticks", used, 0), f"{spent * 1e6:.0f} µs of CPU", (f"{bytes} bytes", bytes, 0)],
               "0 ticks, 0 bytes")


def idle_memory(scratch, environments=100):
    settings = ["--no-timeout", "--max-environments", str(environments)]
    with Emulator("lanes", [scratch / "thin", 4_000], settings) as emulator:
        all_at_once(emulator.connect_all(environments))
        time.sleep(1)
        own = of_program(emulator.pid)
        pss, rss = memory(emulator.pid, "Pss:"), memory(emulator.pid, "Rss:")
        private = sum(memory(pid, "Private_") for pid in own if pid != emulator.pid)
        runtimes = len(descendants(emulator.pid)) - len(own)
        report(f"{environments} idle environments ({runtimes} runtimes)",
               [(f"lanes PSS {pss:.1f} MB", pss, 30), f"RSS {rss:.1f} MB",
                f"{len(own) - 1} supervisors {private:.1f} MB of their own"], "30 MB")


def kill(scratch):
    """Seconds until nothing is left of what lanes has started, when lanes is killed; daemons of the function too."""
    states = {"idle": ("0", "0"), "running": ("60000", "0"), "initialising": ("0", "60000")}
    for state, (handler, init) in states.items():
        longest = 0
        for _ in range(o.rounds):
            command = ["sh", "-c", f"(setsid sleep 100 &) ; exec {scratch}/thin {handler} {init}"]
            with Emulator("lanes", command, ["--no-timeout"]) as emulator:
                clients = emulator.connect_all(3)
                if state == "idle":
                    all_at_once(clients)
                else:
                    for client in clients:
                        client.send()
                time.sleep(0.5)
                # By their number and the moment they were born.
                born = {pid: stat(pid)[19] for pid in descendants(emulator.pid) if stat(pid)}
                begin = time.monotonic()
                os.kill(emulator.pid, signal.SIGKILL)

                def left():
                    return [pid for pid, moment in born.items()
                            if (fields := stat(pid)) and fields[19] == moment and fields[0] != "Z"]

                while left() and time.monotonic() - begin < 5:
                    time.sleep(0.002)
                longest = max(longest, time.monotonic() - begin)
                for pid in left():
                    os.kill(pid, signal.SIGKILL)
        report(f"kill -9 of lanes, {state}: {len(born)} processes",
               [(f"gone within {longest * 1e3:.0f} ms at most", longest, 1)], "1 s")


PARTS = dict(
    thin=thin_runtime, python=python_runtime, many=many, cold=cold, screen=screen, memory=idle_memory, kill=kill)

if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("lanes")
    arguments.add_argument("rie")
    arguments.add_argument("python")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--requests", type=int, default=700)
    arguments.add_argument("parts", nargs="*", metavar="PART")
    o = arguments.parse_intermixed_args()
    Emulator.lanes, Emulator.rie = os.path.realpath(o.lanes), os.path.realpath(o.rie)
    o.python = os.path.abspath(o.python)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["cc", "-O2", "-o", f"{folder}/thin", PEERS / "thin.c"], check=True)
        (pathlib.Path(folder) / "app.py").write_text(HANDLER)
        for part in o.parts or PARTS:
            PARTS[part](pathlib.Path(folder))
