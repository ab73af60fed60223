"""Measures what is asked for and writes the results. Started by packaging/bench, which sets everything up."""

import argparse
import os
import sys

import machine
import report
import work_frames
import work_memory
import work_score
import work_window
from bench import Bench

# Name → measurement, what it is.
WORKS = {
    "whole": (work_score.whole, "a file on disk to scores and summary, beside Polars, DuckDB and Python"),
    "pass": (work_score.score_pass, "the score pass over loaded texts, beside Polars"),
    "growth": (work_score.growth, "one thread and two; a quarter of the data, half and all"),
    "memory": (work_memory.scoring, "the most memory held while scoring a file, beside Polars and DuckDB"),
    "stream": (work_memory.streaming, "the most memory held while scoring pipes of 0.5, 1 and 2 GB"),
    "frames": (work_frames.frames, "frames of the window at a million responses, and how soon an edit is fresh"),
    "start": (work_window.start, "from start to first frame, beside a bare window"),
    "idle": (work_window.idle, "frames and processor time of a window left alone"),
    "window": (work_window.memory, "the most memory held by the window on large files, beside a bare window"),
}


def arguments():
    parser = argparse.ArgumentParser(prog="packaging/bench")
    for name in ("root", "folder", "rubrica", "throughput", "bare", "frames"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--only", action="append", choices=list(WORKS), default=[])
    parser.add_argument("--data", action="append", default=[])
    parser.add_argument("--runs", type=int)
    parser.add_argument("--size", type=float)
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


def main():
    asked = arguments()
    bench = Bench(
        root=asked.root,
        folder=asked.folder,
        rubrica=asked.rubrica,
        throughput=asked.throughput,
        bare=asked.bare,
        frames=asked.frames,
        runs=asked.runs or (3 if asked.quick else 5),
        share=(asked.size or (10_000 if asked.quick else 200_000)) / 200_000,
        only_data=asked.data,
        quick=asked.quick,
    )
    os.makedirs(os.path.join(bench.folder, "data"), exist_ok=True)
    others = machine.Others()
    facts = machine.facts(bench.root, bench.rubrica)
    facts["size"] = f"{bench.share:g} of the full data, {bench.runs} runs"
    rows = []
    for name in asked.only or WORKS:
        print(f"==> {WORKS[name][1]}", file=sys.stderr)
        for row in WORKS[name][0](bench):
            rows.append(row)
            print(f"    {report.line(row)}", end="", file=sys.stderr)
            # Written after every row: what is known stays known when a later measurement is interrupted.
            facts["other work"] = f"{others.share():.0%} of the machine was busy with something else"
            report.write(bench.folder, facts, rows)
    print(os.path.join(bench.folder, "results.md"))


if __name__ == "__main__":
    main()
