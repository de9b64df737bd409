"""re_lines.py FILE: prints `lines cpu-seconds` of taking every line apart with `re`, the best of three.

One pattern for all text formats, as a script for a log would have it: a time, a word, a request id and numbers with units.
"""

import re
import sys
import time

pattern = re.compile(
    rb"(?P<time>\d{4}-\d\d-\d\dT[\d:.,]+(?:Z|\+00:00)?|\d\d \w{3} \d{4} [\d:,]+)?.*?"
    rb"(?P<word>START|END|REPORT|INIT_START|INIT_REPORT|INVOKE\w*|\(rapid\)|\[\w+\])?[^\n]*?"
    rb"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?"
    rb"(?:.*?Duration: (?P<duration>[\d.]+) ms)?")
with open(sys.argv[1], "rb") as file:
    lines = file.read().splitlines()
best = float("inf")
for _ in range(3):
    begin = time.thread_time()
    for line in lines:
        match = pattern.match(line)
        match.groups()
    best = min(best, time.thread_time() - begin)
print(len(lines), best)
