"""Polars at the work: reads, scores, and prints the seconds of each and the means as JSON.

    polars_peer.py DATA.jsonl SPEC.json CHOICES.json RUNS
"""

import json
import sys
import time

from polars_frame import READERS, SCORERS, WHOLE_READERS, expression, fused, means
from spec import load


def timed(run):
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def main(data, spec, choices, runs):
    with open(choices, encoding="utf-8") as file:
        choices = json.load(file)
    dimensions = load(spec)
    read, frame = timed(lambda: READERS[choices["reader"]](data))
    scorer, scored = SCORERS[choices["scorer"]], expression(dimensions, choices["forms"])
    scores = []
    for _ in range(int(runs)):
        seconds, (mean, models) = timed(lambda: means(scorer(frame, scored)))
        scores.append(seconds)
    del frame
    whole, _ = timed(lambda: fused(data, dimensions, choices["forms"]))
    # The frame is dropped before the next is read.
    read_all = min(timed(lambda read=read: read(data).height)[0] for read in WHOLE_READERS)
    json.dump(
        {"read": read, "read_all": read_all, "score": scores, "fused": whole, "mean": mean, "models": models},
        sys.stdout,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
