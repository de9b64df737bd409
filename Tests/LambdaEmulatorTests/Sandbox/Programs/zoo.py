"""A function with all that goes on in one: a thread, a child, a daemon that left its session and its parents. Each counts
in its own eight bytes of the file it is given, as fast as every millisecond."""
import mmap, os, struct, sys, threading, time

PLACES = ["main", "thread", "child", "daemon"]
size = 8 * len(PLACES)
file = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o666)
os.ftruncate(file, size)
memory = mmap.mmap(file, size)


def count(place):
    for number in range(1, 1 << 60):
        struct.pack_into("<Q", memory, 8 * PLACES.index(place), number)
        time.sleep(0.001)


if os.fork() == 0:
    count("child")
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        count("daemon")
    os._exit(0)
os.wait()
threading.Thread(target=count, args=["thread"], daemon=True).start()
# A chain of processes each of which lives for a moment only, and never in its parent's session. Should a test fail, it
# does not take the machine's time for ever.
if "chain" in sys.argv:
    if os.fork() == 0:
        end = time.time() + 60
        while time.time() < end:
            os.setsid()
            # Its dead are reaped by whoever is process 1 here, which may be slow.
            time.sleep(0.004)
            if os.fork() > 0:
                os._exit(0)
        os._exit(0)
print("ready", flush=True)
count("main")
