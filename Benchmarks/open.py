#!/usr/bin/env python3
"""Opens recordings of the simulator in a terminal, beside wc -l and orjson on the same file.

Usage: open.py LANES PEER_PYTHON [EVENTS_IN_MILLIONS...]
"""
import fcntl, os, pathlib, pty, select, struct, subprocess, sys, tempfile, termios, time

LANES, PEER = sys.argv[1:3]
MILLIONS = [float(text) for text in sys.argv[3:]] or [0.1, 1.0]
HERE = pathlib.Path(__file__).parent
# steady.yaml at this rate: about that many events an hour.
EVENTS_PER_HOUR = 48_000


class Opened:
    """lanes play in a terminal of 120×40."""

    def __init__(self, path):
        self.begin = time.monotonic()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ["TERM"] = "xterm-256color"
            os.execv(LANES, [LANES, "play", path])
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def until(self, word):
        """Seconds to the first painted frame, and until a word is on the screen."""
        seen, first = b"", None
        while word not in seen:
            if not select.select([self.terminal], [], [], 120)[0]:
                raise SystemExit(f"open.py: {word!r} was never on the screen")
            seen += os.read(self.terminal, 1 << 16)
            if first is None and len(seen) > 500:
                first = time.monotonic() - self.begin
        return first, time.monotonic() - self.begin

    def key(self, key):
        """Seconds from a key to the first byte of its picture."""
        time.sleep(0.2)
        while select.select([self.terminal], [], [], 0)[0]:
            os.read(self.terminal, 1 << 16)
        begin = time.monotonic()
        os.write(self.terminal, key)
        select.select([self.terminal], [], [], 5)
        return time.monotonic() - begin

    def peak(self):
        """The most memory so far, in MB."""
        status = pathlib.Path(f"/proc/{self.process}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024

    def quit(self):
        os.write(self.terminal, b"q")
        os.waitpid(self.process, 0)


def run(*words):
    begin = time.monotonic()
    output = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return time.monotonic() - begin, output


print(f"{'recording':<26}{'first frame':>12}{'open, cold':>12}{'open, warm':>12}{'seek, worst':>12}{'peak':>9}{'wc -l':>9}{'orjson':>9}")
with tempfile.TemporaryDirectory() as scratch:
    for millions in MILLIONS:
        path = f"{scratch}/session.jsonl"
        hours = max(1, round(millions * 1e6 / EVENTS_PER_HOUR))
        run(LANES, "simulate", str(HERE / "../demos/steady.yaml"), "--set", "requests[0].poisson=80 per minute",
            "--until", f"{hours} h", "--record", path)
        with open(path, "rb") as file:
            os.fsync(file.fileno())
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        cold = Opened(path)
        _, cold_opened = cold.until(b"cold starts")
        cold.quit()
        warm = Opened(path)
        first, opened = warm.until(b"cold starts")
        seek = max(warm.key(key) for key in (b"5", b"g", b"G", b"2", b"8", b"p", b"g"))
        peak = warm.peak()
        warm.quit()
        wc, lines = run("wc", "-l", path)
        events = int(lines.split()[0]) - 1
        _, words = run(PEER, str(HERE / "peers/orjson_lines.py"), path)
        orjson = float(words.split()[1])
        os.unlink(path)
        print(f"{events:>12,} events      {first * 1e3:>9.1f} ms{cold_opened:>10.2f} s{opened:>10.2f} s"
              f"{seek * 1e3:>9.1f} ms{peak:>6} MB{wc:>7.2f} s{orjson:>7.2f} s", flush=True)
print("budgets: first frame before the whole file is read; 1 million events in 0.6 s; 10 million under 800 MB")
