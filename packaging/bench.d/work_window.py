"""The window: start, rest and memory, beside the least window its toolkit can open."""

import os
import tempfile

from display import Display
from rows import Row
from runs import Times, paired, run
from window import Window


def first_frame(display, command):
    """Seconds from the start of a program to its first frame."""
    with Window(display, command) as window:
        return window.first_frame()


def start(bench):
    """The demo, from start to first frame, taking turns with a bare window."""
    bench.say("Start of the demo and of a bare window")
    own, bare = [], []
    with Display() as display:
        # The first start of each reads it from disk, and is not counted.
        for program in (bench.bare, bench.rubrica):
            first_frame(display, [program])
        for _ in range(max(15, 3 * bench.runs)):
            bare.append(first_frame(display, [bench.bare]))
            own.append(first_frame(display, [bench.rubrica]))
    rubrica, peer = Times(own), Times(bare)
    words = "Rubrica's time ÷ the bare window's, pair by pair"
    ratio = paired(rubrica, peer)
    yield Row("Start to first frame", "the demo", rubrica, "s", "bare window", peer, words, ratio, "≤ 1.5")


def idle(bench):
    """The demo, left alone."""
    seconds = 5 if bench.quick else 10
    bench.say(f"The demo left alone for {seconds} s")
    with Display() as display, Window(display, [bench.rubrica]) as window:
        window.first_frame()
        window.rest()
        before = window.spent()
        frames = sum(1 for _ in display.frames(seconds))
        spent = window.spent() - before
    what = f"the demo, {seconds} s"
    yield Row("Idle", what, Times([frames]), "frames", "", None, "frames presented", frames, "≤ 0")
    yield Row("Idle", what, Times([spent]), "s", "", None, "seconds of processor time", spent, "≤ 0")


def memory(bench):
    """Projects of large files, opened and left alone."""
    words = "the most memory held ÷ bytes of the responses' texts"
    with Display() as display:
        with Window(display, [bench.bare]) as window:
            window.first_frame()
            window.rest()
            bare = Times([window.peak()])
        for name in ("founding", "short", "million"):
            data = bench.data(name)
            if not data:
                continue
            bench.say(f"Memory of the window on {data.about}")
            with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
                project = os.path.join(folder, "project")
                run([bench.rubrica, "new", project, "--rubric", bench.rubric("founding").ron, data.path])
                with Window(display, [bench.rubrica, project]) as window:
                    window.first_frame()
                    window.rest()
                    peak = Times([window.peak()])
            ratio = peak.most / data.text_bytes
            less = (peak.most - bare.most) / data.text_bytes
            beside = (peak.most - bare.most - data.text_bytes) / data.rows
            note = f"less a bare window {less:.2f}; {beside:.0f} bytes a response beside its text"
            yield Row("Memory, the window", data.about, peak, "B", "bare window", bare, words, ratio, "≤ 1.3", note)
