#!/usr/bin/env python3
"""why.py [--rounds N] [--node PATH]... [CASE|INTERPRETER]...: what telling each line of init costs, and how true it is.

Interpreters: python3.9 to python3.13, those of pyenv and of the system, and node; cases: empty boto3 pandas 360 17000 loop
sleep for Python, small app own bundle sleep for Node.js; all unless said. Packages come from PyPI into .build/why.

A function's module is imported with the hook and without it, in rounds that take turns and whose order alternates, as other
work may run on the machine. Overhead is CPU time of the whole process, from its start to the moment when the module is
imported: the difference of the minima, which the budget is for, and the median of the pairs' differences.

Accuracy: lines add up to init; init is what the import takes without the hook (both in CPU time, minima: the hook is given
a clock of CPU time for that, in a process of its own that takes turns with the others); every line that is told adds up to
init; a sleep is as long as it is; packages are those of -X importtime in the same process.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
HOOKS = HERE.parent / "Sources/LambdaEmulator/Why/Hooks"
STORE = HERE / ".build/why"
PACKAGES = ["boto3", "pandas"]

# What imports the function's module and says what CPU time that took, in nanoseconds.
PYTHON = """
import os, sys, time
sys.path.insert(0, "")
begin = time.process_time_ns()
import app
os.write(1, b"%d" % (time.process_time_ns() - begin))
os._exit(0)
"""
NODE = """
const begin = process.cpuUsage();
require(process.env.LAMBDA_TASK_ROOT + "/app.js");
const { user, system } = process.cpuUsage(begin);
require("fs").writeSync(1, `${(user + system) * 1000}`);
process.reallyExit(0);
"""
# Before the hook: its clock is that of the processor, which other work does not move.
PYTHON_CLOCK = """
import os, sys, time
here = os.path.dirname(__file__)
sys.path.remove(here)
sys.path_importer_cache.pop(here, None)
del sys.modules[__name__]
kept, time.monotonic_ns = time.monotonic_ns, time.process_time_ns
try:
    import sitecustomize
except ImportError:
    pass
time.monotonic_ns = kept
"""
NODE_CLOCK = """
performance.now = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
"""
# Which top-level packages come with Python.
LIBRARY = """
import os, sys, json
library = os.path.dirname(os.__file__)
def own(module):
    file = getattr(module, "__file__", None)
    return file.startswith(library) and "-packages" not in file if file else not hasattr(module, "__path__")
print("\\n" + json.dumps([name for name, module in list(sys.modules.items()) if "." not in name and own(module)]))
"""


def dense(lines):
    """A module where a statement begins every few lines, and much stands at the left that begins none."""
    text, count = "import os, json\n", 0
    while text.count("\n") < lines:
        text += f'''
@staticmethod
def f{count}(
    a, b=1, *,
    key: str = "a(",
) -> int:
    """Some text
