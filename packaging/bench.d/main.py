"""Measures what is asked for and writes the results. Started by packaging/bench, which sets everything up."""

import argparse
import os
import sys

import machine
import report
from bench import Bench
from works import WORKS


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
