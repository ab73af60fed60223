"""Finds the fastest way to say a rubric in Polars, on the beginning of a file, and prints it as JSON.

    polars_choose.py DATA.jsonl SPEC.json
"""

import json
import sys
import time

from polars_forms import forms
from polars_frame import READERS, SCORERS, expression, means
from spec import leaves, load

# Rows the forms are tried on: long enough to tell them apart, short enough to try them all.
BYTES = 40_000_000


def seconds(run, times=3):
    """The least of several runs."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return best


def fastest(options):
    """The name with the least seconds."""
    return min(options, key=options.get)


def main(data, spec):
    dimensions = load(spec)
    readers = {name: seconds(lambda read=read: read(data), 2) for name, read in READERS.items()}
    frame = READERS[fastest(readers)](data)
    part = frame.head(max(1, int(frame.height * BYTES / max(frame.estimated_size(), BYTES))))
    tried = {
        name: {form: seconds(lambda make=make: part.select(make())) for form, make in forms(criterion).items()}
        for name, criterion in leaves(dimensions)
    }
    chosen = {name: fastest(times) for name, times in tried.items()}
    # Forms that share work, such as one lower-casing for all, may win together though each alone does not.
    plain = {name: "literals" if "literals" in times else fastest(times) for name, times in tried.items()}
    plain = {name: "any literal" if "any literal" in tried[name] else form for name, form in plain.items()}
    plans = {"fastest alone": chosen, "literals": plain}
    whole = {
        f"{plan} / {scorer}": seconds(lambda s=score, c=choice: means(s(part, expression(dimensions, c))))
        for plan, choice in plans.items()
        for scorer, score in SCORERS.items()
    }
    plan, scorer = fastest(whole).split(" / ")
    json.dump(
        {
            "reader": fastest(readers),
            "scorer": scorer,
            "plan": plan,
            "forms": plans[plan],
            "tried": {"readers": readers, "forms": tried, "whole": whole},
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
