"""What every measurement is given: the programs, the data and the peers."""

import json
import os
import sys
from dataclasses import dataclass

import data as data_sets
from runs import run_json

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, "peers")


@dataclass
class Rubric:
    """A rubric for rubrica and, restated, for the peers."""

    name: str
    ron: str
    spec: str


@dataclass
class Bench:
    """Where things are, and how much is asked."""

    root: str
    folder: str
    rubrica: str
    throughput: str
    bare: str
    frames: str
    runs: int
    share: float
    only_data: list
    quick: bool

    def say(self, text):
        print(f"    {text}", file=sys.stderr, flush=True)

    def rubric(self, name):
        ron = os.path.join(HERE, "forty.ron") if name == "forty" else os.path.join(self.root, "rubrics/reasoning.ron")
        return Rubric(name, ron, os.path.join(HERE, f"{name}.json"))

    def data(self, name):
        """A data set, or None where it is not asked for or cannot be had, which is said."""
        if self.only_data and name not in self.only_data:
            return None
        why = data_sets.missing(name)
        if why:
            self.say(f"Data set {name} is left out: {why}.")
            return None
        return data_sets.need(name, self.share, os.path.join(self.folder, "data"), self.say)

    def polars_choices(self, data, rubric):
        """The fastest way to say the rubric in Polars on this data, found once; the path of what was found."""
        path = os.path.join(self.folder, f"polars-{rubric.name}-{os.path.basename(data.path)}.json")
        if not os.path.exists(path):
            self.say(f"Finding the fastest formulation for Polars: {rubric.name} on {data.name}")
            found, _ = run_peer("polars_choose.py", data.path, rubric.spec)
            with open(path, "w", encoding="utf-8") as file:
                json.dump(found, file, indent=1)
        return path

    def polars(self, data, rubric, runs):
        """What Polars took and found, and what its process took in all."""
        return run_peer("polars_peer.py", data.path, rubric.spec, self.polars_choices(data, rubric), runs)

    def duckdb(self, data, rubric, runs, plan):
        """The same of DuckDB; without a plan it finds the fastest."""
        return run_peer("duckdb_peer.py", data.path, rubric.spec, runs, *filter(None, [plan]))

    def python(self, data, rubric, runs):
        """The same of plain Python."""
        return run_peer("python_peer.py", data.path, rubric.spec, runs)


def run_peer(script, *arguments):
    """What one of the scripts in `peers` says, and what it took."""
    return run_json([sys.executable, os.path.join(PEERS, script), *map(str, arguments)])


def agree(what, ours, peers):
    """Ends the measurement where a peer's means are not ours: it would not be the same work."""
    for name, theirs in peers.items():
        if abs(theirs["mean"] - ours["mean"]) > 1e-9:
            sys.exit(f"{what}: the mean of {name} is {theirs['mean']}, that of rubrica {ours['mean']}.")
        if theirs["models"].keys() != ours["models"].keys():
            sys.exit(f"{what}: {name} names other models than rubrica.")
        for model, mean in theirs["models"].items():
            if abs(mean - ours["models"][model]) > 1e-9:
                sys.exit(f"{what}: the mean of {model} by {name} is {mean}, by rubrica {ours['models'][model]}.")
