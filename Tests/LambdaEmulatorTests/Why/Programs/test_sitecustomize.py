"""Tests of the Python hook. Run with the Python to test: `PYTHON test_sitecustomize.py`; the standard library is enough.

Each test runs a program twice where it matters, with the hook and without: what the program can see has to be the same.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCE = os.path.join(HERE, "../../../../Sources/LambdaEmulator/Why/Hooks/sitecustomize.py")
LINE = re.compile(r"lanes: line (.+?):(\d+) (\d+\.\d+) ms at (\d+\.\d+) ms(?: (?!<- )(.*?))?(?: <- (.*))?$")
INIT = re.compile(
    r"lanes: init (.+?) (\d+\.\d+) ms, lines (\d+\.\d+); before it: process (\d+\.\d+), runtime (\d+\.\d+)"
    r"(?:; compiled (\d+) files? (\d+\.\d+) ms)?; lanes (\d+\.\d+) ms$"
)
RUNTIME = "import importlib, sys; sys.path.insert(0, ''); importlib.import_module({!r})\n"
MONITORS = hasattr(sys, "monitoring")


class Line:
    def __init__(self, match):
        self.file, self.number = match[1], int(match[2])
        self.ms, self.at = float(match[3]), float(match[4])
        self.text, self.parts = match[5] or "", match[6] or ""
        self.place = f"{self.file}:{self.number}"


class Run:
    def __init__(self, process):
        self.code, self.out = process.returncode, process.stdout.decode("utf-8", "replace")
        errors = process.stderr.decode("utf-8", "replace").split("\n")
        self.ours = [text for text in errors if text.startswith("lanes: ")]
        self.errors = "\n".join(text for text in errors if not text.startswith("lanes: "))
        strange = [text for text in self.ours if not LINE.match(text) and not INIT.match(text)]
        assert not strange, strange
        self.lines = [Line(LINE.match(text)) for text in self.ours if text.startswith("lanes: line ")]
        self.inits = [INIT.match(text) for text in self.ours if text.startswith("lanes: init ")]
        self.places = [line.place for line in self.lines]


class HookTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="lanes-why-")
        self.addCleanup(shutil.rmtree, self.folder)
        self.hook, self.task = self.path("hook"), self.path("task")
        os.makedirs(self.task)
        os.makedirs(self.hook)
        shutil.copy(SOURCE, self.hook)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def write(self, name, text):
        path = os.path.join(self.task, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = text if isinstance(text, bytes) else textwrap.dedent(text).encode()
        with open(path, "wb") as file:
            file.write(data)
        return path

    def run_python(self, program=None, hooked=True, arguments=(), module="app", cwd=None, paths=(), **environment):
        env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LANES", "LAMBDA"))}
        if hooked:
            env["PYTHONPATH"] = os.pathsep.join((self.hook, *paths))
            env.setdefault("LANES_WHY_MS", "0")
        elif paths:
            env["PYTHONPATH"] = os.pathsep.join(paths)
        env.update({k: str(v) for k, v in environment.items()})
        program = RUNTIME.format(module) if program is None else textwrap.dedent(program)
        return Run(subprocess.run(
            [sys.executable, *arguments, "-c", program], cwd=cwd or self.task, env=env, timeout=60,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ))

    def both(self, program=None, **options):
        """With the hook and without; output, errors and exit code have to be the same."""
        hooked, plain = self.run_python(program, **options), self.run_python(program, hooked=False, **options)
        self.assertEqual(hooked.errors, plain.errors)
        self.assertEqual(hooked.out, plain.out)
        self.assertEqual(hooked.code, plain.code)
        return hooked

    def assert_sums(self, run):
        init = run.inits[0]
        self.assertLess(abs(float(init[2]) - float(init[3])), 0.5, run.ours)

    # --- which statement

    def statements(self, text, name="app.py"):
        self.write(name, text)
        run = self.both()
        self.assertEqual(len(run.inits), 1, (run.ours, run.errors))
        self.assert_sums(run)
        return [line.number for line in run.lines if line.file == "app.py" and line.number]

    def test_statements(self):
        cases = {
            "two on a line": ("a = 1; b = 2\nc = 3\n", [1, 2]),
            "call": ("a = dict(\n    b=1,\nc=2,\n)\nd = 1\n", [1, 5]),
            "value begins below": ("def f(): return 1\na = (\nf()\n)\nb = (\n    f()\n)\nc = 1\n", [1, 2, 5, 8]),
            "first value begins below": ("a = (\nlen('x')\n)\n", [1]),
            "list at the left": ("a = [\nlen('('),\nlen('x'),\n]\nb = 1\n", [1, 5]),
            "string at the left": ("x = 1\na = f'''\n{x}\nb = (\n'''\nc = 1\n", [1, 2, 6]),
            "decorators": (
                "def d(*a):\n    return lambda f: f\n@d(\n1)\n\n# a comment\n@d()\n\ndef g(a=(\n1)):\n    '''\nx = (\n'''\n"
                "    return (\n1)\nb = (\nd())\n", [1, 3, 16]),
            "class": ("class A(\n    object,\n):\n    b = 1\n    def c(self):\n        return '''\nd = 1\n'''\ne = 1\n", [1, 9]),
            "try": ("try:\n    a = 1\nexcept ValueError:\n    pass\nelse:\n    b = 1\nfinally:\n    c = 1\nd = 1\n", [1, 9]),
            "raised": ("try:\n    int('x')\nexcept ValueError as e:\n    a = 1\nfinally:\n    c = 1\nd = 1\n", [1, 7]),
            "with": ("import threading\nwith threading.Lock():\n    a = 1\n    b = (\nlen('')\n)\nc = 1\n", [1, 2, 7]),
            "for": ("for i in range(3):\n    a = i\nelse:\n    b = 1\nc = 1\n", [1, 5]),
            "if": ("x = 0\nif x:\n    a = 1\nelif x == 0:\n    a = 2\nelse:\n    a = 3\nb = 1\n", [1, 2, 8]),
            "while": ("i = 0\nwhile i < 3:\n    i += 1\nelse:\n    pass\nb = 1\n", [1, 2, 6]),
            "names like keywords": ("elsewhere = 1\nfinally_ = 2\nexcept_ = 3\n", [1, 2, 3]),
            "comprehension": ("a = [\n    i\n    for i in range(3)\n]\nb = {i: i for i in a}\n", [1, 5]),
            "coroutine": ("async def f(\n    a=1,\n):\n    await f()\nb = 1\n", [1, 5]),
            "backslash": ("a = 1 + \\\nlen('x')\nb = 1\nfrom os import \\\n    path\n", [1, 3, 4]),
            "form feed and tabs": ("a = 1\n\x0c\nb = 1\nif a:\n\tc = 1\n\x0cd = 1\n", [1, 3, 4, 6]),
            "star": ("from os.path import *\na = join('b', 'c')\n", [1, 2]),
            "annotation": ("# a comment\na: int = 1\nb: (\nint) = 2\n", [2, 3]),
            "main": ("if __name__ == '__main__':\n    a = 1\nb = 1\n", [1, 3]),
            "long line": ("a = [" + "1, " * 30_000 + "len('')]\nb = 1\n", [1, 2]),
            "statements that do nothing": ("a = 1\npass\nb = 1\n", [1, 2, 3]),
        }
        if sys.version_info >= (3, 10):
            cases["match"] = ("match 1:\n    case 0:\n        a = 1\n    case _:\n        a = 2\nb = 1\n", [1, 6])
        if sys.version_info >= (3, 11):
            cases["groups"] = ("try:\n    a = 1\nexcept* ValueError:\n    pass\nb = 1\n", [1, 5])
        if sys.version_info >= (3, 12):
            cases["type"] = ("type A = int\ntype B[T] = list[\nT]\nb = 1\n", [1, 2, 4])
        for name, (text, expected) in cases.items():
            for kind, data in (("\\n", text), ("\\r\\n", text.replace("\n", "\r\n")), ("BOM", "\ufeff" + text)):
                with self.subTest(name, lines=kind):
                    shutil.rmtree(os.path.join(self.task, "__pycache__"), ignore_errors=True)
                    self.assertEqual(self.statements(data.encode()), expected)
            with self.subTest(name, lines="behind many others"):
                shutil.rmtree(os.path.join(self.task, "__pycache__"), ignore_errors=True)
                many = 500
                behind = [many + number for number in expected]
                self.assertEqual(self.statements("pass\n" * many + text), [*range(1, many + 1), *behind])

    def test_beginnings(self):
        self.write("app.py", "'''doc\nx = 1\n'''\nfrom __future__ import annotations\nprint(__doc__)\nimport json\n")
        self.assertEqual(self.both().places[-2:], ["app.py:5", "app.py:6"])
        for text in ("", "# only a comment", "\n\n", "'''doc'''"):
            with self.subTest(text):
                self.write("app.py", text)
                self.assertEqual(len(self.both().inits), 1)

    def test_encodings(self):
        text = "# -*- coding: latin-1 -*-\na = 'é'; print(ascii(a))\nb = (\nlen('é'))\nc = 1\n"
        self.assertEqual(self.statements(text.encode("latin-1")), [2, 3, 5])
        self.assertEqual(self.statements("é = 'ü'\nb = (\nlen('é'))\nc = 1\n".encode()), [1, 2, 4])

    def test_too_much_to_measure(self):
        self.write("app.py", "a = 1\n" * 6_000)
        run = self.both()
        self.assertEqual([(l.number, l.text) for l in run.lines], [(0, "(all 6001 lines: more than 5000)")])
        self.write("app.py", "a = '" + "x" * 300_000 + "'\n")
        run = self.both()
        self.assertEqual([(l.number, l.text) for l in run.lines], [(0, "(all of it: more than 200 kB)")])
        self.assert_sums(run)

    @unittest.skipUnless(MONITORS, "sys.monitoring")
    def test_no_free_tool(self):
        os.makedirs(self.path("next"))
        with open(self.path("next", "sitecustomize.py"), "w") as file:
            file.write("import sys\nfor i in (3, 4): sys.monitoring.use_tool_id(i, 'other')\n")
        self.write("app.py", "import json\nprint(sys.monitoring.get_tool(4)) if (sys := __import__('sys')) else 0\n")
        run = self.both(paths=[self.path("next")])
        self.assertEqual([l.text for l in run.lines], ["(all of it: no monitoring tool is free)"])
        self.assertIn("Python", run.lines[0].parts)

    # --- numbers

    def test_times(self):
        self.write("app.py", "import time\n\n\n\n\n\ntime.sleep(0.02)\nfor i in range(3):\n    time.sleep(0.01)\na = 1\n")
        begun = time.monotonic_ns()
        run = self.both(LANES_T0=begun)
        self.assert_sums(run)
        cost = {line.number: line.ms for line in run.lines}
        self.assertGreaterEqual(cost[7], 20)
        self.assertGreaterEqual(cost[8], 30)
        at = [line.at for line in run.lines]
        self.assertEqual(at, sorted(at))
        init = run.inits[0]
        self.assertGreater(float(init[4]), 0)
        self.assertGreaterEqual(run.lines[-1].at + 1, 50 + float(init[4]) + float(init[5]))
        self.assertAlmostEqual(run.lines[0].at, float(init[4]) + float(init[5]), delta=0.2)

    def test_many_short_lines(self):
        """What Python does for each line that is told must not be in its time: the best of some, beside the best without the hook."""
        program = """
            import sys, time
            sys.path.insert(0, '')
            begun = time.monotonic_ns()
            import app
            print((time.monotonic_ns() - begun) / 1e6)
        """
        self.write("app.py", "".join(f"A{index} = {index}\n" for index in range(4_900)))
        plain = min(float(self.run_python(program, hooked=False).out) for _ in range(5))
        told = min(float(self.run_python(program, LANES_WHY_MS=1_000).inits[0][2]) for _ in range(5))
        self.assertLess(told, 5 * plain + 5)

    def test_what_the_hook_imports_itself_is_in_no_figure(self):
        for count in (1, 1_000):
            self.write("app.py", "a = 1\n" * count)
            first = self.both().lines[0]
            self.assertEqual((first.number, first.parts), (0, ""))

    def test_only_what_counts_is_printed(self):
        self.write("app.py", "import time\ntime.sleep(0.03)\na = 1\n")
        run = self.both(LANES_WHY_MS=30)
        self.assertIn("app.py:2", run.places)
        self.assertNotIn("app.py:3", run.places)
        self.assertEqual(len(self.both(LANES_WHY_MS="nonsense").inits), 1)

    def test_text(self):
        self.write("app.py", "password = 'secret'  # a <- b\t\nb = '" + "x" * 200 + "'\n")
        self.assertNotIn("secret", "".join(self.both().ours))
        run = self.both(LANES_WHY_TEXT=1)
        self.assertEqual([l.text for l in run.lines if l.number],
                         ["password = 'secret'  # a < - b", "b = '" + "x" * 115])

    def test_packages_as_importtime_has_them(self):
        """Of the same process, so that both were disturbed by the same. What the hook takes itself is in its times, not in ours."""
        for name, milliseconds in (("outer", 30), ("inner", 20)):
            inner = "import inner\n" if name == "outer" else "import email.message, json, decimal, unittest\n"
            self.write(f"lib/site-packages/{name}/__init__.py", f"{inner}import time; time.sleep({milliseconds / 1e3})\n")
        self.write("app.py", "import sys; sys.path.append('lib/site-packages')\nimport outer\nimport xml.dom.minidom\n")
        # Python tells no times of importlib.import_module.
        run = self.run_python("import sys; sys.path.insert(0, ''); import app", PYTHONPROFILEIMPORTTIME=1)
        told, expected = {}, {}
        for line in run.lines:
            for name, milliseconds in re.findall(r"(\w+) (\d+\.\d+)", line.parts):
                told[name] = told.get(name, 0) + float(milliseconds)
        rows = re.findall(r"(?m)^import time: +(\d+) \| +\d+ \| ( *)([\w.]+)$", run.errors)
        place = next(index for index, (_, _, name) in enumerate(rows) if name == "app")
        for microseconds, depth, name in reversed(rows[:place]):  # what is inside stands before, and deeper
            if len(depth) <= len(rows[place][1]):
                break
            name = name.partition(".")[0]
            name = name if name in ("outer", "inner") else "Python"
            expected[name] = expected.get(name, 0) + int(microseconds) / 1e3
        self.assertEqual(set(expected), {"outer", "inner", "Python"})
        for name, milliseconds in expected.items():  # what was looked for in vain is only in ours
            self.assertAlmostEqual(told[name], milliseconds, delta=max(1, 0.2 * milliseconds), msg=name)

    def test_the_last_package_is_named(self):
        for count, last in ((6, r"p\d \d+\.\d+"), (7, r"p\d \d+\.\d+"), (8, r"2 more \d+\.\d+"), (9, r"3 more \d+\.\d+")):
            with self.subTest(count):
                for index in range(count):
                    self.write(f"lib/site-packages/p{index}.py", "import time; time.sleep(0.001)\n")
                names = ", ".join(f"p{index}" for index in range(count))
                self.write("app.py", f"import sys, time; sys.path.append('lib/site-packages')\nimport {names}\n")
                parts = next(line.parts for line in self.run_python().lines if line.number == 2).split(", ")
                self.assertEqual(len(parts), min(count, 7))
                self.assertRegex(parts[-1], f"^{last}$")

    def test_every_import_is_seen(self):
        """Each nanosecond is in one package: own times add up to what the line took, less its own work."""
        self.write("lib/site-packages/a/__init__.py", "import time; time.sleep(0.01)\nimport b\n")
        self.write("lib/site-packages/b/__init__.py", "import time; time.sleep(0.02)\nfrom . import c\n")
        self.write("lib/site-packages/b/c.py", "import time; time.sleep(0.03)\n")
        self.write("app.py", "import time, sys; sys.path.append('lib/site-packages')\nimport a\n")
        run = self.both()
        line = next(l for l in run.lines if l.number == 2)
        parts = re.match(r"b (\d+\.\d+) by a, a (\d+\.\d+)", line.parts)
        self.assertTrue(parts, line.parts)
        self.assertGreaterEqual(float(parts[1]), 50)
        self.assertGreaterEqual(float(parts[2]), 10)
        self.assertLess(float(parts[1]) + float(parts[2]), line.ms + 0.2)

    def test_compiled(self):
        self.write("app.py", "import helpers\n")
        self.write("helpers.py", "a = 1\n")
        self.assertEqual(self.run_python(PYTHONDONTWRITEBYTECODE=1).inits[0][6], "2")
        self.run_python()
        self.assertIsNone(self.run_python().inits[0][6])

    # --- which files

    def test_own_modules(self):
        self.write("app.py", "import helpers\nfrom store import db\n")
        self.write("helpers.py", "import json\n")
        self.write("store/__init__.py", "from . import db\n")
        self.write("store/db.py", "a = 1\n")
        run = self.both()
        places = [p for p in run.places if not p.endswith(":0")]
        self.assertEqual(places, ["helpers.py:1", "app.py:1", "store/db.py:1", "store/__init__.py:1", "app.py:2"])
        self.assertRegex(run.lines[-1].parts, r"^store/__init__.py \d+\.\d+$")
        self.assert_sums(run)

    def test_module_in_a_package(self):
        self.write("pkg/__init__.py", "import time\ntime.sleep(0.01)\n")
        self.write("pkg/sub/app.py", "import time\ntime.sleep(0.02)\n")
        run = self.both(module="pkg.sub.app")
        self.assertEqual([m[1] for m in run.inits], ["pkg/sub/app.py"])
        self.assert_sums(run)
        self.assertGreaterEqual(float(run.inits[0][3]), 30)

    def test_namespace_package(self):
        self.write("outer/inner/app.py", "import outer.other\n")
        self.write("outer/other.py", "a = 1\n")
        run = self.both(module="outer.inner.app")
        self.assertIn("outer/other.py:1", run.places)
        self.assert_sums(run)

    def test_root(self):
        self.write("app.py", "a = 1\n")
        os.symlink(self.task, self.path("link"))
        for options in (
            {"cwd": self.path("link")},
            {"cwd": self.folder, "LAMBDA_TASK_ROOT": self.path("link"), "paths": ["link"]},
            {"cwd": self.folder, "LAMBDA_TASK_ROOT": self.task, "paths": ["hook/../task"]},
        ):
            with self.subTest(options):
                self.assertIn("app.py:1", self.both(**options).places)
        self.write("app.py", "import sys; sys.path.append('lib'); import inside\n")
        self.write("lib/inside.py", "a = 1\n")
        self.assertIn("lib/inside.py:1", self.both().places)

    def test_what_pip_installed_is_not_the_developers(self):
        self.write("boto/__init__.py", "import six\n")
        self.write("six.py", "a = 1\n")
        self.write("boto-1.dist-info/RECORD", "boto/__init__.py,sha256=x,1\nsix.py,,\n")
        self.write("vendored/__init__.py", "a = 1\n")
        self.write("app.py", "import boto\nimport vendored\n")
        run = self.both()
        self.assertEqual({l.file for l in run.lines}, {"app.py", "vendored/__init__.py"})
        self.assertRegex(run.lines[1].parts, r"six \d+\.\d+ by boto")

    # --- errors

    TRACE = """
        import importlib, sys, traceback
        sys.path.insert(0, '')
        try:
            importlib.import_module('app')
        except BaseException as e:
            while e is not None:
                for f in traceback.extract_tb(e.__traceback__): print(f.filename, f.lineno, f.name)
                traceback.print_exception(type(e), e, e.__traceback__)
                e = e.__context__
    """

    def test_tracebacks(self):
        for text in (
            "a = 1\n1 / 0\n", "import broken\n", "a = 1\nb = (\n", "return 1\n", "from os import nothing\n", "import nothing\n",
            "raise SystemExit(3)\n", "def f():\n    raise KeyError('x')\nf()\n", "try:\n    import broken\nexcept SyntaxError:\n    1 / 0\n",
            "a = '\\d'\nb = (\n", "import importlib.util as u\ns = u.spec_from_file_location('broken', 'broken.py')\n"
            "s.loader.exec_module(u.module_from_spec(s))\n", "import sys; sys.modules['x'] = None\nimport x\n", "a = 1\n\0",
            "import inspect\nassert 'lanes' not in repr(inspect.stack()) and len(inspect.stack()) < 12\n1 / 0\n",
        ):
            with self.subTest(text):
                self.write("broken.py", "def f():\n  a = (\n")
                self.write("app.py", text)
                for program in (self.TRACE, "import app", "import sys; sys.path.insert(0, ''); import app"):
                    shutil.rmtree(os.path.join(self.task, "__pycache__"), ignore_errors=True)
                    hooked = self.run_python(program)
                    shutil.rmtree(os.path.join(self.task, "__pycache__"), ignore_errors=True)
                    plain = self.run_python(program, hooked=False)
                    self.assertEqual((hooked.out, hooked.errors, hooked.code), (plain.out, plain.errors, plain.code))

    def test_the_line_that_raised(self):
        self.write("app.py", "a = 1\nimport helpers\nb = 1\n")
        self.write("helpers.py", "a = 1\n1 / 0\n")
        run = self.both(LANES_WHY_MS=10_000)
        self.assertEqual(run.places, ["helpers.py:2", "app.py:2"])
        self.assertEqual(len(run.inits), 1)
        self.assert_sums(run)

    def test_fallback(self):
        self.write("app.py", "try:\n    import nothing\nexcept ImportError:\n    import json as nothing\ntry:\n    import broken\n"
                             "except ZeroDivisionError:\n    a = 1\nimport sys; print('broken' in sys.modules)\n")
        self.write("broken.py", "1 / 0\n")
        run = self.both()
        self.assertEqual(run.places[-3:], ["broken.py:1", "app.py:5", "app.py:9"])
        self.assert_sums(run)

    def test_killed_in_the_middle(self):
        self.write("app.py", "import time\ntime.sleep(0.002)\nimport os, signal; os.kill(os.getpid(), signal.SIGKILL)\n")
        run = self.both()
        self.assertIn("app.py:2", run.places)
        self.assertEqual(run.inits, [])

    def test_warnings(self):
        self.write("app.py", "import warnings\na = '\\d'; b = 1 is 1\nwarnings.warn('x')\nprint(warnings.filters)\n")
        for arguments in ([], ["-W", "error"], ["-W", "always"], ["-W", "ignore"]):
            with self.subTest(arguments):
                for _ in "compiled", "read":
                    hooked = self.run_python(arguments=arguments)
                    shutil.rmtree(os.path.join(self.task, "__pycache__"), ignore_errors=True)
                    plain = self.run_python(arguments=arguments, hooked=False)
                    shutil.rmtree(os.path.join(self.task, "__pycache__"), ignore_errors=True)
                    self.assertEqual((hooked.out, hooked.errors, hooked.code), (plain.out, plain.errors, plain.code))

    # --- what the program sees

    def test_modules(self):
        self.write("replaced.py", "import sys, types\nm = types.SimpleNamespace(a=1)\nsys.modules[__name__] = m\n")
        self.write("lazy.py", "def __getattr__(name):\n    print('asked', name)\n    raise AttributeError(name)\n")
        self.write("circle.py", "import app\nimport round\n")
        self.write("round.py", "import circle\n")
        self.write("app.py", """
            import replaced, lazy, circle, inspect, importlib, sys
            import json, json.decoder
            importlib.reload(circle)
            importlib.reload(json)
            def f(): return 1
            print(inspect.getsource(f), replaced.a, __cached__, __spec__.origin, __spec__.cached, __loader__.__class__, sorted(globals()))
            print(f.__code__.co_firstlineno, f.__code__.co_consts, f.__code__.co_code)
        """)
        run = self.both()
        self.assertEqual(len(run.inits), 1)
        self.assert_sums(run)

    def test_nothing_is_left(self):
        self.write("app.py", "a = 1\n")
        program = """
            import sys, os, gc, builtins, importlib
            sys.path.insert(0, '')
            importlib.import_module('app')
            import _frozen_importlib as boot, _frozen_importlib_external as ext, warnings
            print(sorted(vars(builtins)), sorted(sys.modules), sys.flags, sys.path, sorted(sys.path_importer_cache))
            print(gc.isenabled(), gc.get_threshold(), warnings.filters, sorted(vars(ext.SourceFileLoader)), len(sys.meta_path))
            for f in (boot._ModuleLockManager.__init__, boot._ModuleLockManager.__exit__, ext.SourceFileLoader.get_code,
                      ext.SourceFileLoader.source_to_code, boot._find_and_load):
                print(f.__module__, f.__qualname__)
            print(getattr(sys, 'monitoring', None) and [sys.monitoring.get_tool(i) for i in range(6)], sys.gettrace())
            print(sorted((k, v) for k, v in os.environ.items() if k.startswith(('PYTHON', 'LANES'))))
            print([o for o in gc.get_objects() if type(o).__name__ in ('Hook', 'File', 'Import', 'Method')])
            try:
                import sitecustomize
            except ModuleNotFoundError as e:
                print(e, e.name)
        """
        self.both(program)

    def test_compiled_files(self):
        import py_compile
        self.write("app.py", "import json\na = 1\n")
        for mode in (py_compile.PycInvalidationMode.TIMESTAMP, py_compile.PycInvalidationMode.CHECKED_HASH,
                     py_compile.PycInvalidationMode.UNCHECKED_HASH):
            path = py_compile.compile(os.path.join(self.task, "app.py"), invalidation_mode=mode)
            with open(path, "rb") as file:
                before = file.read()
            run = self.both()
            self.assertIsNone(run.inits[0][6])
            self.assertIn("app.py:2", run.places)
            with open(path, "rb") as file:
                self.assertEqual(file.read(), before)
        os.remove(path)
        self.run_python(hooked=False)
        with open(path, "rb") as file:
            plain = file.read()
        os.remove(path)
        self.run_python()
        with open(path, "rb") as file:
            self.assertEqual(file.read(), plain)

    def test_python_path(self):
        program = "import os, sys; print(repr(os.environ.get('PYTHONPATH')), sys.path)"
        other = self.path("other")
        for given, value in (("{}", None), ("{}:", ""), ("{}:" + other, other), ("{}:" + other + "::x", other + "::x"),
                             (other + ":{}", other)):
            with self.subTest(given):
                hooked = self.run_python(program, PYTHONPATH=given.format(self.hook))
                plain = self.run_python(program, hooked=False, **({} if value is None else {"PYTHONPATH": value}))
                self.assertEqual(hooked.out, plain.out)

    def test_the_next_sitecustomize(self):
        os.makedirs(self.path("next"))
        program = """
            import sys, importlib
            print('sitecustomize' in sys.modules, hasattr(sys, 'next'))
            sys.path.insert(0, '')
            importlib.import_module('app')
            try:
                import sitecustomize
                print(sitecustomize.__file__)
            except ImportError as e: print(repr(e))
        """
        self.write("app.py", "a = 1\n")
        for text in ("import sys; sys.next = 1", "1 / 0", "import nothing", "raise ImportError('x', name='sitecustomize')", "a = ("):
            for arguments in ([], ["-v"]):
                with self.subTest(text, arguments=arguments):
                    with open(self.path("next", "sitecustomize.py"), "w") as file:
                        file.write(text)
                    runs = [self.run_python(program, hooked, arguments, paths=[self.path("next")]) for hooked in (True, False)]
                    self.assertEqual(runs[0].out, runs[1].out)
                    if arguments:
                        traces = [re.findall(r'(?m)^  File .*\n(?:    .*\n)*\w+Error.*', run.errors) for run in runs]
                        self.assertEqual(*traces)
                    else:
                        self.assertEqual(runs[0].errors, runs[1].errors)
                    self.assertIn("app.py:1", runs[0].places)

    def test_children(self):
        self.write("app.py", """
            import os, subprocess, sys
            pid = os.fork()
            if not pid:
                import json
                import helpers
                os._exit(0)
            os.waitpid(pid, 0)
            subprocess.run([sys.executable, '-c', 'import helpers'], check=True)
        """)
        self.write("helpers.py", "import time; time.sleep(0.002)\n")
        run = self.both()
        self.assertNotIn("helpers.py:1", run.places)
        self.assertEqual(len(run.inits), 1)

    def test_threads(self):
        self.write("app.py", """
            import threading
            def work():
                import helpers, email.message
            threads = [threading.Thread(target=work) for _ in range(4)]
            for t in threads: t.start()
            import helpers
            import email.message
            for t in threads: t.join()
            print(helpers.a)
        """)
        self.write("helpers.py", "import time; time.sleep(0.02)\na = 1\n")
        for _ in range(5):
            run = self.both()
            self.assertEqual(len(run.inits), 1)
            self.assert_sums(run)

    # --- where nobody reads

    def test_closed_errors(self):
        self.write("app.py", "a = 1\n")
        program = "import os; os.close(2); import sys; sys.path.insert(0, ''); import app; print(app.a)"
        self.assertEqual(self.run_python(program).out, "1\n")

    def test_full_pipe(self):
        self.write("app.py", "a = 1\n" * 3_000)
        reading, writing = os.pipe()
        try:
            env = dict(os.environ, PYTHONPATH=self.hook, LANES_WHY_MS="0")
            process = subprocess.run([sys.executable, "-c", RUNTIME.format("app") + "print(sys.modules['app'].a)"], cwd=self.task,
                                     env=env, stdout=subprocess.PIPE, stderr=writing, timeout=60)
            self.assertEqual(process.stdout, b"1\n")
            self.assertTrue(os.get_blocking(writing))
        finally:
            os.close(reading)
            os.close(writing)

    def test_patched_by_others(self):
        self.write("app.py", "a = 1\n")
        program = """
            import sys; sys.path.insert(0, '')
            import _frozen_importlib as boot, _frozen_importlib_external as ext
            old = boot._ModuleLockManager.__exit__
            boot._ModuleLockManager.__exit__ = lambda self, *a, **k: old(self, *a, **k)
            compile_ = ext.SourceFileLoader.source_to_code
            ext.SourceFileLoader.source_to_code = lambda self, *a, **k: compile_(self, b'a = 2', *a[1:], **k)
            import app
            import json.tool
            print(app.a)
        """
        run = self.both(program, PYTHONDONTWRITEBYTECODE=1)
        self.assertEqual([l.text for l in run.lines], ["(all of it: a loader of its own)"])


if __name__ == "__main__":
    unittest.main()
