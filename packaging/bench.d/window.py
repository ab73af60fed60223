"""A program with a window, from its start to its end, seen from outside."""

import os
import shutil
import subprocess
import sys
import tempfile
import time

# Longer than any start, in seconds.
PATIENCE = 60


class Window:
    """A program with a window on a display, started with a fresh home once the display is calm."""

    def __init__(self, display, command):
        self.display = display
        self.command = command

    def __enter__(self):
        self.home = tempfile.mkdtemp()
        self.display.calm()
        environment = self.display.environment(self.home)
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            self.command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def first_frame(self):
        """Seconds from the start to the first picture with letters in it."""
        for at in self.display.frames(PATIENCE):
            if self.display.shows_letters():
                return at - self.started
        sys.exit(f"{self.command[0]} showed nothing within {PATIENCE} s.")

    def spent(self):
        """Processor time so far, in seconds."""
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            numbers = file.read().rsplit(")", 1)[1].split()
        return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")

    def peak(self):
        """The most memory held so far, in bytes."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            line = next(line for line in file if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024

    def rest(self, seconds=3, patience=600):
        """Waits until nothing is presented and nothing computed for some seconds."""
        end = time.perf_counter() + patience
        while time.perf_counter() < end:
            before = self.spent()
            frames = sum(1 for _ in self.display.frames(seconds))
            if frames == 0 and self.spent() - before <= 0.01 * seconds:
                return
        sys.exit(f"{' '.join(self.command)} did not come to rest within {patience} s.")
