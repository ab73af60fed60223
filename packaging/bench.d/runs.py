"""Running programs and keeping what they took."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Ran:
    """What one run of a program took."""

    seconds: float
    # Processor time, in seconds.
    cpu: float
    # Most memory held, in bytes.
    peak: int
    # What it wrote to standard output.
    said: str


def run(command, stdin=None, keep=True, env=None):
    """Runs a program to its end. It ends the measurement where it fails: there is nothing to compare then."""
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=stdin, stdout=said if keep else subprocess.DEVNULL, stderr=errors, env=env
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            sys.exit(f"This failed with {process.returncode}: {' '.join(command)}\n{errors.read()[-3000:]}")
        said.seek(0)
        return Ran(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, said.read())


def run_json(command, **options):
    """What a program says as JSON, and what it took."""
    ran = run(command, **options)
    return json.loads(ran.said), ran


def warm(path):
    """Reads a file once, so that it is in the cache of the system."""
    with open(path, "rb", buffering=0) as file:
        while file.read(1 << 24):
            pass


@dataclass
class Times:
    """Several measurements of one thing, in the order taken."""

    samples: list

    @property
    def median(self):
        return statistics.median(self.samples)

    @property
    def least(self):
        return min(self.samples)

    @property
    def most(self):
        return max(self.samples)

    def to_json(self):
        return {"median": self.median, "min": self.least, "max": self.most, "samples": self.samples}


def paired(above, below):
    """The median of the ratios of measurements that were taken one right after the other."""
    return statistics.median(a / b for a, b in zip(above.samples, below.samples))
