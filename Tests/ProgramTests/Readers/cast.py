"""Plays an asciicast v2 on a terminal emulator and prints its last screen.  usage: cast.py FILE"""
import json, sys

import pyte

lines = open(sys.argv[1], encoding="utf-8").read().split("\n")
header = json.loads(lines[0])
assert header["version"] == 2, header
screen = pyte.Screen(header["width"], header["height"])
stream = pyte.Stream(screen)
before = 0
for line in lines[1:]:
    if line:
        time, kind, text = json.loads(line)
        assert time >= before and kind == "o", line
        before = time
        stream.feed(text)
print("\n".join(row.rstrip() for row in screen.display).rstrip())
