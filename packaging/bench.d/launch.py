"""Runs a program to its end and writes what it took, as JSON, into a file.

    launch.py FILE COMMAND…

A program's most memory held counts from before it was loaded, when it still was a copy of what started it. This is
small, whatever measures.
"""

import json
import os
import sys
import time

report, command = sys.argv[1], sys.argv[2:]
start = time.perf_counter()
child = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(child, 0)
took = {
    "seconds": time.perf_counter() - start,
    "cpu": usage.ru_utime + usage.ru_stime,
    "peak": usage.ru_maxrss * 1024,
    "code": os.waitstatus_to_exitcode(status),
}
with open(report, "w", encoding="utf-8") as file:
    json.dump(took, file)
