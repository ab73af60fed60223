"""Running programs and keeping what they took."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass

LAUNCH = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launch.py")


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


def run(command, stdin=None, keep=True):
    """Runs a program to its end. It ends the measurement where it fails: there is nothing to compare then."""
    with tempfile.NamedTemporaryFile("r") as report, tempfile.TemporaryFile("w+") as said:
        with tempfile.TemporaryFile("w+") as errors:
            subprocess.run(
                [sys.executable, "-I", "-S", LAUNCH, report.name, *command],
                stdin=stdin,
                stdout=said if keep else subprocess.DEVNULL,
                stderr=errors,
            )
            took = json.loads(report.read() or '{"code": "no answer"}')
            code = took.pop("code")
            if code != 0:
                errors.seek(0)
                sys.exit(f"This failed with {code}: {' '.join(command)}\n{errors.read()[-3000:]}")
        said.seek(0)
        return Ran(said=said.read(), **took)


def run_json(command):
    """What a program says as JSON, and what it took."""
    ran = run(command)
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