here (
    """
    if a:  # a comment (
        return a + b
    return {{"x": [1, 2, "three"], "y": (a, b)}}["x"][0]
K{count} = {{
    "a": 1, "b": [1, 2, 3],
    "c": "text",
}}
class C{count}:
    A = 1
    def m(self, x):
        return x.y + "str" + str(self.A)
'''
        count += 1
    return text


def application(count, folder):
    """Many small files: each requires the next two of a tree, and does a little."""
    files = {}
    for index in range(count):
        inner = [child for child in (2 * index + 1, 2 * index + 2) if child < count]
        requires = "".join(f'const m{child} = require("./m{child}");\n' for child in inner)
        files[f"{folder}/m{index}.js"] = f""""use strict";
{requires}const table = Array.from({{ length: 50 }}, (_, i) => ({{ i, text: `item ${{i}}` }}));
class Model{index} {{
  find(i) {{
    return table[i];
  }}
}}
function make() {{
  return new Model{index}();
}}
exports.make = make;
exports.size = table.length{"".join(f" + m{child}.size" for child in inner)};
"""
    files["app.js"] = f'const app = require("./{folder}/m0");\nexports.handler = async () => app.size;\n'
    return files


def bundle(bytes):
    """As bundlers write it: functions and classes of some twenty lines, and statements that run."""
    text, count = '"use strict";\n', 0
    methods = "".join(f"""  method{index}(key, value) {{
    if (!value) throw new TypeError("no value");
    const items = this.items.filter((item) => item.key === key);
    return {{ key, text: `${{key}} of ${{items.length}}`, found: items.map((item) => item.value) }};
  }}
""" for index in range(4))
    while len(text) < bytes:
        text += f"""// src/module{count}.ts
var Model{count} = class {{
  constructor(items) {{
    this.items = items;
  }}
{methods}}};
function make{count}(items) {{
  if (!items) throw new TypeError("module {count}: no items");
  return new Model{count}(items);
}}
var TABLE{count} = [1, 2, 3, 4].map((i) => ({{ i, model: make{count}([i]) }}));
"""
        count += 1
    return text + "exports.handler = async () => TABLE0.length;\n"


HANDLER = "def handler(event, context): return 1\n"
PYTHON_CASES = {
    "empty": HANDLER,
    "boto3": 'import boto3\ns3 = boto3.client("s3", region_name="eu-west-1")\n' + HANDLER,
    "pandas": "import numpy as np\nimport pandas as pd\n" + HANDLER,
    "360": dense(360) + HANDLER,
    "17000": dense(17_000) + HANDLER,
    "loop": "t = 0\nfor i in range(1_000_000):\n    t += i\n    if i % 3:\n        t -= 1\n" + HANDLER,
    "sleep": "import time\n\n\n\n\n# seven\ntime.sleep(0.02)\n" + HANDLER,
}
NODE_CASES = {
    "small": {"app.js": 'const crypto = require("node:crypto");\nexports.handler = async () => crypto.randomUUID();\n'},
    "app": application(1_000, "node_modules/app"),
    "own": application(1_000, "lib"),
    "bundle": {"app.js": bundle(300_000)},
    "sleep": {"app.js": "\n\n\n\n\n// seven\nAtomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);\n"},
}


class Run:
    """One process, as `lanes run` starts it."""

    def __init__(self, command, variables, folder):
        clean = ("PYTHON", "LANES", "LAMBDA", "AWS", "NODE")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(clean)}
        environment |= variables | {"LAMBDA_TASK_ROOT": str(folder), "_HANDLER": "app.handler", "AWS_EC2_METADATA_DISABLED": "true"}
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            if "LANES_T0" in variables:
                environment["LANES_T0"] = str(time.monotonic_ns())
            process = subprocess.Popen(list(map(str, command)), cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                       stdout=output, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0), errors.seek(0)
            self.output, self.errors = output.read().decode(), errors.read().decode()
        if status:
            raise SystemExit(f"why.py: {command[0]} has failed in {folder}:\n{self.errors}")
        self.total = (usage.ru_utime + usage.ru_stime) * 1e3
        self.alone = int(self.output.split()[0]) / 1e6
        # For the lines that are told: file, number, ms, and the packages behind the arrow.
        self.lines = [(match[1], int(match[2]), float(match[3]), match[4] or "") for match in re.finditer(
            r"^lanes: line (.+?):(\d+) ([\d.]+) ms at [\d.]+ ms(?: [^<\n]*)?(?:<- (.*))?$", self.errors, re.M)]
        init = re.search(r"^lanes: init .+? ([\d.]+) ms, lines ([\d.]+);.* lanes ([\d.]+)", self.errors, re.M)
        self.init, self.sum, self.measuring = map(float, init.groups()) if init else (None, None, None)


class Interpreter:
    """hook and clocked: the variables that the hook is entered by, with a clock of CPU time or not."""

    def __init__(self, name, command, cases, hook, clocked):
        self.name, self.command, self.cases, self.hook, self.clocked = name, command, cases, hook, clocked

    def plain(self, folder):
        return Run(self.command, {}, folder)

    def hooked(self, folder, **more):
        return Run(self.command, self.hook | more, folder)

    def in_cpu_time(self, folder):
        return Run(self.command, self.clocked, folder)


def verdict(what, figures, budget):
    """figures: texts or (text, whether it is within the budget)."""
    texts, missed = [], False
    for figure in figures:
        text, fits = figure if isinstance(figure, tuple) else (figure, True)
        missed |= not fits
        texts.append(text if fits else f"{text} (!)")
    print(f"{what:24}{', '.join(texts)}   budget {budget}{'   MISSED' if missed else ''}", flush=True)


def measure(interpreter, case, folder):
    kinds = [interpreter.plain, interpreter.hooked, interpreter.in_cpu_time]
    for kind in kinds:
        kind(folder)
    rounds = []
    for index in range(o.rounds):
        runs = {kind: kind(folder) for kind in (kinds if index % 2 else reversed(kinds))}
        rounds.append([runs[kind] for kind in kinds])
    plain, hooked, clocked = zip(*rounds)
    if missing := [run for run in hooked + clocked if run.init is None]:
        raise SystemExit(f"why.py: the hook has not told an init of {case} with {interpreter.name}:\n{missing[0].errors}")
    what = f"{interpreter.name} {case}"
    if case == "sleep":
        # The shortest: a machine that is at work may wake it late.
        length = min(sum(ms for _, number, ms, _ in run.lines if number == 7) for run in hooked)
        verdict(what, [(f"20 ms of sleep on line 7 told as {length:.2f}", abs(length - 20) <= 2)], "2 ms")
        return
    percent = 10 if case == "bundle" else 3
    before, after = min(run.total for run in plain), min(run.total for run in hooked)
    more, middle = after - before, statistics.median(b.total - a.total for a, b in zip(plain, hooked))
    own = min(run.measuring for run in hooked)
    verdict(what, [f"{before:.1f} to {after:.1f} ms of CPU", (f"{more:+.1f} ms {more / before:+.1%}", more <= max(3, before * percent / 100)),
                   f"pairs {middle:+.1f} ms {middle / before:+.1%}", f"told as measuring {own:.1f}"], f"{percent} % or 3 ms")
    every = interpreter.hooked(folder, LANES_WHY_MS="0")
    outer = sum(ms for name, _, ms, _ in every.lines if name == every.lines[-1][0])
    gap = max(abs(outer - every.init), *(abs(run.init - run.sum) for run in hooked))
    alone, told = min(run.alone for run in plain), min(run.init for run in clocked)
    off = told - alone
    figures = [(f"lines and init differ by {gap:.2f} ms", gap <= 0.5),
               (f"init {told:.1f} of {alone:.1f} ms {off / alone:+.1%}", abs(off) <= max(0.03 * alone, 0.5))]
    if case in ("boto3", "pandas"):
        figures.append(packages(interpreter, folder))
    verdict("", figures, "0.5 ms, 3 % or 0.5 ms" + (", 2 %" if len(figures) > 2 else ""))


def packages(interpreter, folder):
    """The best of some: import times have what the hook takes in them, and whatever kept it waiting."""
    return min((compared(interpreter, folder) for _ in range(5)), key=lambda found: found[0])[1:]


def compared(interpreter, folder):
    """The sum of all packages that are told, and of each that is told alone, beside the same process's import times: how far
    off at most, as a text, and whether that is within the budget."""
    command = [interpreter.command[0], "-X", "importtime", "-c", PYTHON.replace("os._exit(0)", LIBRARY)]
    run = Run(command, interpreter.hook | {"LANES_WHY_MS": "0"}, folder)
    library, own = set(json.loads(run.output.split("\n")[1])), {}
    rows = [(int(own), len(space), name) for own, space, name in
            re.findall(r"^import time: +(\d+) \| +\d+ \| ( *)(\S+)$", run.errors, re.M)]
    place = next(index for index, (_, _, name) in enumerate(rows) if name == "app")
    for microseconds, depth, name in reversed(rows[:place]):
        if depth <= rows[place][1]:
            break
        package = name.partition(".")[0]
        package = "Python" if package in library else package
        own[package] = own.get(package, 0) + microseconds / 1e3
    told, total = {}, 0
    for _, _, _, parts in run.lines:
        for part in filter(None, parts.split(", ")):
            if more := re.fullmatch(r"\d+ more ([\d.]+)", part):
                total += float(more[1])
                continue
            name, ms = re.match(r"(\S+) ([\d.]+)", part).groups()
            told[name] = told.get(name, 0) + float(ms)
            total += float(ms)
    pairs = {name: (told[name], own[name]) for name in told if own.get(name, 0) >= 10} | {"all": (total, sum(own.values()))}
    texts = [f"{name} {a:.1f} of {b:.1f}" for name, (a, b) in pairs.items()]
    off = max(abs(a - b) / b for a, b in pairs.values())
    return off, f"packages {' '.join(texts)}", off <= 0.02


def pythons():
    """One of each version from 3.9 on."""
    found = {}
    managed = sorted(pathlib.Path.home().glob(".pyenv/versions/3.*/bin/python3"))
    for program in [*managed, pathlib.Path("/usr/bin/python3")]:
        if not program.exists():
            continue
        text = subprocess.run([program, "-c", "import sys; print(*sys.version_info[:2])"], capture_output=True, text=True).stdout
        version = tuple(map(int, text.split()))
        if version >= (3, 9):
            found.setdefault(version, program)
    for version, program in sorted(found.items()):
        yield f"python{version[0]}.{version[1]}", program


def environment(name, program):
    """A virtual environment with the packages that can be had, and their names."""
    folder = STORE / name
    if not (folder / "bin/python3").exists():
        subprocess.run([program, "-m", "venv", folder], check=True)
    had = []
    for package in PACKAGES:
        install = [folder / "bin/python3", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", package]
        there = subprocess.run([folder / "bin/python3", "-c", f"import {package}"], capture_output=True).returncode == 0
        if there or subprocess.run(install, capture_output=True).returncode == 0:
            had.append(package)
        else:
            print(f"{name}: {package} cannot be installed, skipped", flush=True)
    return folder / "bin/python3", had


def interpreters(scratch):
    for name, program in filter(lambda pair: wanted(pair[0]), pythons()):
        program, had = environment(name, program)
        hook, clock = scratch / name / "hook", scratch / name / "clock"
        hook.mkdir(parents=True), clock.mkdir()
        shutil.copy(HOOKS / "sitecustomize.py", hook)
        (clock / "sitecustomize.py").write_text(PYTHON_CLOCK)
        # As `lanes run` does it, by the same program.
        ask = HERE.parent / "Sources/LambdaEmulator/Launch/Clients/ask_python.py"
        subprocess.run([program, ask, hook / "sitecustomize.py"], check=True, capture_output=True)
        cases = {case: {"app.py": text} for case, text in PYTHON_CASES.items() if case not in PACKAGES or case in had}
        yield Interpreter(name, [program, "-c", PYTHON], cases,
                          {"PYTHONPATH": str(hook), "LANES_T0": "0"}, {"PYTHONPATH": f"{clock}:{hook}"})
    if not wanted("node"):
        return
    client, clock = scratch / "client.cjs", scratch / "clock.cjs"
    client.write_text(NODE), clock.write_text(NODE_CLOCK)
    required = f"--require={HOOKS / 'lanes_why.cjs'}"
    for program in o.node or filter(None, [shutil.which("node")]):
        version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        yield Interpreter("node " + version.strip(), [program, client], NODE_CASES,
                          {"NODE_OPTIONS": required, "LANES_T0": "0"}, {"NODE_OPTIONS": f"--require={clock} {required}"})


def wanted(name):
    asked = [word for word in o.words if word.startswith(("python", "node"))]
    return not asked or name in asked


def main():
    cases = [word for word in o.words if not word.startswith(("python", "node"))]
    if unknown := set(cases) - set(PYTHON_CASES) - set(NODE_CASES):
        raise SystemExit(f"why.py: no case {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(os.path.realpath(scratch))
        for interpreter in interpreters(scratch):
            home = scratch / interpreter.name
            for case, files in interpreter.cases.items():
                if cases and case not in cases:
                    continue
                for name, text in files.items():
                    path = home / case / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text)
                measure(interpreter, case, home / case)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=11)
    arguments.add_argument("--node", action="append", metavar="PATH", help="a Node.js; may be given more than once")
    arguments.add_argument("words", nargs="*", metavar="CASE|INTERPRETER")
    o = arguments.parse_intermixed_args()
    main()
