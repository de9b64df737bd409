"""What each top-level line of the developer's own modules costs in a cold start. Python 3.9 and newer.

Python imports this file by itself, because its folder is the first of PYTHONPATH. It takes itself out of the way at once, runs
the `sitecustomize` that would have been run without it, and measures until the handler's module has been imported.

Nothing of it is on the stack while code of others runs, so no traceback, no `stacklevel` and no limit of recursion changes:

- `_ModuleLockManager` is entered when an import begins and left when it ends; only its two ends are observed.
- `get_code` and `source_to_code` return before the module runs. If they raise, their frame is cut out where the import ends.
- Up to Python 3.11, and where it has many, the module gets a call before each statement; from 3.12 on `sys.monitoring` tells
  each line once.

Whatever fails in here switches the hook off; the program goes on as without it.
"""

import sys

MOST_LINES = 5_000  # parsing costs 4 µs a line, compiling 3
MOST_BYTES = 200_000  # the same for long lines
MOST_EVENTS = 150  # of a module: before each, Python may look for its line from the first one on, which nobody can take off
MOST_BYTES_TO_CHECK = 400_000  # in a file, to find where statements end
PARTS = 6  # and one more if it is the last
LONGEST_TEXT = 120
NOTE_OF_LOADING = "(find, read, compile)"
ONLY_THE_TREE = 0x400  # ast.PyCF_ONLY_AST, without `import ast`


def import_unseen(name):
    """A built-in module which is not in `sys.modules` afterwards unless it was before."""
    known = name in sys.modules
    module = __import__(name)
    if not known:
        sys.modules.pop(name, None)
    return module


class Import:
    """An import under way."""

    __slots__ = ("manager", "name", "package", "begin", "inside", "file", "resumed", "of_user")

    def __init__(self, manager, name):
        self.manager = manager
        self.name = name
        self.package = name.partition(".")[0]
        self.inside = 0  # what the imports inside it took
        self.file = None  # if it is a file of the developer's
        self.of_user = False  # whether a file of the developer's was loaded in it
        self.begin = self.resumed = 0  # resumed: when the last import inside ended that others account for


class File:
    """A file of the developer's whose module is running."""

    __slots__ = ("name", "line", "at", "sum", "packages", "lines", "note", "looked", "budget", "code", "outermost")

    def __init__(self, name, at, outermost):
        self.name = name
        self.at = at  # when the statement began
        self.line = 0
        self.sum = 0
        self.packages = {}  # imports under this statement: package -> [nanoseconds, by whom]
        self.lines = ()
        self.note = NOTE_OF_LOADING  # of line 0
        self.looked = 0  # statements are known up to this line
        self.budget = MOST_BYTES_TO_CHECK
        self.code = None
        self.outermost = outermost


class Method:
    """In place of a loader's method: ours for the module that is being imported, else the original, without a frame of ours."""

    def __init__(self, hook, original, ours):
        self.hook, self.original, self.ours = hook, original, ours

    def __get__(self, loader, kind=None):
        if loader is None:
            return self.original
        method = self.ours if self.hook.expects(loader) else self.original
        return method.__get__(loader, kind)


