"""Whoever owns a sandbox, to be killed: starts a supervisor and a process in it, says so, and waits.

owner.py LANES MARK subreaper|namespace run|freeze|GROUP PROGRAM ARGUMENT…

GROUP is the folder of a control group, in which the process is frozen."""
import os, signal, socket, struct, subprocess, sys

START, FREEZE = 1, 2
HELLO, STARTED, DONE = 1, 2, 5
lanes, mark, containment, frozen, *arguments = sys.argv[1:]
# The number at which a supervisor expects its control group.
os.dup2(os.open("/dev/null", os.O_RDONLY), 3)
ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
words = [lanes, "__supervise", f"parent={os.getpid()}", f"mark={mark}"]
if containment == "subreaper":
    words.append("subreaper")
read_end, write_end = os.pipe()
others = []
if frozen.startswith("/"):
    words.append("control-group")
    others = [3]
    os.dup2(os.open(frozen, os.O_RDONLY | os.O_DIRECTORY), 3)
supervisor = subprocess.Popen(
    words, stdin=theirs, stdout=write_end, stderr=subprocess.DEVNULL, pass_fds=others)
theirs.close()
os.close(write_end)


def command(kind, number=0, words=[]):
    payload = b"".join(word.encode() + b"\0" for word in words)
    count = max(0, len(words) - 2)
    ours.sendall(struct.pack("<IIIiI", 20 + len(payload), kind, 1, number, count) + payload)


def report():
    return struct.unpack("<IIiiqq", ours.recv(32, socket.MSG_WAITALL))


kind, _, rung, *_ = report()
assert kind == HELLO
command(START, 1, [os.getcwd(), *arguments, "PATH=" + os.environ["PATH"]])
kind, _, value, *_ = report()
assert kind == STARTED, value
assert os.read(read_end, 6) == b"ready\n"
if frozen == "freeze":
    command(FREEZE)
    assert report()[0] == DONE
if frozen.startswith("/"):
    with open(frozen + "/cgroup.freeze", "w") as file:
        file.write("1")
print(supervisor.pid, rung, flush=True)
signal.pause()
