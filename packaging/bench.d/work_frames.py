"""Frames: what the window costs at a million responses, from the benchmark `frames`."""

import json

from rows import Row
from runs import Times, run

# In seconds: 99 of 100 frames, and the slowest.
BUDGET, SLOWEST = 0.008, 0.016
FRESH = 0.1


def frames(bench):
    """One row a scenario, and one for each edit until its consequences are shown."""
    rows = round(1_000_000 * min(1.0, bench.share * (4 if bench.quick else 1)))
    for size in (300,) if bench.quick else (300, 2800):
        said = run([bench.frames, "--bench", "--rows", str(rows), "--bytes", str(size)]).said
        data = f"{rows:,} responses of about {size:,} bytes"
        for entry in map(json.loads, said.splitlines()):
            if "scenario" in entry:
                yield frame_row(data, entry)
            elif "fresh" in entry:
                yield fresh_row(data, entry)


def frame_row(data, entry):
    """The slower of the two against its budget."""
    p99, slowest = entry["p99_ms"] / 1000, entry["max_ms"] / 1000
    ratio = max(p99 / BUDGET, slowest / SLOWEST)
    note = f"median {entry['p50_ms']:.2f} ms, slowest {entry['max_ms']:.2f} ms of {entry['frames']} frames"
    what = f"{entry['scenario']}: {data}"
    words = "of the budget, 8 ms for 99 of 100 frames and 16 ms for the slowest, whichever is nearer"
    details = {key: entry[key] for key in ("p50_ms", "p99_ms", "max_ms", "frames")}
    return Row("Frames, 99 of 100", what, Times([p99]), "s", "", None, words, ratio, "≤ 1", note, details)


def fresh_row(data, entry):
    """The clock's time until everything follows from an edit; held to a tenth of a second where no check runs."""
    median = entry["median_ms"] / 1000
    runs_no_check = any(word in entry["fresh"] for word in ("weight", "name", "pass mark"))
    what = f"{entry['fresh']}: {data}"
    words = "of 100 ms, for edits that run no check"
    ratio, target = (median / FRESH, "≤ 1") if runs_no_check else (None, None)
    note = f"slowest {entry['slowest_ms']:.1f} ms"
    return Row("Fresh after an edit", what, Times([median]), "s", "", None, words, ratio, target, note)