class Hook:
    def __init__(self, begun, settings):
        import _frozen_importlib
        import _frozen_importlib_external
        import _thread
        import os
        import time

        self.os = os
        self.now = time.monotonic_ns
        self.get_ident = _thread.get_ident
        self.main = _thread.get_ident()
        self.process = os.getpid()
        self.begun = begun
        self.spent = 0  # what we took ourselves; our clock stands still meanwhile
        self.started = start_of_process(settings.get("LANES_T0"), begun, time.process_time_ns)
        self.least = milliseconds(settings.get("LANES_WHY_MS"), 1.0)
        self.with_text = settings.get("LANES_WHY_TEXT") == "1"

        self.library = os.path.join(os.path.dirname(os.__file__), "")
        root = os.environ.get("LAMBDA_TASK_ROOT") or ""
        root = root if os.path.isdir(root) else os.getcwd()
        self.roots = tuple({os.path.join(path, "") for path in (os.path.abspath(root), os.path.realpath(root))})
        self.records = {}  # folder -> what pip says that it installed there
        self.installed = {}  # (folder, top-level name) -> whether pip installed it

        self.active = False
        self.imports = []  # under way
        self.files = []  # of the developer's, under way
        self.last_outermost = None
        self.lines_of_outermost = 0
        self.compiled = self.compiling = 0

        self.manager = _frozen_importlib._ModuleLockManager
        self.loader = _frozen_importlib_external.SourceFileLoader
        self.original_init = self.manager.__init__
        self.original_exit = self.manager.__exit__
        self.original_get_code = self.loader.get_code
        self.original_source_to_code = self.loader.source_to_code
        self.tool = None
        self.codes = {}  # id of a code object -> file; a code object as key would be hashed whole

    # --- to begin and to end

    def install(self):
        if hasattr(sys, "monitoring"):
            self.take_tool()

        def begin(manager, name):
            self.original_init(manager, name)
            if self.active:
                self.import_begins(manager, name)

        def end(manager, *error, **more):
            self.original_exit(manager, *error, **more)
            if self.active:
                self.import_ends(manager, *error)

        def get_code(loader, name):
            return self.code_of(loader, name)

        def source_to_code(loader, *arguments, **more):
            began = self.now()
            code = self.original_source_to_code(loader, *arguments, **more)
            self.compiled += 1
            self.compiling += self.now() - began
            return code

        self.begin, self.end = begin, end
        self.methods = {
            "get_code": Method(self, self.original_get_code, get_code),
            "source_to_code": Method(self, self.original_source_to_code, source_to_code),
        }
        self.kept = {name: vars(self.loader)[name] for name in self.methods if name in vars(self.loader)}
        self.active = True
        self.manager.__init__, self.manager.__exit__ = begin, end
        for name, method in self.methods.items():
            setattr(self.loader, name, method)

    def take_tool(self):
        # 3 and 4 have no meaning; a debugger, coverage and profilers may still want theirs
        monitoring = sys.monitoring
        for tool in (4, 3):
            if monitoring.get_tool(tool) is None:
                monitoring.use_tool_id(tool, "lanes")
                monitoring.register_callback(tool, monitoring.events.LINE, self.line_begins)
                self.tool = tool
                return

    def undo(self):
        """Everything is as it was. What others put over ours stays, and calls through to the originals."""
        self.active = False
        if vars(self.manager).get("__init__") is self.begin:
            self.manager.__init__ = self.original_init
        if vars(self.manager).get("__exit__") is self.end:
            self.manager.__exit__ = self.original_exit
        for name, method in self.methods.items():
            if vars(self.loader).get(name) is method:
                if name in self.kept:
                    setattr(self.loader, name, self.kept[name])
                else:
                    delattr(self.loader, name)
        monitoring, tool, self.tool = getattr(sys, "monitoring", None), self.tool, None
        if tool is not None and monitoring.get_tool(tool) == "lanes":
            for file in self.codes.values():
                monitoring.set_local_events(tool, file.code, 0)
            monitoring.register_callback(tool, monitoring.events.LINE, None)
            monitoring.free_tool_id(tool)
        self.imports, self.files, self.codes = [], [], {}
        self.begin = self.end = None
        self.methods = {}  # they know us: without them nothing is left for the garbage collector to find

    def give_up(self):
        try:
            self.undo()
        except Exception:
            self.active = False

    # --- imports

    def import_begins(self, manager, name):
        began = self.now()
        # In sys.modules: a reload, a circular import, one that another thread has just done
        if self.get_ident() != self.main or name in sys.modules:
            return
        try:
            record = Import(manager, name)
            self.imports.append(record)
            record.begin = record.resumed = began - self.spent
            self.spent += self.now() - began
        except Exception:
            self.give_up()

    def import_ends(self, manager, kind=None, error=None, traceback=None, *_):
        began, imports = self.now(), self.imports
        if not imports or self.get_ident() != self.main:
            return
        try:
            if imports[-1].manager is not manager:
                if not any(record.manager is manager for record in imports):
                    return
                while imports[-1].manager is not manager:  # its lock was never got: begun, but not ended
                    self.leave_file(imports.pop())
            if traceback is not None:
                cut_out_our_frames(traceback)
            at = began - self.spent
            record = imports[-1]
            if record.file is not None:
                self.statement_ends(record.file, at, whatever=kind is not None)
                self.leave_file(record)
            imports.pop()
            if imports:
                self.account(record, imports[-1], at)
            elif record.of_user:
                return self.finish(record, at, began)
            self.spent += self.now() - began
        except Exception:
            self.give_up()

    def leave_file(self, record):
        file = record.file
        if file is None:
            return
        self.files.remove(file)
        if file.code is not None:
            self.codes.pop(id(file.code), None)
            if self.tool is not None:
                sys.monitoring.set_local_events(self.tool, file.code, 0)
        if file.outermost:
            self.last_outermost = file
            self.lines_of_outermost += file.sum

    def account(self, record, outer, at):
        """What an import took belongs to the line of the developer's that is open, and says which package pulled it in."""
        total = at - record.begin
        outer.inside += total
        outer.of_user = outer.of_user or record.of_user
        if record.file is not None or self.files:
            outer.resumed = at
        elif record.of_user:
            outer.resumed = record.resumed
        if not self.files:
            return
        if record.file is not None:
            key, cost = record.file.name, record.file.sum
        else:
            key, cost = record.package, total - record.inside
        entry = self.files[-1].packages.setdefault(key, [0, None])
        entry[0] += cost
        if entry[1] is None and (outer.file is not None or outer.package != key):
            entry[1] = "" if outer.file is not None or outer.package == record.package else outer.package

    # --- files of the developer's

    def expects(self, loader):
        """Whether the loader is asked by the import that is under way (not by runpy, a reload, or another thread)."""
        imports = self.imports
        return (
            self.active
            and bool(imports)
            and self.get_ident() == self.main
            and imports[-1].file is None
            and imports[-1].name == getattr(loader, "name", None)
        )

    def code_of(self, loader, name):
        code = self.original_get_code(loader, name)
        began = self.now()
        try:
            record = self.imports[-1]
            file_name = self.name_of_users(loader.path, record.name)
            if file_name is not None:
                code = self.file_begins(loader, record, file_name, code)
        except Exception:
            self.give_up()
        self.spent += self.now() - began
        return code

    def file_begins(self, loader, record, name, code):
        file = File(name, record.resumed, outermost=not self.files)
        record.file, record.of_user = file, True
        self.files.append(file)
        transformed = (
            type(loader) is not self.loader
            or vars(self.loader).get("source_to_code") is not self.methods["source_to_code"]
        )
        if transformed:
            file.note = "(all of it: a loader of its own)"
            return code
        source = loader.get_data(loader.path)
        count = source.count(b"\n") + 1
        if count > MOST_LINES:
            file.note = f"(all {count} lines: more than {MOST_LINES})"
            return code
        if len(source) > MOST_BYTES:
            file.note = f"(all of it: more than {MOST_BYTES // 1000} kB)"
            return code
        if source.startswith(b"\xef\xbb\xbf"):
            lines = source[3:].splitlines()
        else:
            lines = source.splitlines()
        try:
            if not hasattr(sys, "monitoring") or has_more_lines(code, MOST_EVENTS):
                self.active = False  # what is imported for it would be taken off twice
                try:
                    code = marked(source, loader.path, self.mark_of(file))
                finally:
                    self.active = True
            elif self.tool is None:
                file.note = "(all of it: no monitoring tool is free)"
                return code
            else:
                sys.monitoring.set_local_events(self.tool, code, sys.monitoring.events.LINE)
                file.code = code
                self.codes[id(code)] = file
        except Exception:
            file.note = "(all of it: cannot be measured by line)"
            return code
        file.lines = lines
        return code

    def name_of_users(self, path, module):
        """The path from the task root if the file is the developer's own; None if it was installed."""
        if not path.startswith("/") or "/." in path:
            path = self.os.path.abspath(path)
        if not path.startswith(self.roots):
            return None
        root = next(root for root in self.roots if path.startswith(root))
        if "-packages/" in path[len(root):]:
            return None
        if path.startswith(self.library) and not root.startswith(self.library):
            return None
        above = module.count(".") + (path.rpartition("/")[2].startswith("__init__."))
        folder = path.rpartition("/")[0]
        for _ in range(above):
            folder = folder.rpartition("/")[0]
        top = path[len(folder) + 1:].partition("/")[0]
        return None if self.pip_installed(folder, top) else path[len(root):]

    def pip_installed(self, folder, top):
        """`pip install -t .` puts packages beside the handler; it records them."""
        key = folder, top
        if key not in self.installed:
            if folder not in self.records:
                self.records[folder] = self.read_records(folder)
            records, name = self.records[folder], self.os.fsencode(top)
            self.installed[key] = b"\n" + name + b"/" in records or b"\n" + name + b"," in records
        return self.installed[key]

    def read_records(self, folder):
        texts = [b""]
        for name in self.os.listdir(folder or "/"):
            if name.endswith(".dist-info"):
                try:
                    with open(f"{folder}/{name}/RECORD", "rb") as file:
                        texts.append(file.read().replace(b"\r\n", b"\n"))
                except OSError:
                    pass
        return b"\n".join(texts)

    # --- statements

    def mark_of(self, file):
        def mark(number):
            """Called before each statement, up to Python 3.11 and in modules of many."""
            began = self.now()
            try:
                if self.files and self.files[-1] is file and self.get_ident() == self.main:
                    self.statement_begins(file, number, began)
            except Exception:
                self.give_up()
            self.spent += self.now() - began

        return mark

    def line_begins(self, code, number):
        """Called by sys.monitoring, once a line and place."""
        began = self.now()
        try:
            file = self.codes.get(id(code))
            if file is not None and number > file.looked and self.get_ident() == self.main:
                start = start_of_statement(file, number)
                if start:
                    self.statement_begins(file, start, began)
        except Exception:
            self.give_up()
        self.spent += self.now() - began
        return sys.monitoring.DISABLE

    def statement_begins(self, file, number, began):
        at = began - self.spent
        self.statement_ends(file, at)
        file.at, file.line, file.packages = at, number, {}

    def statement_ends(self, file, at, whatever=False):
        length = at - file.at
        file.sum += length
        if length < self.least and not whatever:
            return
        text = ""
        if not file.line:
            text = " " + file.note
        elif self.with_text:
            text = self.text_of(file)
        self.say(
            f"line {file.name}:{file.line} {shown(length)} ms at {shown(file.at - self.started)} ms"
            f"{text}{self.shown_parts(file.packages)}"
        )

    def text_of(self, file):
        line = file.lines[file.line - 1] if file.line <= len(file.lines) else b""
        text = line.decode("utf-8", "replace").strip()[:LONGEST_TEXT].strip().replace(" <- ", " < - ")
        return text and " " + text

    def shown_parts(self, packages):
        """` <- botocore 61.0 by boto3, Python 30.2`"""
        sums = {}
        for key, (cost, by) in packages.items():
            if "/" not in key and not key.endswith(".py") and self.is_of_python(key):
                key, by = "Python", ""
            elif by and self.is_of_python(by):
                by = "Python"
            entry = sums.setdefault(key, [0, by])
            entry[0] += cost
        ordered = sorted(sums.items(), key=lambda item: -item[1][0])
        named = PARTS if len(ordered) > PARTS + 1 else len(ordered)
        parts = [f"{key} {shown(cost)}" + (f" by {by}" if by else "") for key, (cost, by) in ordered[:named]]
        if ordered[named:]:
            parts.append(f"{len(ordered) - named} more {shown(sum(cost for _, (cost, _) in ordered[named:]))}")
        return " <- " + ", ".join(parts) if parts else ""

    def is_of_python(self, package):
        module = sys.modules.get(package)
        if module is None:  # looked for in vain
            return package in getattr(sys, "stdlib_module_names", sys.builtin_module_names)
        try:  # never by getattr: a lazy module would be loaded
            names = object.__getattribute__(module, "__dict__")
        except AttributeError:
            return False
        path = names.get("__file__")
        if path is None:  # built in, or a namespace package
            return "__path__" not in names
        return isinstance(path, str) and path.startswith(self.library) and "-packages/" not in path

    # --- to print

    def finish(self, record, at, began):
        file = record.file or self.last_outermost
        total = at - record.begin
        compiled = ""
        if self.compiled:
            files = "1 file" if self.compiled == 1 else f"{self.compiled} files"
            compiled = f"; compiled {files} {shown(self.compiling)} ms"
        self.undo()
        self.spent += self.now() - began
        self.say(
            f"init {file.name} {shown(total)} ms, lines {shown(self.lines_of_outermost)}; before it: "
            f"process {shown(self.begun - self.started)}, runtime {shown(record.begin - self.begun)}"
            f"{compiled}; lanes {shown(self.spent)} ms"
        )

    def say(self, text):
        if self.os.getpid() != self.process:  # forked at top level
            return self.give_up()
        text = "".join(c if c.isprintable() else " " for c in f"lanes: {text}")
        self.write(text.encode("utf-8", "replace")[:4000] + b"\n")

    def write(self, data):
        """One write. To a pipe without waiting: whoever does not read must not stop the program."""
        os = self.os
        target = 2
        if os.fstat(2).st_mode & 0o170000 == 0o010000:
            try:  # its own open file, or the program's stderr would not wait any more either
                target = os.open("/proc/self/fd/2", os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            except OSError:
                target = 2
        try:
            os.write(target, data)
        finally:
            if target != 2:
                os.close(target)


def shown(nanoseconds):
    milliseconds = nanoseconds / 1e6
    return f"{milliseconds:.2f}" if milliseconds < 9.995 else f"{milliseconds:.1f}"


def milliseconds(text, otherwise):
    try:
        value = float(text)
    except (TypeError, ValueError):
        value = otherwise
    return (value if value >= 0 else otherwise) * 1e6


def start_of_process(text, begun, cpu_time):
    """When the process was started. Nobody said: it has been at work since, so its CPU time is the best that is known."""
    try:
        started = int(text)
        if 0 <= begun - started < 3_600_000_000_000:
            return started
    except (TypeError, ValueError):
        pass
    return begun - cpu_time()


def cut_out_our_frames(traceback):
    while traceback.tb_next is not None:
        if traceback.tb_next.tb_frame.f_globals is globals():
            traceback.tb_next = traceback.tb_next.tb_next
        else:
            traceback = traceback.tb_next


# --- Python 3.9 to 3.11, and modules of many statements: a call before each


def has_more_lines(code, most):
    lines = code.co_lines()
    return any(index >= most for index, _ in enumerate(lines))


def marked(source, path, mark):
    """The module's code with `mark(LINE)` before each top-level statement, on the same line. Its names stay the same: `mark` is
    put where the compiler put a constant. Warnings have been shown by the real compile; this one is silent and never written."""
    gc, tree = import_unseen("gc"), import_unseen("_ast")
    with Silence():
        collects = gc.isenabled()
        gc.disable()  # a big tree would be walked again and again
        try:
            module = compile(source, path, "exec", ONLY_THE_TREE, True)
            place = "lanes: the mark"
            while place.encode() in source:
                place += "!"
            body, line = [], 0
            for statement in module.body:
                before, line = line, first_line(statement)
                if line != before and not must_stay_first(tree, statement, is_first=not body):
                    body.append(call_of_mark(tree, place, line))
                body.append(statement)
            module.body = body
            code = compile(module, path, "exec", 0, True)
            del module, body
        finally:
            if collects:
                gc.enable()
    return code.replace(co_consts=tuple(mark if constant == place else constant for constant in code.co_consts))


def must_stay_first(tree, statement, is_first):
    if isinstance(statement, tree.ImportFrom):
        return statement.module == "__future__" and not statement.level
    return is_first and isinstance(statement, tree.Expr) and isinstance(statement.value, tree.Constant)


def first_line(statement):
    return min([statement.lineno] + [decorator.lineno for decorator in getattr(statement, "decorator_list", ())])


def call_of_mark(tree, place, line):
    at = {"lineno": line, "col_offset": 0, "end_lineno": line, "end_col_offset": 0}
    call = tree.Call(tree.Constant(place, **at), [tree.Constant(line, **at)], [], **at)
    return tree.Expr(call, **at)


class Silence:
    """No warning is shown inside. The filters are the same list afterwards, and what was shown once is not shown again, which
    `warnings.catch_warnings` cannot promise."""

    IGNORE = ("ignore", None, Warning, None, 0)

    def __enter__(self):
        import _warnings

        self.filters = getattr(sys.modules.get("warnings"), "filters", None) or _warnings.filters
        self.filters.insert(0, self.IGNORE)

    def __exit__(self, *_):
        for index, entry in enumerate(self.filters):
            if entry is self.IGNORE:
                del self.filters[index]
                break


# --- Python 3.12 and newer, modules of few statements: which statement does a line belong to?


NOT_A_START = b" \t#)]}"
CONTINUATIONS = (b"else", b"elif", b"except", b"finally")
HIDES_BRACKETS = (b'"', b"'", b"#", b"\\")
GOES_ON = (b'"""', b"'''", b"\\")  # a string, or a line, may go on below
DECORATED = (b"def ", b"class ", b"async ")
NEVER_IN_BRACKETS = (b"def ", b"class ", b"import ", b"try:", b"with ", b"while ")


def start_of_statement(file, number):
    """The line where a statement begins that `number` is part of, 0 if the one under way goes on. `file.line` begins one."""
    lines, known, start = file.lines, file.looked, 0
    for line in range(min(number, len(lines)), known, -1):
        if may_begin(lines[line - 1]) and is_complete(file, max(file.line, 1), line):
            start = line
            break
    file.looked = number
    return start


def may_begin(line):
    line = line.lstrip(b"\f")
    if not line or line[0] in NOT_A_START:
        return False
    if line[:2] not in (b"el", b"ex", b"fi"):
        return True
    word = line
    for end in (b":", b" ", b"\t", b"(", b"*", b"\\", b"#", b"["):
        word = word.partition(end)[0]
    return word not in CONTINUATIONS


def is_complete(file, first, after):
    """Whether nothing that begins at line `first` goes on at `after`, where something stands at the left: in brackets, in a
    string, after a backslash or a decorator it may. Only where it cannot be seen at once the parser is asked."""
    lines = file.lines[first - 1:after - 1]
    text = b"\n".join(lines)
    decorated = text.startswith(b"@") or b"\n@" in text
    if not decorated:
        if file.lines[after - 1].startswith(NEVER_IN_BRACKETS) and not any(sign in text for sign in GOES_ON):
            return True
        if not any(sign in text for sign in HIDES_BRACKETS):
            return are_balanced(text)
    if text.startswith(b"@") and not any(line.startswith(DECORATED) for line in lines):
        return False
    heading = heading_of(lines)
    if heading is not None:
        text = heading
        if not any(sign in text for sign in HIDES_BRACKETS):
            return are_balanced(text)
    if len(text) > file.budget:
        return are_balanced(text)
    file.budget -= len(text)
    return can_be_parsed(text)


def heading_of(lines):
    """`def f(...): pass` is enough where nothing else stands at the left: what a function or class contains is not the module's
    code. None if it takes the whole text."""
    begin = next((i for i, line in enumerate(lines) if line.startswith(DECORATED)), None)
    if begin is None or any(line and line[:1] not in b" \t#@" for line in lines[:begin]):
        return None
    end = next((i for i in range(begin, len(lines)) if lines[i].rstrip().endswith(b":")), None)
    if end is None or any(line and line[:1] not in b" \t#" for line in lines[end + 1:]):
        return None
    return b"\n".join(lines[:end + 1]) + b" pass"


def are_balanced(text):
    return (
        text.count(b"(") == text.count(b")")
        and text.count(b"[") == text.count(b"]")
        and text.count(b"{") == text.count(b"}")
        and text.count(b'"""') % 2 == 0
        and text.count(b"'''") % 2 == 0
    )


def can_be_parsed(text):
    try:
        source = text.decode("utf-8")
    except UnicodeDecodeError:
        source = text.decode("latin-1")
    with Silence():
        try:
            compile(source + "\n", "<lanes>", "exec", 0, True)  # as a tree of objects it would take longer
        except Exception:
            return False
    return True


# --- to start


def leave_the_path():
    """Out of `sys.path` and the environment: we would slow down every import, and are not meant for children. The settings."""
    import os

    here = os.path.dirname(os.path.abspath(__file__))
    settings = {name: os.environ.pop(name, None) for name in ("LANES_T0", "LANES_WHY_MS", "LANES_WHY_TEXT")}
    places = [index for index, path in enumerate(sys.path) if path == here]
    for index in reversed(places):
        del sys.path[index]
    sys.path_importer_cache.pop(here, None)

    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    ours = next((index for index, path in enumerate(paths) if path and os.path.abspath(path) == here), None)
    if ours is not None:
        del paths[ours]
        if paths == [""] and places and sys.path[places[0]:places[0] + 1] in ([os.getcwd()], [""]):
            del sys.path[places[0]]  # it was empty, which is no folder; only after a colon it is one
        if paths:
            os.environ["PYTHONPATH"] = os.pathsep.join(paths)
        else:
            del os.environ["PYTHONPATH"]
    return settings


def run_the_next_one():
    """As Python itself runs it, so what it raises is treated and shown in the same way."""
    site = sys.modules.get("site")
    if hasattr(site, "execsitecustomize"):
        site.execsitecustomize()
    else:
        __import__("sitecustomize")


def start():
    import time

    begun = time.monotonic_ns() if hasattr(time, "monotonic_ns") else 0
    sys.modules.pop(__name__, None)
    hook = None
    try:
        settings = leave_the_path()
        if sys.version_info >= (3, 9):
            hook = Hook(begun, settings)
            hook.spent = time.monotonic_ns() - begun
    except Exception:
        pass
    run_the_next_one()
    if hook is not None:
        began = time.monotonic_ns()
        try:
            hook.install()
            hook.spent += time.monotonic_ns() - began
        except Exception:
            hook.give_up()


start()
if __name__ not in sys.modules:
    # There is no other one. `site` takes this as it takes its absence, and nobody finds us as a module.
    raise ModuleNotFoundError(f"No module named {__name__!r}", name=__name__)
