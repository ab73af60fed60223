"""The window: start, rest and memory, beside the least window its toolkit can open."""

import os
import shutil
import subprocess
import tempfile
import time

from display import HEIGHT, WIDTH, Display
from rows import Row
from runs import Times, paired, run

# A picture at least this large is a whole window.
WHOLE = WIDTH * HEIGHT // 4
# Longer than any start.
PATIENCE = 30


class Window:
    """A program with a window on a display, until it is closed."""

    def __init__(self, display, command):
        self.home = tempfile.mkdtemp()
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            command,
            env=display.environment(self.home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.first_frame = None
        for at, area in display.frames(PATIENCE):
            if area.width * area.height >= WHOLE:
                self.first_frame = at - self.started
                return

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def ticks(self):
        """Processor time spent so far, in ticks."""
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            numbers = file.read().rsplit(")", 1)[1].split()
        return int(numbers[11]) + int(numbers[12])

    def peak(self):
        """The most memory held so far, in bytes."""
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            line = next(line for line in file if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024

    def wait_until_idle(self, seconds=3, patience=300):
        """Returns when nothing was done for some seconds."""
        end = time.perf_counter() + patience
        while time.perf_counter() < end:
            before = self.ticks()
            time.sleep(seconds)
            if self.ticks() - before <= 1:
                return


def first_frame(command):
    """Seconds from the start of a program to its first frame, on a display of its own."""
    with Display() as display, Window(display, command) as window:
        return window.first_frame


def start(bench):
    """The demo, from start to first frame."""
    own, bare = [], []
    for _ in range(max(5, 3 * bench.runs)):
        bare.append(first_frame([bench.bare]))
        own.append(first_frame([bench.rubrica]))
    if None in own + bare:
        bench.say("A window did not show a frame; the start is left out.")
        return
    rubrica, peer = Times(own), Times(bare)
    words = "Rubrica's time ÷ the bare window's, pair by pair"
    yield Row("Start to first frame", "the demo", rubrica, "s", "bare window", peer, words, paired(rubrica, peer), "≤ 1.5")


def idle(bench):
    """Ten seconds of the demo, left alone."""
    seconds = 5 if bench.quick else 10
    with Display() as display, Window(display, [bench.rubrica]) as window:
        window.wait_until_idle()
        # What was presented until now is not counted.
        for _ in display.frames(0.2):
            pass
        before = window.ticks()
        frames = sum(1 for _ in display.frames(seconds))
        spent = (window.ticks() - before) / os.sysconf("SC_CLK_TCK") / seconds
    note = f"{frames} pictures presented in {seconds} s"
    share = Times([100 * spent])
    yield Row("Idle", "the demo", share, "% of a core", "", None, "per cent of a core", 100 * spent, "≤ 0.1", note)


def memory(bench):
    """Projects of large files, opened and left alone."""
    with Display() as display, Window(display, [bench.bare]) as window:
        window.wait_until_idle()
        bare = Times([window.peak()])
    for name in ("founding", "million"):
        data = bench.data(name)
        if not data:
            continue
        bench.say(f"Memory of the window on {data.about}")
        with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
            project = os.path.join(folder, "project")
            run([bench.rubrica, "new", project, "--rubric", bench.rubric("founding").ron, data.path])
            with Display() as display, Window(display, [bench.rubrica, project]) as window:
                window.wait_until_idle()
                peak = Times([window.peak()])
        ratio = peak.most / data.text_bytes
        words = "the most memory held ÷ bytes of the responses' texts"
        yield Row("Memory, the window", data.about, peak, "B", "bare window", bare, words, ratio, "≤ 1.3")
